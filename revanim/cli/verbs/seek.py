"""Walk to a frame and say what is there."""

import time
from argparse import ArgumentParser, Namespace
from math import isfinite
from pathlib import Path

import revanim
from revanim.cli.reading import whole
from revanim.cli.verb import Verb, opened, show, takes_json, toward
from revanim.engine.parameter import Floats


def _takes(parser: ArgumentParser) -> None:
    parser.add_argument("--frame", type=whole, required=True, metavar="N", help="any frame, also outside the range")
    parser.add_argument("--npy", type=Path, metavar="OUT", help="write the positions as float64[n, 3]")
    takes_json(parser)


def _run(options: Namespace) -> None:
    playhead, started = revanim.Playhead(opened(options.file)), time.perf_counter()
    for frame in toward(playhead.frame, options.frame, options):
        playhead.seek(frame)
    seconds = time.perf_counter() - started
    if options.npy is not None:
        _write_positions(options.npy, playhead.position)
    energy, bits = playhead.energy(), playhead.digest()
    known = energy if isfinite(energy) else None  # which JSON can say
    erased = float(playhead.erased.sum())
    lost = f"  erased {erased:g} bits" if erased else ""
    facts = {"frame": playhead.frame, "digest": bits, "energy": known, "erased": erased, "seconds": seconds}
    show(options, facts, f"frame {playhead.frame}  energy {energy:.12g}{lost}  digest {bits}")


def _write_positions(path: Path, position: Floats) -> None:
    import io

    import numpy as np

    from revanim.scene.file.whole import write_whole

    data = io.BytesIO()
    np.save(data, position)
    write_whole(path, data.getvalue())


verb = Verb("seek", "walk to a frame and say what is there", _run, _takes)
