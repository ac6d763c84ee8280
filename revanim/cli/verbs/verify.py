"""Walk there and back and compare every bit."""

import time
from argparse import ArgumentParser, Namespace

from revanim.cli.reading import span
from revanim.cli.verb import Verb, opened, progress, show, takes_json
from revanim.engine.floating import walk_in_floats
from revanim.engine.verify import verify
from revanim.scene.build import make_playhead


def _takes(parser: ArgumentParser) -> None:
    parser.add_argument("--frames", type=span, metavar="A:B", help="by default the scene's range; --frames=-5:9")
    parser.add_argument("--floats", action="store_true", help="walk the same way in floating point, too")
    takes_json(parser)


def _run(options: Namespace) -> int:
    scene = opened(options.file)
    first, last = options.frames or (scene.timing.first, scene.timing.last)
    started = time.perf_counter()
    playhead = make_playhead(scene)
    verdict = verify(playhead, first, last, progress(options))
    digests = {"first": verdict.digest_first, "last": verdict.digest_last, "back": verdict.digest_back}
    seconds = time.perf_counter() - started
    facts = {"bits_different": verdict.bits_different, "bits": verdict.bits, "digests": digests, "seconds": seconds}
    text = f"{verdict} ({seconds:.2f} s)"
    if options.floats:
        rounded = walk_in_floats(playhead, first, last, progress(options))
        facts["floats"] = {"bits_different": rounded.bits_different, "bits": rounded.bits}
        text += f"\n{rounded.sentence}"
    show(options, facts, text)
    return 3 if verdict.bits_different else 0


verb = Verb("verify", "walk there and back and compare every bit; exit 3 when one differs", _run, _takes)
