"""How the program comes up: without the network, and in safe mode without what was saved or added."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.engine.code import precompiled
from revanim.launch import begin
from revanim.launch.splash import Splash
from revanim.scene.scene import Absent
from revanim.session.files import settings
from revanim.session.words import speak, tr
from revanim.window.frame.nameplate import PREPARING
from revanim.window.kit.theme import THEMES, dress
from revanim.window.window import Window

# The whole program, from its command line to the first picture, then closed as a person would.
RUN = """
import json, sys
heard = []
sys.addaudithook(lambda event, facts: heard.append(event) if event.startswith("socket.") else None)
from PySide6.QtCore import QTimer
from revanim.cli import main

def at_the_first_picture():
    from PySide6.QtWidgets import QApplication
    from revanim.window.preference import value_of
    from revanim.window.frame.toast import Toast
    from revanim.window.window import Window
    window = next((each for each in QApplication.topLevelWidgets() if isinstance(each, Window)), None)
    if window is None or window.viewport.image.isNull():
        QTimer.singleShot(50, at_the_first_picture)
        return
    toasts = [each.text() for each in window.findChildren(Toast) if each.isVisible()]
    facts = {"theme": value_of("theme"), "workspace": window.workspaces.current.name, "toasts": toasts}
    from revanim.collect import plugged_in
    facts["plots"] = "pyqtgraph" in sys.modules
    print(json.dumps(facts | {"sockets": heard, "network": internet(), "plugged": len(plugged_in())}))
    window.leave()

def internet():
    import os
    from pathlib import Path
    if sys.platform != "linux":
        return []
    kinds = ("tcp", "tcp6", "udp", "udp6")
    known = {line.split()[9] for kind in kinds for line in Path("/proc/net", kind).read_text().splitlines()[1:]}
    mine = []
    for file in Path("/proc/self/fd").iterdir():
        try:
            mine.append(os.readlink(file))
        except OSError:
            pass
    return [link for link in mine if link.startswith("socket:[") and link[8:-1] in known]

import revanim.launch.start as start
before = start.note_when_it_stands

def stands(window):
    before(window)
    window.toast._timer.setInterval(10**6)  # it is still there when the picture comes, however slow the machine
    QTimer.singleShot(50, at_the_first_picture)

start.note_when_it_stands = stands
sys.exit(main(sys.argv[1:]))
"""


def run(home: Path, *arguments: str) -> dict[str, object]:
    """Start the program with an own home, and return what it said when its first picture stood."""
    environment = os.environ | {"XDG_CONFIG_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", RUN, *arguments]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return dict(json.loads(ended.stdout.splitlines()[-1]))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home in which somebody has chosen a theme and a workspace, and a plug-in is installed."""
    store = QSettings(str(tmp_path / "revanim" / "revanim.conf"), QSettings.Format.IniFormat)
    store.setValue("theme", "light")
    store.setValue("workspace", "look")
    store.sync()
    return tmp_path


@pytest.fixture
def plug_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a package that adds something."""
    facts = tmp_path / "site" / "orchard-1.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: orchard\nVersion: 1\n", encoding="utf-8")
    (facts / "entry_points.txt").write_text("[revanim.items]\napple = orchard:apple\n", encoding="utf-8")
    (facts.parent / "orchard.py").write_text("apple = 'red'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(facts.parent)


@pytest.mark.usefixtures("plug_in")
def test_safe_mode_leaves_aside_what_was_saved_and_added(home: Path) -> None:
    usual, safe = run(home), run(home, "--safe-mode")
    assert (usual["theme"], usual["workspace"], usual["plugged"]) == ("light", "look", 1)
    assert (safe["theme"], safe["workspace"], safe["plugged"]) == ("dark", "animate", 0)
    assert any("Safe mode" in toast for toast in safe["toasts"])
    assert not any("Safe mode" in toast for toast in usual["toasts"])
    assert run(home)["theme"] == "light"  # nothing of it is lost


def test_a_file_that_a_start_opens_says_all_of_it_that_is_not_installed(tmp_path: Path, scene: ra.Scene) -> None:
    names = ("breeze", "tide")
    forces = tuple(replace(scene.forces[0], kind=name, muted=True, absent=Absent(muted=False)) for name in names)
    ra.save(replace(scene, forces=forces), tmp_path / "windy.revanim")
    (toast,) = run(tmp_path, str(tmp_path / "windy.revanim"))["toasts"]
    rests = [f"This scene has a force {name!r} that is not installed; it rests." for name in names]
    assert toast == " ".join(rests)


def test_a_start_reaches_for_no_network_and_loads_plots_only_where_one_is_seen(tmp_path: Path) -> None:
    facts = run(tmp_path)
    assert facts["sockets"] == []
    assert facts["network"] == []
    assert facts["plots"] is False
    store = QSettings(str(tmp_path / "revanim" / "revanim.conf"), QSettings.Format.IniFormat)
    store.setValue("workspace", "measure")
    store.sync()
    assert run(tmp_path)["plots"] is True


# The same up to the splash, and no further.
SPLASHED = """
import sys
from revanim.launch.splash import Splash

def seen(splash):
    appear(splash)
    slow = {"numpy", "numba", "scipy", "pyqtgraph", "revanim.contents"} & set(sys.modules)
    print(splash.isVisible(), splash.windowHandle().isExposed(), splash.line.text(), *slow, sep="|")
    sys.exit()

appear, Splash.appear = Splash.appear, seen
from revanim.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    ("arguments", "says"), [([], ""), (["--safe-mode"], ""), (["some/ring.revanim"], "Opening ring.revanim…")]
)
def test_the_splash_is_there_before_anything_slow_is_loaded(arguments: list[str], says: str) -> None:
    ra.Playhead(ra.example("ring")).step(1)  # so that there is machine code
    command = [sys.executable, "-c", SPLASHED, *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout == f"True|True|{says}\n"


def test_the_splash_says_when_the_engine_has_never_been_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(begin, "ever_compiled", lambda: False)
    assert begin.prepared(None) == PREPARING
    assert begin.prepared(Path("ring.revanim")) == PREPARING


def test_whether_the_engine_was_ever_compiled_is_seen_on_the_disk(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(precompiled, "resource", lambda *parts: tmp_path.joinpath("resources", *parts))
    monkeypatch.setattr(precompiled, "__file__", str(tmp_path / "engine" / "precompiled.py"))
    assert not precompiled.ever_compiled()
    kept = tmp_path / "cache" / "revanim" / "kernels" / "numba-1" / "this" / "revanim.engine.motion-1"
    kept.mkdir(parents=True)
    (kept / "motion.walk-94.py311.nbi").write_bytes(b"")
    assert precompiled.ever_compiled()


@pytest.mark.parametrize("theme", THEMES)
def test_the_splash_goes_as_soon_as_the_window_is_painted(
    qtbot: QtBot, qapp: QApplication, scene: ra.Scene, theme: str
) -> None:
    dress(qapp, THEMES[theme])
    splash = Splash("Opening five.revanim…")
    qtbot.addWidget(splash)
    splash.appear()
    assert splash.isVisible()
    assert QApplication.focusWidget() is None
    assert splash.grab().toImage().pixelColor(8, 8) == QColor(THEMES[theme].panel)
    window = Window(scene)
    qtbot.addWidget(window)
    window.show()
    splash.give_way(window)
    qtbot.waitUntil(lambda: not splash.isVisible())
    assert window.windowHandle().isExposed()
    window.leave()
    dress(qapp)


def test_the_splash_does_not_stay_for_a_window_that_comes_up_unseen(qtbot: QtBot, monkeypatch) -> None:
    monkeypatch.setattr("revanim.launch.splash.LONGEST", 20)
    splash, window = Splash(), QWidget()
    qtbot.addWidget(splash)
    qtbot.addWidget(window)
    window.winId()  # it has a place in the system, and is never seen
    splash.appear()
    splash.give_way(window)
    qtbot.waitUntil(lambda: not splash.isVisible())


def test_a_splash_that_is_closed_before_the_window_is_there_ends_nothing(qtbot: QtBot, qapp: QApplication) -> None:
    heard: list[int] = []
    qapp.lastWindowClosed.connect(lambda: heard.append(1))
    splash = Splash()
    qtbot.addWidget(splash)
    splash.appear()
    QTest.keyClick(splash, Qt.Key.Key_Escape)
    splash.close()
    QApplication.processEvents()
    assert heard == []


def test_the_splash_stands_in_the_middle_of_where_the_window_was(qtbot: QtBot) -> None:
    window, splashes = QWidget(), []
    qtbot.addWidget(window)
    for place in (QRect(100, 120, 600, 500), QRect(160, 200, 600, 500)):
        window.setGeometry(place)
        settings.remember_geometry(window.saveGeometry())
        splashes.append(Splash())
        qtbot.addWidget(splashes[-1])
    one, other = (splash.geometry().center() for splash in splashes)
    assert (one - QRect(100, 120, 600, 500).center()).manhattanLength() <= 2
    assert (other - one).toTuple() == (60, 80)


@pytest.mark.parametrize("text", ["", PREPARING, "Opening a-scene-with-a-rather-long-name-for-a-file.revanim…"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_of_the_splash_is_cut_off(qtbot: QtBot, qapp: QApplication, text: str, language: str) -> None:
    dress(qapp)
    speak(language)
    splash = Splash(tr(text) if text else "")
    speak("en")
    qtbot.addWidget(splash)
    splash.appear()
    for words in splash.findChildren(QLabel):
        assert words.heightForWidth(words.width()) <= words.height()
        assert words.wordWrap() or words.sizeHint().width() <= words.width()
