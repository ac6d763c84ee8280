"""List the gallery."""

from argparse import Namespace

from revanim.cli.verb import Verb, show, takes_json
from revanim.scene.gallery import count_of, examples, sketch


def _run(options: Namespace) -> None:
    rows = [{"name": name, "bodies": count_of(name), "note": sketch(name).note} for name in examples()]
    show(options, rows, "\n".join(f"{row['name']:18} {row['bodies']:6} bodies   {row['note']}" for row in rows))


verb = Verb("examples", "list the gallery", _run, takes_json, takes_file=False)
