"""Names of items as a person reads them."""


def title(name: str) -> str:
    """Return a file-like name as one writes it in a menu."""
    return name.replace("_", " ").replace("-", " ").capitalize()
