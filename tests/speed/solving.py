"""How the window feels while 2000 bodies are solved for: scrub it meanwhile, and print what the person waits for.

python tests/speed/solving.py [EXAMPLE] [SECONDS]
"""

import argparse
import sys
from time import perf_counter

import numpy as np
from scrub import Scrub

import revanim as ra
from revanim.app.start import application_of
from revanim.app.window import Window
from revanim.scene.targets import set_shape

AHEAD = 24  # frames to the keyframe


def with_ring(scene: ra.Scene) -> ra.Scene:
    """Ask all free bodies into a ring as large as the scene."""
    free = np.flatnonzero(~scene.bodies.pinned)
    turn = np.linspace(0, 2 * np.pi, free.size, endpoint=False)
    reach = np.abs(scene.bodies.position).max() / 2
    ring = reach * np.column_stack([np.cos(turn), np.sin(turn), 0 * turn])
    return set_shape(scene, scene.timing.home + AHEAD, free, ring)


def main() -> None:
    """Open the window on an example, solve it and scrub it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("example", nargs="?", default="galaxy-collision")
    parser.add_argument("seconds", nargs="?", type=float, default=8.0)
    options = parser.parse_args()
    application = application_of(sys.argv)
    window = Window(with_ring(ra.example(options.example)))
    solving = window.session.solving
    window.show()
    solving.iterations = 10_000
    solving.start()
    window.session.closing.connect(lambda: report(window))
    Scrub(window, options.seconds)
    application.exec()


def report(window: Window) -> None:
    """Print what the solve did meanwhile, and how soon it can be stopped."""
    solving, progress = window.session.solving, window.session.solving.progress
    if progress is None or not solving.running:
        print("the solve was not running all the while")
        return
    print(f"solved meanwhile       {progress.iteration} iterations, {progress.evaluations} walks there and back")
    started = perf_counter()
    solving.cancel()
    print(f"cancelled              in {1000 * (perf_counter() - started):.1f} ms")


if __name__ == "__main__":
    main()
