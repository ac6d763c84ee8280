"""Bodies that collide: spheres that push each other apart where they overlap, and lose a part of their speed.

The force is in contacts/push.py, what is lost in contacts/loss.py, the law of both in contacts/law.py.
"""

from revanim.engine.contacts.firmness import firmest
from revanim.engine.contacts.law import FRICTION, RADIUS, RESTITUTION, STIFFNESS, THREADS
from revanim.engine.contacts.loss import loss, loss_pull, rub, rub_pull
from revanim.engine.contacts.push import apply, energy, few_pairs, pull
from revanim.engine.force import ForceKernels
from revanim.engine.move import MoveKernels, MoveKind
from revanim.engine.parameter import Parameter
from revanim.engine.tape import TAPE

ROWS = {"restitution": RESTITUTION, "friction": FRICTION, "radius": RADIUS, "stiffness": STIFFNESS}

contact = MoveKind(
    name="contact",
    help="Bodies bounce off each other, as wide as their radius.",
    title="Collide",
    words="contact collision bounce marbles balls push apart overlap pile stack restitution",
    order=50,
    parameters=(
        Parameter("restitution", 0.6, "", 0.0, 1.0, "Which part of its speed a body keeps as it bounces."),
        Parameter(
            "friction", 0.0, "", 0.0, 100.0,
            "How firmly they rub on each other. Piles that rub creep slowly, and erase much.",
        ),
        Parameter("radius", 0.1, "length", 0.0, 1e12, "Radius of each body.", per="body"),
        Parameter(
            "stiffness", "derived", "1/(length² s²)", 0.0, 1e30,
            "How firmly they push each other apart; by default as firmly as the sub-step allows.",
        ),
    ),
    kernels=MoveKernels(
        move=loss,
        pull=loss_pull,
        kicked=rub,
        kicked_pull=rub_pull,
        push=ForceKernels(apply, pull, energy, rows=ROWS, pairs=few_pairs),
        rows=ROWS,
        threads=THREADS,
    ),
    lanes=TAPE,
    derive=firmest,
    divides_by_mass=True,
    couples=True,
    presets={
        "Marbles": {"restitution": 0.7},
        "Rubber": {"restitution": 0.85},
        "Steel": {"restitution": 0.95},
        "Wood": {"restitution": 0.5},
    },
)  # fmt: skip
