"""What a person reads instead of the name of a force or a move."""

from revanim.engine.kind import AnyKind
from revanim.scene.part import kind_of
from revanim.scene.scene import Part
from revanim.sentence import Sentence, named


def title_of(part: Part) -> Sentence:
    """Return the name of a part as one reads it."""
    return title_of_kind(kind_of(part))


def title_of_kind(kind: AnyKind) -> Sentence:
    """Return the name of a force or a move as one reads it."""
    return Sentence(kind.title) if kind.title else named(kind.name)
