"""What cannot be had is said in the Solver panel, with a button that does something about it, pressed for real."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.sentence import Sentence
from revanim.window.panels.solver import SolverPanel
from revanim.window.timeline.tips import tip_at
from revanim.window.window import Window

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
Draw = Callable[[np.random.Generator], ra.Scene]


def few(random: np.random.Generator, **fields: object) -> ra.Scene:
    """Return some bodies at rest, without forces."""
    count = int(random.integers(2, 6))
    return ra.make_scene(random.normal(size=(count, 3)), np.zeros((count, 3)), 1.0, frames=(1, 60), **fields)


def asked(scene: ra.Scene, random: np.random.Generator, *frames: int, **fields: object) -> ra.Scene:
    """Ask for all bodies at some frames, somewhere."""
    count = scene.bodies.count
    for frame in frames:
        place = 2.0 + random.normal(size=(count, 3))
        scene = ra.edits.add_keyframe(scene, frame, np.arange(count), position=place, **fields)
    return scene


def two_keys(random: np.random.Generator) -> ra.Scene:
    return asked(few(random), random, 20, 44)


def pinned(random: np.random.Generator) -> ra.Scene:
    scene = few(random)
    return asked(ra.edits.set_bodies(scene, [0], pinned=True), random, 20)


def two_places(random: np.random.Generator) -> ra.Scene:
    return asked(few(random), random, 20, 20)


def too_far(random: np.random.Generator) -> ra.Scene:
    body = np.arange(int(random.integers(3, 6)))
    place = np.outer(0.5 * body, (0.8, 0.6, 0.0))
    rods = ra.force("rod", links=np.stack([body[:-1], body[1:]], axis=1), length=0.5)
    scene = ra.make_scene(
        place, 0 * place, 1.0, (rods,), pinned=body == 0, planar=True, frames=(1, 60), steps_per_frame=16
    )
    turn = random.uniform(0.0, 6.28)
    target = random.uniform(1.3, 3.0) * 0.5 * body[-1] * np.array([[np.cos(turn), np.sin(turn), 0.0]])
    return ra.edits.add_keyframe(scene, 12, body[-1:], position=target)


def before_home(random: np.random.Generator) -> ra.Scene:
    return ra.edits.stand_at(asked(few(random), random, 20), 30)


def torn(random: np.random.Generator) -> ra.Scene:
    scene = too_far(random)
    body = np.arange(scene.bodies.count)
    place = scene.bodies.position.copy()
    place[-1] -= random.uniform(0.2, 0.6) * (place[-1] - place[-2])
    return ra.edits.set_keyframes(scene, [ra.Keyframe(12, body[1:], place[1:])])


def seldom(random: np.random.Generator) -> ra.Scene:
    return asked(few(random), random, 20, 26, 32, 38)


def against(random: np.random.Generator) -> ra.Scene:
    pull = few(random, forces=(ra.force("uniform", acceleration=(0.1, 0.0, 0.0)),))
    place, way = pull.bodies.position, np.array([3.0, 0.0, 0.0])
    for frame, side in ((24, 1.0), (28, -1.0)):
        pull = ra.edits.add_keyframe(pull, frame, np.arange(pull.bodies.count), position=place + side * way)
    return pull


FAMILIES: list[tuple[Draw, str, str, tuple[str, ...]]] = [
    (two_keys, "A launch alone cannot hit 2 keys: allow pushes after frame 20.", "Allow pushes", ("velocity",)),
    (pinned, "Body 0 is pinned, and stays where it is at frame 20.", "Unpin", ()),
    (two_places, "Two keys at frame 20 want body", "Leave them out", ()),
    (too_far, "The chain is", "Bring it within reach", ()),
    (before_home, "The key at frame 20 comes before", "Start at frame 1", ()),
    (torn, "Bodies ", "Bring it within reach", ()),
    (seldom, "Pushes every 60 frames are too few for the key at frame", "Push oftener", ("velocity", "nudge")),
    (
        against,
        "The keys at frames 24 and 28 pull against each other: allow pushes between them.",
        "Allow pushes",
        ("uniform.acceleration",),
    ),
]


@pytest.mark.parametrize("seed", [1])
@pytest.mark.parametrize(("draw", "says", "offers", "ticked"), FAMILIES)
def test_what_cannot_be_had_is_recognised_and_its_button_helps(
    qtbot: QtBot, window: Window, draw: Draw, says: str, offers: str, ticked: tuple[str, ...], seed: int
) -> None:
    studio, panel = window.studio, panel_of(window)
    solving = studio.solving
    studio.session.open(draw(np.random.default_rng(seed)))
    if ticked:
        solving.choices.automatic, solving.choices.controls = False, ticked
        solving.choices.refine("nudge", every=60)
    steps = studio.session.history.count()
    QTest.mouseClick(panel.button, Left)
    qtbot.waitUntil(lambda: solving.advice is not None)
    assert panel.findings.why.isVisible()
    assert panel.findings.why.text().startswith(says)
    assert panel.findings.remedy.text() == offers
    before = studio.session.scene
    panel._area.ensureWidgetVisible(panel.findings.remedy)
    QTest.mouseClick(panel.findings.remedy, Left)
    qtbot.waitUntil(lambda: solving.advice is None)
    qtbot.waitUntil(lambda: not solving.running and solving.progress is not None)
    assert solving.advice is None
    assert solving.better
    assert panel.accept.isEnabled()
    changed = studio.session.scene is not before
    assert studio.session.history.count() == steps + changed
    if changed:
        assert studio.session.history.undoText() == offers
        studio.session.history.undo()
        assert studio.session.scene is before


def bounded(random: np.random.Generator) -> ra.Scene:
    return asked(few(random), random, 20)


def nailed(random: np.random.Generator) -> ra.Scene:
    scene = ra.make_scene(np.zeros((1, 3)), np.zeros((1, 3)), 1.0, frames=(1, 60))
    return ra.edits.add_keyframe(scene, 25, [0], position=[[1.001, 0.0, 0.0]], nail=True, tolerance=1e-4)


def to_and_fro(random: np.random.Generator) -> ra.Scene:
    scene = few(random)
    for frame, side in ((24, 3.0), (28, -3.0)):
        place = scene.bodies.position + np.array([side, 0.0, 0.0])
        scene = ra.edits.add_keyframe(scene, frame, np.arange(scene.bodies.count), position=place, shape=True)
    return scene


def drifting(random: np.random.Generator) -> ra.Scene:
    scene = ra.make_scene(np.zeros((1, 3)), np.ones((1, 3)), 1.0, frames=(1, 60))
    return ra.edits.add_keyframe(scene, 13, [0], position=np.ones((1, 3)))


def on_springs(random: np.random.Generator) -> ra.Scene:
    links = np.array([[0, 1], [1, 2]])
    place = random.normal(size=(3, 3))
    scene = ra.make_scene(place, 0 * place, 0.05, (ra.force("spring", links=links, stiffness=5.0),), frames=(1, 60))
    return asked(scene, random, 20, 44)


def wish(window: Window, name: str) -> ra.Control:
    return window.studio.solving.choices.wish(name)


def key(window: Window, number: int) -> ra.Keyframe:
    return window.studio.session.scene.keyframes[number]


DEEDS: list[tuple[Draw, dict[str, dict[str, object]], str, Callable[[Window], bool]]] = [
    (bounded, {}, "Choose by itself", lambda window: window.studio.solving.choices.automatic),
    (bounded, {"velocity": {"low": -0.1}}, "Open the bounds", lambda window: wish(window, "velocity").low == -np.inf),
    (nailed, {"velocity": {"high": 1.0}}, "Take off the nail", lambda window: not key(window, 0).nail),
    (to_and_fro, {"nudge": {"every": 60}}, "Weigh it less", lambda window: key(window, 1).weight == 0.1),
    (drifting, {"mass": {}}, "Give it a window", lambda window: key(window, 0).window == (13, 25)),
    (
        on_springs,
        {"velocity": {}, "nudge": {"every": 4, "after": 20}},
        "Push from the start",
        lambda window: wish(window, "nudge").after is None,
    ),
]


@pytest.mark.parametrize(("draw", "ticked", "offers", "done"), DEEDS, ids=[deed[2] for deed in DEEDS])
def test_the_button_beside_an_advice_does_what_it_says_and_solves_again(
    qtbot: QtBot,
    window: Window,
    draw: Draw,
    ticked: dict[str, dict[str, object]],
    offers: str,
    done: Callable[[Window], bool],
) -> None:
    studio, panel, random = window.studio, panel_of(window), np.random.default_rng(4)
    studio.session.open(draw(random))
    choices, solving = studio.solving.choices, studio.solving
    choices.automatic, choices.controls, choices.iterations = False, tuple(ticked), 12
    for name, fields in ticked.items():
        choices.refine(name, **fields)
    QTest.mouseClick(panel.button, Left)
    qtbot.waitUntil(lambda: solving.advice is not None and not solving.running)
    before, told = solving.progress, solving.advice
    assert panel.findings.remedy.text() == offers
    assert not done(window)
    panel._area.ensureWidgetVisible(panel.findings.remedy)
    QTest.mouseClick(panel.findings.remedy, Left)
    qtbot.waitUntil(lambda: done(window) and not solving.running and solving.progress is not None)
    assert solving.progress is not before
    assert solving.advice is not told


def test_the_miss_of_each_key_is_told_with_its_frame(qtbot: QtBot, window: Window) -> None:
    window.studio.session.open(to_and_fro(np.random.default_rng(6)))
    panel, solving = panel_of(window), window.studio.solving
    solving.choices.automatic, solving.choices.controls = False, ("velocity",)
    QTest.mouseClick(panel.button, Left)
    qtbot.waitUntil(lambda: solving.progress is not None and not solving.running)
    told = panel.findings.misses.text().splitlines()
    assert [line.split(":")[0] for line in told] == ["Frame 24", "Frame 28"]
    for line, miss in zip(told, solving.progress.misses, strict=True):
        assert f"{miss:.3g}" in line


def test_pushes_that_are_allowed_after_a_frame_begin_there(qtbot: QtBot, window: Window) -> None:
    studio, panel = window.studio, panel_of(window)
    studio.session.open(two_keys(np.random.default_rng(2)))
    studio.solving.choices.allow("velocity", True)
    QTest.mouseClick(panel.button, Left)
    qtbot.waitUntil(lambda: studio.solving.advice is not None and not studio.solving.running)
    panel._area.ensureWidgetVisible(panel.findings.remedy)
    QTest.mouseClick(panel.findings.remedy, Left)
    qtbot.waitUntil(lambda: studio.solving.advice is None and studio.solving.acceptable)
    assert studio.solving.choices.wish("nudge").after == 20
    (push,) = [part.values["push"] for part in studio.solving.candidate.forces]
    assert push.first == 20
    assert panel.may_change.details["nudge"].after.text() == "20"


def panel_of(window: Window) -> SolverPanel:
    """Return the solver's panel, in front."""
    found = window.bring("solver").widget()
    assert isinstance(found, SolverPanel)
    return found


@pytest.fixture
def scene() -> ra.Scene:
    """Two bodies without forces, and a key that asks for the places they have anyway."""
    return few(np.random.default_rng(0))


def test_what_moves_no_better_cannot_be_accepted(qtbot: QtBot, window: Window) -> None:
    random = np.random.default_rng(3)
    window.studio.session.open(pinned(random))
    panel, solving = panel_of(window), window.studio.solving
    only = ra.edits.replace_keyframe(window.studio.session.scene, 0, bodies=[0], position=[[9.0, 0, 0]])
    window.studio.session.edit(Sentence("Set key"), only)
    QTest.mouseClick(panel.button, Left)
    qtbot.waitUntil(lambda: not solving.running and solving.candidate is not None)
    assert not panel.accept.isEnabled()
    assert not window.actions_by_name["accept-solve"].isEnabled()
    assert "no better" in panel.findings.used.text()
    steps = window.studio.session.history.count()
    QTest.keyClick(window.viewport, Key.Key_Return)
    assert window.studio.session.history.count() == steps


def test_the_slider_guides_bodies_and_its_ghost_follows(qtbot: QtBot, window: Window) -> None:
    random = np.random.default_rng(5)
    pull = few(random, forces=(ra.force("gravity", strength=1.0, softening=0.5),))
    window.studio.session.open(asked(pull, random, 20, 44))
    panel, solving = panel_of(window), window.studio.solving
    assert solving.choices.automatic
    QTest.mouseClick(panel.button, Left)
    qtbot.waitUntil(lambda: not solving.running and solving.candidate is not None)
    assert solving.progress.hit
    physical, candidate = solving.progress.effort, solving.candidate
    assert panel.effort.text().endswith(f"{physical:.2g}")
    panel.physical.setFocus()
    QTest.keyClick(panel.physical, Key.Key_Home)
    assert solving.choices.physical == 0.0
    assert solving.candidate is candidate  # until there is another
    qtbot.waitUntil(lambda: not solving.running)
    assert solving.progress.hit
    assert solving.progress.effort > physical
    assert solving.candidate is not candidate
    QTest.mouseClick(panel.accept, Left)
    assert window.studio.session.history.undoText() == "Solve"


def test_the_ruler_shows_how_far_a_launch_can_aim_while_the_solver_is_in_front(qtbot: QtBot, window: Window) -> None:
    horizon = window.studio.horizon
    window.studio.session.open(ra.example("pendulum"))
    panel_of(window)
    qtbot.waitUntil(lambda: horizon.frame is not None)
    assert 1 < horizon.frame < window.studio.session.scene.timing.last
    axis = window.timeline.axis
    assert "aim of a launch" in tip_at(axis, QPointF(axis.scale.x(horizon.frame + 5), 30))
    assert "aim of a launch" not in tip_at(axis, QPointF(axis.scale.x(horizon.frame - 5), 30))
    window.bring("outliner")
    qtbot.waitUntil(lambda: not horizon.watched)
    assert horizon.frame is None
