"""What stands in space is moved, turned and made larger, and the scene says what came of it."""

import numpy as np
import pytest

import revanim as ra
from revanim.engine.force import force_kinds
from revanim.engine.kind import AnyKind
from revanim.engine.move import move_kinds
from revanim.scene.edits.standing import WHERE, angles_of, axes_of, standing_at

KINDS = [
    kind
    for kind in (*force_kinds().values(), *move_kinds().values())
    if WHERE & {each.lies for each in kind.parameters}
]
UP = np.array([0.0, 0.0, 1.5])
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def standing(kind: AnyKind, **values: object) -> tuple[ra.Scene, str]:
    """Return a scene with one that stands, and among what it is."""
    among = f"{kind.role}s"
    make = ra.force if kind.role == "force" else ra.move
    scene = ra.make_scene([[0, 0, 5]], [[0, 0, 0]], 1.0, scheme="leapfrog")
    return ra.edits.add_part(scene, make(kind.name, **values)), among


@every_kind
def test_it_is_laid_elsewhere_and_back(kind: AnyKind) -> None:
    scene, among = standing(kind)
    where = standing_at(getattr(scene, among)[0])
    there = ra.edits.lay_part(
        scene, among, 0, where + np.array([0.25, -1.0, 2.0]), 2.0 * axes_of(np.array([30.0, -20.0, 75.0]))
    )
    back = ra.edits.lay_part(there, among, 0, where, np.linalg.inv(2.0 * axes_of(np.array([30.0, -20.0, 75.0]))))
    for name, value in getattr(scene, among)[0].values.items():
        if value is not None:
            np.testing.assert_allclose(getattr(back, among)[0].values[name], value, atol=1e-8)


@every_kind
def test_a_move_along_z_moves_it_so_far_and_nothing_else(kind: AnyKind) -> None:
    scene, among = standing(kind)
    where = standing_at(getattr(scene, among)[0])
    part = getattr(ra.edits.lay_part(scene, among, 0, where + UP, np.eye(3)), among)[0]
    np.testing.assert_allclose(standing_at(part), where + UP)
    changed = [name for name, value in getattr(scene, among)[0].values.items() if value is not None
               and not np.allclose(value, part.values[name])]  # fmt: skip
    assert len(changed) == 1


def test_a_floor_only_moves_along_its_normal_and_tilts_where_it_is() -> None:
    scene, among = standing(move_kinds()["floor"], height=1.0)
    aside = ra.edits.lay_part(scene, among, 0, (3.0, 0.0, 1.0), np.eye(3))
    assert aside.moves[0].values["height"] == 1.0
    tilted = ra.edits.lay_part(scene, among, 0, (0.0, 0.0, 1.0), axes_of(np.array([0.0, 90.0, 0.0])))
    np.testing.assert_allclose(tilted.moves[0].values["normal"], (1, 0, 0), atol=1e-9)
    np.testing.assert_allclose(tilted.moves[0].values["height"], 0.0, atol=1e-9)


def test_a_box_is_drawn_out_along_the_edge_that_lies_that_way() -> None:
    scene, among = standing(move_kinds()["box"], size=(1.0, 2.0, 3.0), turn=(0.0, 0.0, 90.0))
    longer = ra.edits.lay_part(scene, among, 0, (0, 0, 0), np.diag([1.0, 4.0, 1.0]))
    np.testing.assert_allclose(longer.moves[0].values["size"], (4, 2, 3), atol=1e-9)
    np.testing.assert_allclose(longer.moves[0].values["turn"], (0, 0, 90), atol=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_angles_are_found_from_the_axes_that_they_lead_to(seed: int) -> None:
    angles = np.random.default_rng(seed).uniform(-180, 180, 3)
    for each in (angles, angles * (1, 0, 1) + (0, 90, 0), np.round(angles / 90) * 90):
        np.testing.assert_allclose(axes_of(angles_of(axes_of(each))), axes_of(each), atol=1e-8)


def test_what_moves_over_the_frames_or_stands_nowhere_is_refused() -> None:
    led = ra.move("sphere", center=ra.keyed([1, 20], [[0, 0, 0], [1, 0, 0]]))
    for part in (led, ra.move("drag")):
        scene = ra.edits.add_part(ra.make_scene([[0, 0, 5]], [[0, 0, 0]], 1.0, scheme="leapfrog"), part)
        assert standing_at(part) is None
        with pytest.raises(ra.RevanimError, match="stands nowhere, or moves over the frames"):
            ra.edits.lay_part(scene, "moves", 0, (0, 0, 0), np.eye(3))


@pytest.mark.parametrize(
    ("part", "name"),
    [(ra.move("sphere", center=(1, 0, 0), size=0.2), "center"), (ra.force("attractor", point=(1, 0, 0)), "point")],
)
def test_what_stands_goes_along_with_the_path_of_a_body_and_pushes_exactly(part: ra.Part, name: str) -> None:
    scene = ra.make_scene([[0, 0, 0], [1.6, 0, 0.1]], np.zeros((2, 3)), 1.0, scheme="leapfrog", radius=0.1)
    scene = ra.edits.set_path(ra.edits.add_part(scene, part), 0, [1, 25], [[0, 0, 0], [2, 0, 0]])
    among = "moves" if part in scene.moves else "forces"
    led = ra.edits.lead_part(scene, among, 0, 0)
    value = getattr(led, among)[0].values[name]
    assert value.frames.tolist() == [1, 25]
    assert value.values.tolist() == [[1, 0, 0], [3, 0, 0]]
    play, still = ra.Playhead(led), ra.Playhead(scene)
    home = play.digest()
    play.seek(30)
    still.seek(30)
    assert abs(play.position[1] - still.position[1]).max() > 0.05
    play.seek(1)
    assert play.digest() == home
    with pytest.raises(ra.RevanimError, match="must stand somewhere"):
        ra.edits.lead_part(scene, among, 0, 1)


def test_a_floor_goes_as_far_along_as_its_normal_says() -> None:
    scene = ra.make_scene([[0, 0, 0]], [[0, 0, 0]], 1.0, moves=[ra.move("floor", height=-1.0)], scheme="leapfrog")
    scene = ra.edits.set_path(scene, 0, [1, 25], [[0, 0, 0], [2, 0, 0.5]])
    value = ra.edits.lead_part(scene, "moves", 0, 0).moves[0].values["height"]
    assert value.values.tolist() == [-1.0, -0.5]
