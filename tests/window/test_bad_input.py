"""Whatever a person drops, types or leaves lying about ends in a sentence, and nothing is lost."""

import io
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.scene.edits import rename
from revanim.scene.file import MIMETYPE, encode
from revanim.sentence import Sentence
from revanim.session.files import settings
from revanim.session.files.folders import state_folder
from revanim.session.files.recovery import unsaved_work
from revanim.session.threads.worker import Worker
from revanim.session.work import clipboard
from revanim.window.frame.banner import Banner
from revanim.window.frame.recover import ask_to_recover
from revanim.window.window import Window


def drop(window: Window, *urls: QUrl) -> None:
    """Drop files on the viewport, from where the window gets them."""
    data = QMimeData()
    data.setUrls(list(urls))
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(300, 300), copy, data, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, data, left, none))


@pytest.fixture
def heard(window: Window) -> list[str]:
    """The sentences that the window says when something cannot be done."""
    sentences: list[str] = []
    window.studio.session.failed.connect(lambda sentence: sentences.append(str(sentence)))
    return sentences


def newer(path: Path, scene: ra.Scene) -> None:
    """Write a scene as a later version of the program would."""
    with zipfile.ZipFile(io.BytesIO(encode(scene, b""))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    text = json.loads(members["scene.json"])
    members["scene.json"] = json.dumps(text | {"revanim": 99}).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def sparse(path: Path) -> None:
    """Write two gigabytes of nothing."""
    with path.open("wb") as file:
        file.truncate(2 << 30)


def cut(path: Path, scene: ra.Scene) -> None:
    """Write half a scene."""
    data = encode(scene, b"")
    path.write_bytes(data[: len(data) // 2])


FILES: dict[str, Callable[[Path, ra.Scene], object]] = {
    "setup.exe": lambda path, scene: path.write_bytes(b"MZ\x90\x00" + bytes(200)),
    "nothing.revanim": lambda path, scene: path.write_bytes(b""),
    "nothing.svg": lambda path, scene: path.write_bytes(b""),
    "nothing.csv": lambda path, scene: path.write_bytes(b""),
    "nothing.obj": lambda path, scene: path.write_bytes(b""),
    "nothing.png": lambda path, scene: path.write_bytes(b""),
    "nothing.npz": lambda path, scene: path.write_bytes(b""),
    "half.revanim": cut,
    "newer.revanim": newer,
    "folder.revanim": lambda path, scene: path.mkdir(),
    "folder": lambda path, scene: path.mkdir(),
    "huge.revanim": lambda path, scene: sparse(path),
    "huge.svg": lambda path, scene: sparse(path),
    "huge.csv": lambda path, scene: sparse(path),
    "huge.ply": lambda path, scene: sparse(path),
    "vanished.revanim": lambda path, scene: None,
    "vanished.png": lambda path, scene: None,
    "text.svg": lambda path, scene: path.write_text("no drawing"),
    "noise.ply": lambda path, scene: path.write_bytes(np.random.default_rng(0).bytes(5000)),
    "noise.glb": lambda path, scene: path.write_bytes(np.random.default_rng(1).bytes(5000)),
    "noise.jpg": lambda path, scene: path.write_bytes(np.random.default_rng(2).bytes(5000)),
}


def test_a_file_that_is_none_of_ours_is_refused_in_one_sentence(
    qtbot: QtBot, window: Window, heard: list[str], tmp_path: Path
) -> None:
    for name in FILES:
        heard.clear()
        window.toast.hide()
        before, path = window.studio.session.scene, tmp_path / name
        FILES[name](path, before)
        window.studio.session.show(40)
        drop(window, QUrl.fromLocalFile(str(path)))
        qtbot.waitUntil(lambda: bool(heard))
        assert len(heard) == 1
        assert path.stem in heard[0]
        assert heard[0].endswith(".")
        assert "Traceback" not in heard[0]
        assert window.toast.isVisible()
        assert window.studio.session.scene is before
        assert not window.studio.session.history.canUndo()


@pytest.mark.parametrize(
    ("urls", "part"),
    [
        ([QUrl("file:///a.revanim"), QUrl("file:///b.revanim")], "2 files"),
        ([QUrl("https://example.org/a.revanim")], "example.org"),
    ],
)
def test_only_one_file_of_this_machine_can_be_dropped(
    window: Window, heard: list[str], urls: list[QUrl], part: str
) -> None:
    drop(window, *urls)
    assert len(heard) == 1
    assert part in heard[0]


def large(count: int = 40_000) -> ra.Scene:
    """Return so many bodies that reading them takes a while."""
    position = np.random.default_rng(0).normal(size=(count, 3))
    return ra.make_scene(position, 0 * position, np.ones(count), name="Many")


def test_a_large_file_is_read_beside_the_window(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    path = tmp_path / "many.revanim"
    ra.save(large(), path)
    window.file_dialogs.open(path)
    assert window.studio.session.scene.name == "Five"
    assert [str(job.name) for job in window.studio.jobs.running] == ["Reading “many.revanim”…"]
    qtbot.waitUntil(lambda: window.studio.session.scene.name == "Many")
    assert window.studio.files.path == path
    qtbot.waitUntil(lambda: not window.studio.jobs.running)


def test_a_large_file_that_is_read_can_be_left(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    path = tmp_path / "many.revanim"
    ra.save(large(), path)
    window.file_dialogs.open(path)
    (job,) = window.studio.jobs.running
    job.cancel()
    assert not window.studio.jobs.running
    qtbot.waitUntil(lambda: not window.findChildren(Worker))
    assert window.studio.session.scene.name == "Five"
    window.file_dialogs.open(path)
    window.file_dialogs.open_example("ring")  # which is wanted later
    qtbot.waitUntil(lambda: not window.findChildren(Worker))
    assert window.studio.session.scene.name != "Many"


def test_what_was_edited_while_a_large_file_was_read_is_asked_about(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    path = tmp_path / "many.revanim"
    ra.save(large(), path)
    window.file_dialogs.open(path)
    window.studio.session.edit(Sentence("Rename"), rename(window.studio.session.scene, "Changed"))
    qtbot.waitUntil(lambda: bool([one for one in window.findChildren(QWidget, "question") if one.isVisible()]))
    assert window.studio.session.scene.name == "Changed"


# Fields

NONSENSE = ["", "abc", "1e999", "nan", "-inf", "1/0", "9" * 400, "((", "=", "+=", "__import__('os')", "💥", "1;2", "0x"]


@pytest.mark.parametrize(
    "panel", ["properties", "keyframes", "solver", "look", "outliner", "takes", "curves", "export"]
)
def test_nonsense_in_any_field_of_a_panel_leaves_a_scene_that_walks(
    qtbot: QtBot, window: Window, scene: ra.Scene, panel: str
) -> None:
    scene = ra.edits.add_keyframe(scene, frame=40, bodies=[0, 1], position=scene.bodies.position[:2])
    window.studio.session.open(scene)
    window.studio.session.select(np.arange(5) < 2)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    widget = window.bring(panel).widget()
    QApplication.processEvents()
    for text in NONSENSE:
        for field in widget.findChildren(QLineEdit):
            if field.isVisible() and field.isEnabled() and not field.isReadOnly():
                type_into(field, text)
    assert ra.Playhead(window.studio.session.scene).digest()
    window.studio.solving.cancel()
    while window.studio.session.history.canUndo():
        window.studio.session.history.undo()
    assert window.studio.session.scene is scene


def type_into(field: QLineEdit, text: str) -> None:
    """Type instead of what stands in a field."""
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    field.insert(text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()


# Disks


@pytest.fixture
def full_disk() -> Iterator[Callable[[], None]]:
    """Let no file grow beyond a few bytes, as on a full disk, from when it is called until the test is over."""
    resource = pytest.importorskip("resource", reason="limits of Unix")
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.getsignal(signal.SIGXFSZ)

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, before[1]))

    yield fill
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_keeps_the_old_file_and_the_changes(
    qtbot: QtBot, window: Window, heard: list[str], tmp_path: Path, full_disk: Callable[[], None]
) -> None:
    path = window.studio.files.path = tmp_path / "five.revanim"
    ra.save(window.studio.session.scene, path)
    window.studio.files.adopt(path)
    whole = path.read_bytes()
    window.studio.session.edit(Sentence("Rename"), rename(window.studio.session.scene, "Changed"))
    full_disk()
    window.file_dialogs.save()
    qtbot.waitUntil(lambda: not window.studio.files.saving)
    window.studio.recovery.write()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert "cannot be written" in heard[0]
    assert "could not be written aside" in heard[1]
    assert path.read_bytes() == whole
    assert window.studio.files.modified
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_where_nothing_can_be_kept_the_window_works_all_the_same(
    qtbot: QtBot, scene: ra.Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / "file" / "no folder"))
    assert not state_folder("recovery").exists()
    window = Window(scene)
    qtbot.addWidget(window)
    heard: list[str] = []
    window.studio.session.failed.connect(heard.append)
    window.show()
    ask_to_recover(window)
    window.studio.session.edit(Sentence("Rename"), rename(scene, "Changed"))
    window.studio.recovery.write_now()
    assert len(heard) == 1
    window.studio.files.path = tmp_path / "five.revanim"
    for _ in range(2):
        window.file_dialogs.save()
        qtbot.waitUntil(lambda: not window.studio.files.saving)
    assert not window.studio.files.modified
    window.close()
    assert not window.isVisible()


# What lies about from before


def test_a_damaged_recovery_file_is_told_and_kept(qtbot: QtBot, window: Window, heard: list[str]) -> None:
    lost = state_folder("recovery") / "0123.revanim"
    lost.write_bytes(b"PK\x03\x04 half")
    before = window.studio.session.scene
    ask_to_recover(window)
    (banner,) = window.findChildren(Banner)
    QTest.mouseClick(banner.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert len(heard) == 1
    assert "0123" in heard[0]
    assert window.studio.session.scene is before
    assert lost.is_file()


def test_lost_work_that_another_window_discards_meanwhile_is_passed_over(window: Window) -> None:
    (state_folder("recovery") / "0123.revanim").symlink_to("nowhere")
    assert list(unsaved_work()) == []


GARBAGE = ["", "abc", "-7", "1e400", "@Invalid()", "@ByteArray(\\0\\1\\2)", "@Variant(\\0)", "a, b, c", "💥"]


@pytest.mark.parametrize("garbage", GARBAGE)
def test_damaged_settings_do_not_keep_the_window_from_opening(
    qtbot: QtBot, window: Window, scene: ra.Scene, garbage: str
) -> None:
    settings.remember_file(Path("a.revanim"))
    window.close()
    store = settings.settings()
    names = {*store.allKeys(), "theme", "scale", "language", "shortcuts", "preset", "autosave", "workspace", "recent"}
    path = Path(store.fileName())
    sections: dict[str, list[str]] = {}
    for name in sorted(names):
        section, _, key = name.rpartition("/")
        sections.setdefault(section.replace("/", "\\") or "General", []).append(f"{key}={garbage}")
    del store
    text = "\n".join(f"[{section}]\n" + "\n".join(lines) for section, lines in sections.items())
    path.write_text(text, encoding="utf-8")
    again = Window(scene)
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    assert again.width() >= 640
    qtbot.waitUntil(lambda: again.studio.session.arrived)
    again.close()


@pytest.mark.parametrize("content", [b"", b"noise", b"PK\x03\x04"])
def test_garbage_on_the_clipboard_is_refused(window: Window, heard: list[str], content: bytes) -> None:
    data = QMimeData()
    data.setData(MIMETYPE, QByteArray(content))
    QGuiApplication.clipboard().setMimeData(data)
    before = window.studio.session.scene
    assert not clipboard.paste(window.studio.session)
    assert len(heard) == 1
    assert "clipboard" in heard[0]
    assert window.studio.session.scene is before


# Packages of others

ORCHARD = """
import numpy as np
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, ForceKind
from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Parameter

@kernel(APPLY)
def nothing(x, m, theta, slot, who, f, wide, a):
    pass

@kernel(APPLY)
def nan(x, m, theta, slot, who, f, wide, a):
    a[0, 0] = np.nan

@kernel(APPLY)
def wrong(x, m, theta, slot, who, f, wide, a):
    a[0, 0] = no_such_name

@kernel("void(float64)")
def other(x):
    pass

@kernel(PULL)
def pull(x, m, theta, slot, who, f, wide, w, a, gx, gm, gtheta):
    pass

@kernel(ENERGY)
def energy(x, m, theta, slot, who, f, wide):
    return 0.0

def fail(masses, links, seconds):
    raise KeyError("sour")

def force(name, apply, **more):
    return ForceKind(name=name, help="A force.", parameters=(), kernels=ForceKernels(apply, pull, energy))

good = force("good", nothing)
not_a_number = force("not-a-number", nan)
uncompiled = force("uncompiled", wrong)
another_signature = force("another-signature", other)
taken = force("gravity", nothing)
sour = ForceKind(
    name="sour", help="A force.", linked=True, derive=fail,
    parameters=(Parameter("stiffness", "derived", "", 0.0, 1.0, "How stiff", per="link"),),
    kernels=ForceKernels(nothing, pull, energy, rows={"stiffness": 1}),
)
"""
WITH_PLUG_INS = """
import sys
import numpy as np
import revanim as ra
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from revanim.launch.begin import begin
from revanim.collect import faults
from revanim.sentence import Sentence

sentences = []

def work(window):
    session = window.studio.session
    session.failed.connect(lambda sentence: sentences.append(str(sentence)))
    def wait(condition):
        while not condition():
            QTest.qWait(5)
    wait(lambda: session.arrived)
    for name in ("not-a-number", "uncompiled", "another-signature", "sour"):
        before, count = session.scene, len(sentences)
        given = {"links": [[0, 1]]} if name == "sour" else {}
        session.show(before.timing.home + 1)
        wait(lambda: session.arrived)
        session.edit(Sentence("Add"), ra.edits.set_forces(before, [*before.forces, ra.force(name, **given)]))
        wait(lambda: len(sentences) > count)
        session.history.undo()
        session.show(before.timing.home)
        wait(lambda: session.arrived)
        session.show(before.timing.home + 2)
        wait(lambda: session.arrived)
    session.edit(Sentence("Add"), ra.edits.set_forces(session.scene, [*session.scene.forces, ra.force("good")]))
    wait(lambda: session.arrived)
    session.history.setClean()

real = QApplication.exec
def run(self=None):
    window = next(one for one in QApplication.topLevelWidgets() if type(one).__name__ == "Window")
    window.welcome.hide()
    try:
        work(window)
        print(*faults(), *sentences, sep="\\n", flush=True)  # now: leaving waits for no thread for long
    finally:
        window.studio.session.history.setClean()
        window.close()
    return 0
QApplication.exec = run
begin()
"""


def test_forces_of_others_that_are_wrong_are_told_and_the_window_goes_on(tmp_path: Path) -> None:
    (tmp_path / "orchard.py").write_text(ORCHARD)
    (tmp_path / "rotten.py").write_text("raise ImportError('no apples')")
    information = tmp_path / "orchard-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: orchard\nVersion: 1.0\n")
    names = ("good", "not_a_number", "uncompiled", "another_signature", "taken", "sour")
    lines = [f"{name} = orchard:{name}" for name in names] + ["apples = rotten:apples"]
    (information / "entry_points.txt").write_text("\n".join(["[revanim.items]", *lines]))
    path = os.pathsep.join([str(tmp_path), *sys.path])
    ended = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", WITH_PLUG_INS],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    told = ended.stdout.splitlines()
    for part in ("apples", "another gravity", "infinite", "no_such_name", "other arguments", "cannot derive"):
        assert sum(part in sentence for sentence in told) == 1, (part, told)
    assert "Traceback" not in ended.stderr
