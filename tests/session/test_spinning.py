"""Who flows faster than the steps can follow is told so, and how many steps it takes."""

import numpy as np
import pytest

import revanim as ra
from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.work.watch.spinning import Spinning, too_fast


def whirl(core: float, **given: object) -> ra.Scene:
    """Return a pair of vortices; what is inside the core turns by 1 / core² radians a second."""
    place = np.array([[1.0, 0.0, 0.0], [-1.0, 0.0, 0.0]])
    flow = ra.flow("vortices", circulation=2 * np.pi, core=core)
    return ra.make_scene(place, 0 * place, 1.0, flows=[flow], planar=True, **{"steps_per_frame": 2, **given})


@pytest.mark.parametrize(
    ("core", "scheme", "steps"),
    [(0.3, "verlet", None), (0.2, "verlet", 5), (0.2, "srkn6b", 3), (0.2, "kahan_li8", 3), (0.3, "srkn6b", None)],
)
def test_how_many_steps_a_flow_needs_hangs_on_core_and_scheme(core: float, scheme: str, steps: int | None) -> None:
    found = too_fast(whirl(core, scheme=scheme))
    assert (found and found[1]) == steps


def test_what_rests_needs_no_steps() -> None:
    assert too_fast(ra.edits.mute_part(whirl(0.1), "flows", 0)) is None


def test_it_is_asked_once_set_by_a_click_and_taken_back_when_it_is_over(session: Session) -> None:
    said = []
    session.asked.connect(lambda sentence, answers: said.append((str(sentence), answers)))
    spinning = Spinning(session)
    session.open(whirl(0.1))
    assert [text for text, _ in said] == ["Vortices turns too fast for the step: with 9 steps a frame it is followed."]
    session.edit(Sentence("Look"), ra.edits.set_look(session.scene, grid=False))
    assert len(said) == 1
    _, ((set_words, take), _) = said[0]
    assert str(set_words) == "Set"
    take()
    assert session.scene.timing.steps_per_frame == 9
    assert said[1] == ("", [])
    assert spinning.session is session
