"""Compile the engine."""

from argparse import Namespace

import revanim
from revanim.cli.verb import Verb, progress


def _run(options: Namespace) -> None:
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
    place = scene.bodies.position[:2]
    for _ in revanim.solve(edits.add_keyframe(scene, scene.timing.home + 1, [1, 0], position=place, shape=True)):
        pass
    for style in ("disc", "glow"):
        thumbnail(edits.set_look(scene, style=style))


verb = Verb("prepare", "compile the engine now, so that nothing waits for it later", _run, takes_file=False)
