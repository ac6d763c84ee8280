"""The command line: every public thing that needs no window."""

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterator
from math import isfinite
from pathlib import Path
from threading import Event
from typing import Any

import revanim
from revanim.engine.playhead import check_reach, digest
from revanim.engine.verify import verify
from revanim.error import RevanimError
from revanim.scene.scene import Scene


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 refused with one line, 2 wrong usage, 3 a bit differs."""
    given = sys.argv[1:] if arguments is None else arguments
    top, commands = parser()
    if not given or not (given[0] in commands or given[0].startswith("-")):
        given = ["window", *given]
    options = top.parse_args(given)
    before = signal.getsignal(signal.SIGINT)
    try:
        return int(options.run(options) or 0)
    except RevanimError as error:
        print(f"revanim: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("revanim: stopped; nothing was written.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stderr.close()
        return 0
    finally:
        signal.signal(signal.SIGINT, before)


def parser() -> tuple[argparse.ArgumentParser, Collection[str]]:
    """Return the parser of the command line, and the names of its commands."""
    top = argparse.ArgumentParser(
        prog="revanim",
        usage="revanim [FILE] | revanim COMMAND ...",
        description="Physics that an animator scrubs like a flipbook. Without a command, the window opens.",
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True, prog="revanim")

    def command(name: str, run: Callable[..., int | None], text: str, file: bool = True) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text[:1].upper() + text[1:] + ".")
        added.set_defaults(run=run)
        if file:
            added.add_argument("file", type=Path, metavar="FILE", help="a .revanim file")
        return added

    one = command("window", window, "open the window (what a FILE alone does)", file=False)
    one.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a .revanim file")
    one = command("examples", list_examples, "list the gallery", file=False)
    _takes_json(one)
    one = command("new", new, "write a copy of a gallery scene", file=False)
    one.add_argument("name", metavar="NAME", help="a name that `revanim examples` lists")
    _takes_output(one, "FILE")
    one = command("info", info, "say what a scene holds")
    _takes_json(one)
    one = command("seek", seek, "walk to a frame and say what is there")
    one.add_argument("--frame", type=int, required=True, metavar="N", help="any frame, also outside the range")
    one.add_argument("--npy", type=Path, metavar="OUT", help="write the positions as float64[n, 3]")
    _takes_json(one)
    one = command("verify", check_return, "walk there and back and compare every bit; exit 3 when one differs")
    one.add_argument("--frames", type=_span, metavar="A:B", help="by default the scene's range; --frames=-5:9")
    _takes_json(one)
    one = command("solve", solve, "change the motion until it hits the keyframes")
    _takes_output(one, "FILE")
    one.add_argument("--controls", type=_names, default=["velocity"], metavar="A,B", help="by default velocity")
    one.add_argument("--iterations", type=_positive, default=200, metavar="N", help="at most, by default 200")
    _takes_json(one)
    one = command("picture", picture, "paint a frame as PNG")
    _takes_output(one, "OUT.png")
    one.add_argument("--frame", type=int, metavar="N", help="by default the home frame")
    one.add_argument("--size", type=_size, default=(1280, 720), metavar="WxH", help="in pixels, by default 1280x720")
    command("prepare", prepare, "compile the engine now, so that nothing waits for it later", file=False)
    return top, commands.choices


def _takes_output(command: argparse.ArgumentParser, name: str) -> None:
    command.add_argument("-o", "--output", type=Path, required=True, metavar=name, help="the file to write")


def _takes_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print one line of JSON, and no progress")


def _span(text: str) -> tuple[int, int]:
    first, _, last = text.partition(":")
    return int(first), int(last)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _positive(text: str) -> int:
    if int(text) < 1:
        raise ValueError(text)
    return int(text)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (1 <= int(width) <= 16384 and 1 <= int(height) <= 16384):
        raise ValueError(text)
    return int(width), int(height)


def window(options: argparse.Namespace) -> int:
    """Open the window."""
    from revanim.app.start import start  # only the window pays for Qt

    return start(options.file)


def list_examples(options: argparse.Namespace) -> None:
    """List the gallery."""
    scenes = [revanim.example(name) for name in revanim.examples()]
    rows = [
        {"name": name, "bodies": s.bodies.count, "note": s.note}
        for name, s in zip(revanim.examples(), scenes, strict=True)
    ]
    show(options, rows, "\n".join(f"{row['name']:18} {row['bodies']:6} bodies   {row['note']}" for row in rows))


def new(options: argparse.Namespace) -> None:
    """Write a copy of a gallery scene."""
    revanim.save(revanim.example(options.name), options.output)


def info(options: argparse.Namespace) -> None:
    """Say what a scene holds."""
    facts = describe(revanim.load(options.file))
    show(options, facts, "\n".join(f"{name:16} {_words(value)}" for name, value in facts.items()))


def describe(scene: Scene) -> dict[str, Any]:
    """Return the facts of a scene that `info` shows."""
    bodies, timing, grid = scene.bodies, scene.timing, scene.bodies.grid
    return {
        "name": scene.name,
        "bodies": bodies.count,
        "pinned": int(bodies.pinned.sum()),
        "forces": [part.kind for part in scene.forces],
        "moves": [part.kind for part in scene.moves],
        "scheme": scene.scheme,
        "frames": [timing.first, timing.last],
        "home": timing.home,
        "fps": timing.fps,
        "steps_per_frame": timing.steps_per_frame,
        "planar": scene.planar,
        "keyframes": [key.frame for key in scene.keyframes],
        "range": grid.length_range,
        "resolution": grid.length_unit,
        "speed_range": grid.speed_range,
        "speed_resolution": grid.speed_unit,
        "digest": digest(bodies.state),
    }


def seek(options: argparse.Namespace) -> None:
    """Walk to a frame and say what is there."""
    playhead, started = revanim.Playhead(revanim.load(options.file)), time.perf_counter()
    for frame in toward(playhead.frame, options.frame, options):
        playhead.seek(frame)
    seconds = time.perf_counter() - started
    if options.npy is not None:
        _write_positions(options.npy, playhead.position)
    energy, bits = playhead.energy(), playhead.digest()
    known = energy if isfinite(energy) else None  # which JSON can say
    facts = {"frame": playhead.frame, "digest": bits, "energy": known, "seconds": seconds}
    show(options, facts, f"frame {playhead.frame}  energy {energy:.12g}  digest {bits}")


def _write_positions(path: Path, position: Any) -> None:
    import io

    import numpy as np

    from revanim.scene.file import write_whole

    data = io.BytesIO()
    np.save(data, position)
    write_whole(path, data.getvalue())


def check_return(options: argparse.Namespace) -> int:
    """Walk there and back and compare every bit."""
    scene = revanim.load(options.file)
    first, last = options.frames or (scene.timing.first, scene.timing.last)
    started = time.perf_counter()
    verdict = verify(revanim.Playhead(scene), first, last, progress(options))
    digests = {"first": verdict.digest_first, "last": verdict.digest_last, "back": verdict.digest_back}
    seconds = time.perf_counter() - started
    facts = {"bits_different": verdict.bits_different, "bits": verdict.bits, "digests": digests, "seconds": seconds}
    show(options, facts, f"{verdict} ({seconds:.2f} s)")
    return 3 if verdict.bits_different else 0


def solve(options: argparse.Namespace) -> None:
    """Change the controls until the motion hits the keyframes, and write the result."""
    scene, passed = revanim.load(options.file), progress(options)
    before = done = None
    for done in revanim.solve(scene, options.controls, options.iterations):
        before = done.cost if before is None else before
        passed(min(done.iteration / options.iterations, 0.999))
    passed(1.0)
    assert done is not None
    revanim.save(done.scene, options.output)
    facts = {
        "cost_before": before,
        "cost_after": done.cost,
        "iterations": done.iteration,
        "misses": list(done.misses),
        "seconds": done.seconds,
        "why": done.why,
    }
    frames = [key.frame for key in done.scene.keyframes]
    misses = [f"frame {frame} missed by {miss:.3g}" for frame, miss in zip(frames, done.misses, strict=True)]
    told = f"{done.iteration} iterations, {done.seconds:.2f} s: {', '.join(misses)}. {done.why}"
    show(options, facts, told.strip())


def picture(options: argparse.Namespace) -> None:
    """Paint a frame."""
    from revanim.draw.thumbnail import shot_of, snapshot
    from revanim.scene.file import write_whole

    scene = revanim.load(options.file)
    playhead = revanim.Playhead(scene)
    frame = scene.timing.home if options.frame is None else options.frame
    for passed in toward(playhead.frame, frame, options):
        playhead.seek(passed)
    write_whole(options.output, snapshot(scene, shot_of(scene, playhead), *options.size))


def prepare(options: argparse.Namespace) -> None:
    """Compile every kernel that a scene can ask for, and paint once in each style."""
    from revanim.draw.thumbnail import thumbnail
    from revanim.engine.force import force_kinds
    from revanim.engine.move import move_kinds
    from revanim.scene import edits

    kinds = force_kinds().values()
    kernels = [kernel for kind in kinds for kernel in (*kind.kernels(0), *kind.kernels(10**6), kind.energy)]
    kernels += [kind.move for kind in move_kinds().values()]
    passed = progress(options)
    for done, kernel in enumerate(kernels, start=1):
        _ = kernel.compiled
        passed(done / len(kernels))
    scene = revanim.example(revanim.examples()[0])
    revanim.Playhead(scene).seek(scene.timing.home + 1)
    revanim.pose("text", 10, source="a")
    for style in ("disc", "glow"):
        thumbnail(edits.set_look(scene, style=style))


def toward(here: int, target: int, options: argparse.Namespace) -> Iterator[int]:
    """Yield the frames on the way, and show how far it has come."""
    check_reach(target)
    passed, way = progress(options), 1 if target > here else -1
    for frame in range(here + way, target + way, way) if target != here else ():
        yield frame
        passed((frame - here) / (target - here))


def progress(options: argparse.Namespace) -> Callable[[float], None]:
    """Return what hears which part is done: it stops on Ctrl-C, and draws a bar on a terminal but not with --json.

    Ctrl-C waits for it, because numba swallows what is raised while it looks at the arguments of a kernel.
    """
    interrupted, last = Event(), 0.0
    drawn = sys.stderr.isatty() and not getattr(options, "json", False)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # and not ignored, as in the background
        signal.signal(signal.SIGINT, lambda *_: interrupted.set())

    def passed(part: float) -> None:
        nonlocal last
        now = time.perf_counter()
        if interrupted.is_set():
            raise KeyboardInterrupt
        if not drawn:
            return
        if part >= 1:
            print("\r" + " " * 50 + "\r", end="", file=sys.stderr, flush=True)
        elif now - last > 0.05:
            last = now
            print(f"\r[{'#' * int(40 * part):40}] {part:4.0%}", end="", file=sys.stderr, flush=True)

    return passed


def show(options: argparse.Namespace, facts: Any, words: str) -> None:
    """Print the result, as JSON where it is asked for."""
    print(json.dumps(facts) if options.json else words)


def _words(value: Any) -> str:
    return (", ".join(map(str, value)) if isinstance(value, list) else str(value)) or "none"
