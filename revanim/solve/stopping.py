"""How a solve learns, from without, that it is to end."""


class Stopped(Exception):  # noqa: N818 - it is no error
    """Somebody wants a solve to end."""


def never() -> bool:
    """Return that nobody wants it to end."""
    return False
