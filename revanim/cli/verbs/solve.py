"""Change the motion until it hits the keyframes, and write the result."""

from argparse import ArgumentParser, Namespace

import revanim
from revanim.cli.reading import decimal, names, positive, span
from revanim.cli.verb import Verb, opened, progress, show, takes_json, takes_output


def _takes(parser: ArgumentParser) -> None:
    takes_output(parser, "FILE")
    parser.add_argument(
        "--controls", type=names, default=["auto"], metavar="auto|A,B", help="what may change, by default auto"
    )
    parser.add_argument(
        "--physical", type=decimal, default=1.0, metavar="S", help="0 guided to 1 physical, the default"
    )
    parser.add_argument("--iterations", type=positive, default=200, metavar="N", help="at most, by default 200")
    parser.add_argument(
        "--between", type=span, metavar="A:B", help="only pushes between these frames may change; all else stays"
    )
    parser.add_argument(
        "--held-out", type=decimal, default=0.0, metavar="S", help="the share of bodies that is left out of learning"
    )
    takes_json(parser)


def _run(options: Namespace) -> None:
    scene, passed = opened(options.file), progress(options)
    done = None
    part = 0.0

    def stopped() -> bool:
        passed(part)  # where Ctrl-C is heard, also amid a long iteration
        return False

    named = [revanim.Control(name, held_out=options.held_out) for name in options.controls]
    controls = "auto" if options.controls == ["auto"] else named
    how = {"physical": options.physical, "between": options.between, "stopped": stopped}
    for done in revanim.solve(scene, controls, options.iterations, **how):
        part = min(done.iteration / options.iterations, 0.999)
        passed(part)
    passed(1.0)
    assert done is not None
    revanim.save(done.scene, options.output)
    facts = {
        "cost_before": done.before,
        "cost_after": done.cost,
        "iterations": done.iteration,
        "misses": list(done.misses),
        "seconds": done.seconds,
        "used": str(done.used),
        "effort": done.effort,
        "why": done.why,
        **({"unseen": done.unseen_miss} if options.held_out else {}),
        **({"seam": str(done.seam)} if options.between else {}),
    }
    frames = [key.frame for key in done.scene.keyframes]
    misses = [f"frame {frame} missed by {miss:.3g}" for frame, miss in zip(frames, done.misses, strict=True)]
    told = f"{done.iteration} iterations, {done.seconds:.2f} s: {', '.join(misses)}. {done.used} {done.why} {done.seam}"
    show(options, facts, " ".join(told.split()))


verb = Verb("solve", "change the motion until it hits the keyframes", _run, _takes)
