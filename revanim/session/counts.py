"""How many there are, as one writes it."""

from revanim.session.words import tr


def number(count: float) -> str:
    """Return a count with its thousands apart."""
    return f"{count:,.0f}".replace(",", "\u202f")


def bodies(count: int) -> str:
    """Return so many bodies."""
    return tr("1 body") if count == 1 else tr("{count} bodies", count=number(count))


def links(count: int) -> str:
    """Return so many links."""
    return tr("1 link") if count == 1 else tr("{count} links", count=number(count))
