"""A file with a scheme or an attribute that is not installed opens: nothing moves, or nothing is coloured by it."""

import io
from dataclasses import replace

import numpy as np
import pytest

import revanim as ra
from revanim.cli.verbs.info import describe
from revanim.draw.background import not_installed
from revanim.engine.code.function_list import no_move, no_move_pull
from revanim.engine.move import MoveKernels, MoveKind
from revanim.scene.absent import resting
from revanim.scene.build import build_system
from revanim.scene.file import decode, encode


def opened(scene: ra.Scene) -> ra.Scene:
    """Return a scene as it comes back from its file."""
    return decode(io.BytesIO(encode(scene, b"")), "the.revanim")


@pytest.fixture
def still(scene: ra.Scene) -> ra.Scene:
    """A scene that somebody else's scheme walks."""
    return replace(scene, scheme="breeze")


def test_it_is_kept_and_said_in_a_sentence(still: ra.Scene) -> None:
    scene = opened(still)
    assert encode(scene, b"") == encode(still, b"")
    assert list(map(str, resting(scene))) == [
        "The scheme 'breeze' is not installed; the bodies stand still, and the file keeps it."
    ]
    assert describe(scene)["missing"] == ["breeze"]
    in_a_take = ra.edits.keep_take(scene, "other")
    assert len(resting(ra.edits.set_scheme(in_a_take, "verlet"))) == 1


def test_nothing_moves_by_it_and_a_known_one_walks_again(still: ra.Scene) -> None:
    playhead = ra.Playhead(opened(still))
    playhead.seek(still.timing.home + 30)
    assert np.array_equal(playhead.state, still.bodies.state)
    before, after = ra.Playhead(ra.edits.set_scheme(still, "verlet")), ra.Playhead(still)
    for each in (before, after):
        each.seek(still.timing.home + 2)
    assert before.digest() != after.digest()


def test_moves_rest_with_it(still: ra.Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    slide = MoveKind("slide", "Slides.", (), MoveKernels(no_move, no_move_pull, {}))
    for room in ("part", "build"):
        monkeypatch.setattr(f"revanim.scene.{room}.move_kinds", lambda: {"slide": slide})
    (resting,) = build_system(ra.edits.set_moves(still, [ra.move("slide")])).move_items
    (acting,) = build_system(ra.edits.set_moves(replace(still, scheme="verlet"), [ra.move("slide")])).move_items
    assert (resting.who.size, acting.who.size) == (0, still.bodies.count)


def test_a_solve_of_it_ends_and_other_edits_leave_it(still: ra.Scene) -> None:
    asked = ra.edits.add_keyframe(opened(still), 25, [0], position=[[9.0, 0.0, 0.0]])
    *_, progress = ra.solve(asked, controls=("velocity",), iterations=3)
    assert progress.scene.scheme == "breeze"
    assert ra.edits.rename(asked, "Other").scheme == "breeze"


def test_a_script_cannot_name_one(scene: ra.Scene) -> None:
    with pytest.raises(ra.RevanimError, match=r"^There is no scheme called 'breeze'; there are "):
        ra.edits.set_scheme(scene, "breeze")
    with pytest.raises(ra.RevanimError, match=r"^There is no scheme called 'breeze'; there are "):
        ra.make_scene([[0, 0, 0]], [[0, 0, 0]], 1.0, scheme="breeze")


def test_bodies_keep_their_own_colours_where_an_attribute_is_not_installed(scene: ra.Scene) -> None:
    kept = opened(replace(scene, look=replace(scene.look, color_by="glamour")))
    assert kept.look.color_by == "glamour"
    assert list(map(str, not_installed(kept.look))) == [
        "The attribute 'glamour' is not installed; each body has its own colour, and the file keeps it."
    ]
    assert ra.edits.set_look(kept, trail=3).look.color_by == "glamour"
    with pytest.raises(ra.RevanimError, match="There is no attribute to colour by called 'glamour'"):
        ra.edits.set_look(scene, color_by="glamour")
