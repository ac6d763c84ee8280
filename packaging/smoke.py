"""Try what an installed revanim has to be able to do, in a folder that is thrown away.

Run by the Python that it is installed for, or given the executable of a bundle: python packaging/smoke.py [EXECUTABLE]
"""

import csv
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

WINDOW = """
import sys
from pathlib import Path
import revanim as ra
from PySide6.QtCore import QTimer
from revanim.launch.application import application_of
from revanim.window.window import Window
application = application_of(sys.argv)
window = Window(ra.load(Path(sys.argv[1])))
window.resize(1280, 800)
window.show()
window.viewport.painted.connect(lambda: QTimer.singleShot(500, application.quit))
QTimer.singleShot(120_000, lambda: application.exit(1))
ended = application.exec()
picture = window.grab()
window.studio.session.close()
colours = {picture.toImage().pixel(x, y) for x in range(0, 1280, 9) for y in range(0, 800, 9)}
sys.exit(ended or len(colours) < 50)
"""


def main(program: list[str]) -> None:
    """Go through the commands, and open a window where Python can be asked to."""
    with TemporaryDirectory() as folder:
        scene, table, film = (Path(folder, name) for name in ("ring.revanim", "ring.csv", "ring.mp4"))

        def ask(*words: object) -> str:
            command = [*program, *map(str, words)]
            print("  ", *words, flush=True)
            return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=folder).stdout

        ask("new", "ring", "-o", scene)
        facts = json.loads(ask("info", scene, "--json"))
        assert json.loads(ask("verify", scene, "--frames", "1:24", "--json"))["bits_different"] == 0
        assert json.loads(ask("seek", scene, "--frame", facts["home"], "--json"))["digest"] == facts["digest"]
        ask("export", scene, "-o", table, "--frames", "1:2")
        with table.open(encoding="utf-8", newline="") as file:
            assert len(list(csv.reader(file))) > 2 * facts["bodies"]
        ask("export", scene, "-o", film, "--frames", "1:3", "--width", 320, "--height", 180)
        assert film.stat().st_size > 1000
        if program[0] == sys.executable:
            print("   the window", flush=True)
            subprocess.run([sys.executable, "-c", WINDOW, scene], check=True, cwd=folder)


if __name__ == "__main__":
    main(sys.argv[1:] or [sys.executable, "-m", "revanim"])
