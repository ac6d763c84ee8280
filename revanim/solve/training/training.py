"""Training is solving: first a lesson without walks, then the walk there and back, downhill with L-BFGS."""

from collections.abc import Iterator

from revanim.engine.parameter import Floats
from revanim.solve.descent import descend, memory
from revanim.solve.objective import Objective
from revanim.solve.run import Progress, Run
from revanim.solve.search import approach
from revanim.solve.training.lesson import Lesson

LESSON, PATIENCE, GAIN = 200, 20, 0.05  # steps of a lesson at most; a gain below this part in so many ends it
TRAINING = (60, 5e-3)  # the like of the walks after it


def trained(run: Run) -> Iterator[Progress]:
    """Teach fields that know nothing yet, then walk; what was learnt before is gone on from."""
    objective = run.objective
    if all(handle.fresh for handle in objective.handles if handle.learns):
        best = objective.start
        for better in taught(objective):
            best = better
            yield run.progress()
        yield run.note(best)
    yield from approach(run, run.best, TRAINING)


def taught(objective: Objective) -> Iterator[Floats]:
    """Yield better and better controls, from the start on, without a walk."""
    lesson, costs = Lesson(objective), list[float]()
    for point in descend(lesson.value_and_gradient, objective.start, objective.low, objective.high, memory()):
        if point is None:
            continue
        costs.append(point.value)
        yield point.z
        if len(costs) == LESSON or (len(costs) > PATIENCE and costs[-1] > (1 - GAIN) * costs[-1 - PATIENCE]):
            return
