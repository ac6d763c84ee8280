"""Print how fast every scene of the gallery walks: frames/s over its range and back (goal: at least 250).

python tests/speed/gallery.py [NAME ...]
"""

import sys
import time

import revanim as ra
from revanim.scene.gallery import is_stored

GOAL = 250


def frames_per_second(scene: ra.Scene) -> float:
    """Return the best of three walks through the range and back."""
    playhead, timing = ra.Playhead(scene), scene.timing
    playhead.seek(timing.first)
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        playhead.seek(timing.last)
        playhead.seek(timing.first)
        best = min(best, time.perf_counter() - started)
    return 2 * (timing.last - timing.first) / best


for name in sys.argv[1:] or filter(is_stored, ra.examples()):
    scene = ra.example(name)
    speed = frames_per_second(scene)
    print(
        f"{name:18} {scene.bodies.count:5} bodies {speed:9.0f} frames/s  {'ok' if speed >= GOAL else 'below the goal'}"
    )
