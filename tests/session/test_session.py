import numpy as np
import pytest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.scene.edits import rename, set_look, set_motion, set_timing
from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.threads.motion import same_motion
from revanim.session.work.bodies import edit


def test_undo_brings_back_the_very_scene_before(session: Session) -> None:
    before = session.scene
    session.edit(Sentence("Rename"), rename(before, "Six"))
    after = session.scene
    session.history.undo()
    assert session.scene is before
    session.history.redo()
    assert session.scene is after


def test_the_edits_of_one_gesture_are_one_step(session: Session) -> None:
    before, gesture = session.scene, object()
    for last in (70, 80, 90):
        session.edit(Sentence("Drag the end"), set_timing(session.scene, last=last), gesture)
    session.edit(Sentence("Drag the end"), set_timing(session.scene, last=100), object())
    assert session.history.count() == 2
    session.history.undo()
    assert session.scene.timing.last == 90
    session.history.undo()
    assert session.scene is before


def test_a_change_tells_what_was_before_and_after(session: Session) -> None:
    heard: list[tuple[ra.Scene, ra.Scene]] = []
    session.scene_changed.connect(lambda before, after: heard.append((before, after)))
    before = session.scene
    session.edit(Sentence("Rename"), rename(before, "Six"))
    session.history.undo()
    assert [(one.name, other.name) for one, other in heard] == [("Five", "Six"), ("Six", "Five")]


def test_what_only_looks_different_keeps_its_motion(scene: ra.Scene) -> None:
    assert same_motion(scene, set_look(scene, trail=12, style="glow"))
    assert same_motion(scene, set_timing(rename(scene, "Six"), first=-10, last=900))
    assert not same_motion(scene, set_timing(scene, fps=25.0))
    assert not same_motion(scene, set_timing(scene, home=2))
    assert not same_motion(scene, set_motion(scene, [0], velocity=[[0.0, 0.0, 0.0]]))


def test_an_edit_of_the_motion_shows_the_new_motion_at_the_same_frame(qtbot: QtBot, session: Session) -> None:
    session.show(30)
    qtbot.waitUntil(lambda: session.arrived)
    session.edit(Sentence("Stop"), set_motion(session.scene, [0, 1, 2, 3, 4], velocity=[[0.0, 0, 0]] * 5))
    qtbot.waitUntil(lambda: session.arrived)
    playhead = ra.Playhead(session.scene)
    playhead.seek(30)
    assert session.shot is not None
    assert (session.shot.position == playhead.position).all()
    assert session.shot.frame == 30


def test_an_edit_in_midst_of_a_motion_that_loses_energy_keeps_the_past_of_the_others(
    qtbot: QtBot, session: Session
) -> None:
    place = np.array([[0.0, 0, 1], [3, 0, 0.8], [6, 0, 0.2]])
    losing = ra.make_scene(
        place, place[::-1] / 5, 1.0,
        forces=[ra.force("uniform", acceleration=(0, 0, -9.8))],
        moves=[ra.move("floor", friction=0.4), ra.move("drag", rate=0.5)],
        look=ra.Look(trail=5, skins=1, ahead=4),
        scheme="leapfrog",
    )  # fmt: skip
    session.open(losing)
    returned = []
    session.walked.connect(lambda speed, returns: returned.append(returns))
    session.show(90)
    qtbot.waitUntil(lambda: session.arrived)
    assert edit(session, Sentence("Throw"), lambda scene: set_motion(scene, [0], velocity=[[1.0, 1, 2]]))
    assert session.scene.timing.home == 90
    assert session.scene.bodies.tapes is not None
    session.show(1)
    qtbot.waitUntil(lambda: session.arrived)
    assert session.stand is not None
    assert (session.stand.state[:6, 1:] == losing.bodies.state[:6, 1:]).all()
    session.show(90)
    qtbot.waitUntil(lambda: session.arrived)
    assert returned[-1] == 1
    session.history.undo()
    assert session.scene is losing


def test_another_scene_begins_at_its_home_with_nothing_to_undo(qtbot: QtBot, session: Session) -> None:
    session.edit(Sentence("Rename"), rename(session.scene, "Six"))
    session.set_play_range((30, 40))
    session.open(ra.example("ring"))
    qtbot.waitUntil(lambda: session.arrived)
    timing = session.scene.timing
    assert session.frame == timing.home
    assert session.range == (timing.first, timing.last)
    assert not session.history.canUndo()
    assert session.selection.size == session.scene.bodies.count


@pytest.fixture
def endless() -> ra.Scene:
    """A ball of bodies whose frames take minutes each."""
    place = np.random.default_rng(0).normal(size=(600, 3))
    forces = (ra.force("gravity", softening=0.1),)
    return ra.make_scene(place, 0 * place, np.full(600, 1 / 600), forces, steps_per_frame=100_000)


def wait_for_the_walk(qtbot: QtBot, session: Session, scene: ra.Scene) -> None:
    """Wait until a scene is being walked."""
    runner = session.walker.runner
    qtbot.waitUntil(lambda: runner.motion is not None and runner.motion.scene is scene)


def test_an_edit_does_not_wait_for_the_frame_that_is_walked(session: Session, qtbot: QtBot, endless: ra.Scene) -> None:
    scene = session.scene
    session.open(endless)
    session.show(2)
    wait_for_the_walk(qtbot, session, endless)
    session.open(scene)
    qtbot.waitUntil(lambda: session.arrived)


def test_closing_does_not_wait_for_the_frame_that_is_walked(session: Session, qtbot: QtBot, endless: ra.Scene) -> None:
    session.open(endless)
    session.show(2)
    wait_for_the_walk(qtbot, session, endless)
    session.close()
    assert not session.walker.runner.isRunning()
