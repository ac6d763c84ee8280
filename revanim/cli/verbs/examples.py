"""List the gallery."""

from argparse import Namespace

import revanim
from revanim.cli.verb import Verb, show, takes_json


def _run(options: Namespace) -> None:
    scenes = [revanim.example(name) for name in revanim.examples()]
    rows = [
        {"name": name, "bodies": s.bodies.count, "note": s.note}
        for name, s in zip(revanim.examples(), scenes, strict=True)
    ]
    show(options, rows, "\n".join(f"{row['name']:18} {row['bodies']:6} bodies   {row['note']}" for row in rows))


verb = Verb("examples", "list the gallery", _run, takes_json, takes_file=False)
