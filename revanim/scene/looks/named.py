"""Names in a look that only a room above knows: which styles and backgrounds there are.

A file may name one that is not installed here, and keeps it. What a person names must be there.
"""

from collections.abc import Callable, Iterable

from revanim.error import RevanimError
from revanim.scene.scene import Look

_listings: dict[str, Callable[[], Iterable[str]]] = {}


def tell_names(field: str, listing: Callable[[], Iterable[str]]) -> None:
    """Tell which names a field of the look may be given; until then every name is taken."""
    _listings[field] = listing


def check_names(look: Look, before: Look | None = None) -> Look:
    """Return a look as a person gave it, or refuse a name that is not there; what it was `before` it may stay."""
    for field, listing in _listings.items():
        name, names = getattr(look, field), list(listing())
        if name not in names and (before is None or name != getattr(before, field)):
            raise RevanimError(
                "There is no {what} called {name!r}; there are {names}.",
                what=field,
                name=name,
                names=f"{', '.join(names[:-1])} and {names[-1]}",
            )
    return look
