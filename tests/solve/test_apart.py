"""Bodies that would meet too hard step aside, and hit their targets all the same."""

import numpy as np

import revanim as ra
from revanim.solve.sequence.apart import step_aside
from revanim.solve.sequence.plan import Plan


def crossing(kind: str, **values: float) -> ra.Scene:
    """Return a row of bodies that change places with each other, straight through."""
    place = np.column_stack([np.linspace(-1.0, 1.0, 4), np.zeros(4), np.zeros(4)])
    forces = [ra.force(kind, **values)]
    scene = ra.make_scene(place, 0 * place, 0.25, forces=forces, steps_per_frame=4, scheme="verlet")
    scene = ra.edits.add_keyframe(scene, 33, range(4), position=-place)
    return ra.edits.add_keyframe(scene, 65, range(4), position=place)


def nearest(scene: ra.Scene, frames: range) -> float:
    """Return the least distance between two bodies."""
    playhead, found = ra.Playhead(scene), []
    for frame in frames:
        playhead.seek(frame)
        apart = np.linalg.norm(playhead.position[:, None] - playhead.position, axis=2)
        found.append(apart[np.triu_indices(len(apart), 1)].min())
    return min(found)


def test_atoms_go_around_each_other() -> None:
    scene = crossing("lennard_jones", depth=1e-3, size=0.1)
    *_, last = ra.solve(scene)
    assert last.miss < 1e-6 * last.objective.size
    assert nearest(last.scene, range(1, 34)) > 0.08


def test_soft_forces_let_bodies_pass() -> None:
    plan = Plan(ra.Objective(crossing("gravity", strength=0.1, softening=0.5), ("velocity", "nudge")))
    assert not step_aside(plan)
    assert not plan.path.any()


def test_pushes_get_shorter_where_long_ones_cannot_follow_the_forces() -> None:
    random = np.random.default_rng(4)
    place = random.normal(size=(10, 3)) * [1, 1, 0]
    links = [[i, (i + 3) % 10] for i in range(10)]
    scene = ra.make_scene(
        place, 0 * place, 0.1, [ra.force("spring", links=links, stiffness=1.5, length=1.0)], steps_per_frame=4
    )
    for frame in (30, 60):
        aim = place[random.permutation(10)] * 1.2
        scene = ra.edits.add_keyframe(scene, frame, range(10), position=aim)
    *_, last = ra.solve(scene, physical=0.0)
    assert last.miss < 1e-6 * last.objective.size
    pushes = last.objective.handles[1].curve
    assert pushes is not None
    assert pushes.every < 8
