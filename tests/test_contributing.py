"""Every example of the page for contributors is installed as a package of a third party, and does what it says."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import revanim as ra
import revanim.collect
from revanim.engine.verify import verify
from revanim.sentence import Sentence
from revanim.session.studio import Studio
from revanim.window.panel import Panel

PAGE = Path(__file__).parents[1] / ".github" / "CONTRIBUTING.md"
EXAMPLES = dict(
    re.findall(r"^### An? ([a-z]+)\n.*?^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
)
REMEMBERED = re.compile(r"^revanim\.")


def forget() -> None:
    """Let every menu be read anew."""
    for name, module in list(sys.modules.items()):
        if REMEMBERED.match(name):
            for found in vars(module).values():
                if callable(clear := getattr(found, "cache_clear", None)):
                    clear()


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Return what installs the example for a kind of item as a package; it is taken away afterwards."""
    modules = []

    def installed(kind: str) -> None:
        text = EXAMPLES[kind]
        (item,) = (
            re.findall(r"^(\w+) = [A-Z]\w+\($", text, re.M) or re.findall(r"^(\w+) = [A-Z]\w+\(.*\)$", text, re.M)[-1:]
        )
        module, information = f"their_{kind}", tmp_path / f"their_{kind}-1.0.dist-info"
        information.mkdir()
        (tmp_path / f"{module}.py").write_text(text, encoding="utf-8")
        (information / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: their-{kind}\nVersion: 1.0\n", encoding="utf-8"
        )
        (information / "entry_points.txt").write_text(f"[revanim.items]\n{item} = {module}:{item}\n", encoding="utf-8")
        modules.append(module)
        monkeypatch.syspath_prepend(tmp_path)
        forget()
        assert not revanim.collect.faults()

    yield installed
    for module in modules:
        sys.modules.pop(module, None)
    monkeypatch.undo()
    forget()


def scene(**parts: object) -> ra.Scene:
    """Return three bodies in motion."""
    place = np.array([[1.0, 0.0, 0.5], [0.0, 2.0, 1.0], [-1.0, 1.0, -0.5]])
    return ra.make_scene(place, place[::-1] / 3, np.ones(3), frames=(1, 24), **parts)


def test_each_kind_of_item_has_an_example() -> None:
    assert list(EXAMPLES) == ["force", "flow", "move", "exporter", "panel", "pose"]


def test_the_force_walks_there_and_back_and_its_derivative_is_right(install: Callable[[str], None]) -> None:
    install("force")
    made = scene(forces=[ra.force("tether", stiffness=2.0)])
    assert verify(ra.Playhead(made), 1, 24).bits_different == 0
    made = ra.edits.add_keyframe(made, frame=12, bodies=[0], position=[[0.0, 0.5, 0.0]])
    objective = ra.Objective(made, controls=("velocity", "tether.stiffness"))
    _, gradient = objective.value_and_gradient(objective.start)
    for i in (0, gradient.size - 1):
        step = np.zeros(gradient.size)
        step[i] = 1e-4
        ahead, behind = (objective.value_and_gradient(objective.start + way * step)[0] for way in (1, -1))
        assert gradient[i] == pytest.approx((ahead - behind) / 2e-4, rel=1e-5)


def test_the_flow_carries_there_and_back_and_its_derivative_is_right(install: Callable[[str], None]) -> None:
    install("flow")
    made = scene(flows=[ra.flow("carousel", rate=2.0)])
    assert verify(ra.Playhead(made), 1, 24).bits_different == 0
    play = ra.Playhead(made)
    play.seek(13)
    turned = np.exp(1j) * (made.bodies.position[:, 0] + 1j * made.bodies.position[:, 1])
    np.testing.assert_allclose(play.position[:, 0] + 1j * play.position[:, 1], turned, atol=1e-9)
    made = ra.edits.add_keyframe(made, frame=12, bodies=[0], position=[[0.0, 0.5, 0.0]])
    objective = ra.Objective(made, controls=("position", "carousel.rate"))
    _, gradient = objective.value_and_gradient(objective.start)
    for i in (0, gradient.size - 1):
        step = np.zeros(gradient.size)
        step[i] = 1e-4
        ahead, behind = (objective.value_and_gradient(objective.start + way * step)[0] for way in (1, -1))
        assert gradient[i] == pytest.approx((ahead - behind) / 2e-4, rel=1e-5)


def test_the_move_walks_there_and_back_and_is_not_solved_with(install: Callable[[str], None]) -> None:
    install("move")
    made = scene(forces=[ra.force("gravity")], moves=[ra.move("belt", rate=2.0)])
    still = scene(forces=[ra.force("gravity")])
    assert verify(ra.Playhead(made), 1, 24).bits_different == 0
    ends = []
    for each in (made, still):
        play = ra.Playhead(each)
        play.seek(24)
        ends.append(play.position)
    assert ends[0][1, 0] > ends[1][1, 0] + 0.5
    made = ra.edits.add_keyframe(made, frame=12, bodies=[0], position=[[0.0, 0.5, 0.0]])
    with pytest.raises(ra.RevanimError, match="belt"):
        ra.Objective(made)


def test_the_exporter_writes_a_line_for_each_frame(install: Callable[[str], None], tmp_path: Path) -> None:
    install("exporter")
    made, path = scene(forces=[ra.force("gravity")]), tmp_path / "walk.heights"
    ra.export(made, path)
    play, lines = ra.Playhead(made), path.read_text(encoding="utf-8").split()
    assert len(lines) == 24
    play.seek(24)
    assert float(lines[-1]) == pytest.approx(play.position[:, 2].mean(), abs=1e-6)


def test_the_panel_shows_what_it_says(install: Callable[[str], None], qtbot: QtBot, qapp: QApplication) -> None:
    install("panel")
    census = revanim.collect.collect("revanim.window.panels", Panel)["census"]
    studio = Studio(scene())
    shown = census.build(studio)
    qtbot.addWidget(shown)
    assert isinstance(shown, QLabel)
    assert shown.text() == "3"
    studio.session.edit(Sentence("Remove"), ra.edits.remove_bodies(studio.session.scene, [0]))
    assert shown.text() == "2"
    studio.session.close()


def test_the_pose_lies_on_a_zigzag(install: Callable[[str], None]) -> None:
    install("pose")
    pose = ra.pose("zigzag", 9)
    assert pose.position.shape == (9, 3)
    along, *others = sorted(len(np.unique(axis.round(9))) for axis in pose.position.T)[::-1]
    assert (along, others) == (9, [2, 1])
