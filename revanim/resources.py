"""Where the files that come with the program lie: icons, fonts, theme, scenes."""

from pathlib import Path

INSTALLED = Path(__file__).parent / "resources"
IN_THE_CHECKOUT = Path(__file__).parents[1] / "resources"


def resource(*parts: str) -> Path:
    """Return the path of a file or folder of `resources/`.

    A wheel and a frozen bundle carry that folder inside the package; a checkout has it beside the package.
    """
    return (INSTALLED if INSTALLED.is_dir() else IN_THE_CHECKOUT).joinpath(*parts)
