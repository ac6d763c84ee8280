"""Print how fast frames are written: pictures as video, points as USD and the other formats, and in how much memory.

python tests/speed/export.py
"""

import tempfile
import time
from pathlib import Path

import numpy as np

import revanim as ra
from revanim.draw.camera import frame_all

COUNTS = (2_000, 100_000)
LENGTHS = (10, 1_000, 10_000)  # frames
WIDTH, HEIGHT = 1920, 1080
SECONDS = 6.0  # about, for each figure


def cloud(count: int) -> ra.Scene:
    """Return a falling ball of bodies that covers about the same part of the picture whatever their number."""
    random = np.random.default_rng(count)
    place, fall = random.normal(size=(count, 3)), ra.force("uniform", acceleration=(0.0, 0.0, -0.01))
    color = random.integers(60, 256, (count, 3))
    scene = ra.make_scene(
        place, 0.1 * place, 1.0, forces=[fall], radius=2 / np.sqrt(count), color=color, steps_per_frame=1
    )
    return ra.edits.set_look(scene, view=frame_all(scene.look.view, place, WIDTH, HEIGHT), picture=(WIDTH, HEIGHT))


def timed(scene: ra.Scene, path: Path, frames: int) -> float:
    """Return how many seconds an export takes."""
    started = time.perf_counter()
    ra.export(scene, path, (1, frames))
    return time.perf_counter() - started


def measured(scene: ra.Scene, path: Path) -> tuple[int, float]:
    """Return how many frames were written, enough for a fair figure, and in how many seconds."""
    timed(scene, path, 2)  # loads the kernels and the library
    frames = max(5, min(5000, int(10 * SECONDS / timed(scene, path, 10))))
    return frames, timed(scene, path, frames)


def grown(scene: ra.Scene, path: Path, frames: int) -> float:
    """Return how many MB of memory an export needs at most, beyond what the process has; Linux tells."""
    most = before = resident()

    def passed(part: float) -> None:
        nonlocal most
        most = max(most, resident())

    ra.export(scene, path, (1, frames), passed=passed)
    return most - before


def resident() -> float:
    """Return how many MB of memory are in use, without the pages of files."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon"))


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        if Path("/proc/self/status").exists():
            print("USD of 2,000 bodies\n   frames  MB of memory more than before")
            timed(cloud(2_000), Path(folder) / "film.usdc", 3)  # loads the library
            for frames in LENGTHS:
                print(f"{frames:9,} {grown(cloud(2_000), Path(folder) / 'film.usdc', frames):8.1f}", flush=True)
        print(f"\nMP4 at {WIDTH} x {HEIGHT}\n{'bodies':>9} {'frames/s':>9}")
        for count in COUNTS:
            frames, seconds = measured(cloud(count), Path(folder) / "film.mp4")
            print(f"{count:9,} {frames / seconds:9.1f}", flush=True)
        print(f"\npoints\n{'format':>9} {'bodies':>9} {'frames/s':>9} {'MB/s':>7} {'bytes per body and frame':>25}")
        for suffix in (".usdc", ".pc2", ".npz", ".csv"):
            for count in COUNTS:
                path = Path(folder) / f"film{suffix}"
                frames, seconds = measured(cloud(count), path)
                size = path.stat().st_size
                rates = f"{frames / seconds:9.1f} {size / 1e6 / seconds:7.1f} {size / count / frames:25.1f}"
                print(f"{suffix:>9} {count:9,} {rates}", flush=True)
                path.unlink()


if __name__ == "__main__":
    main()
