"""The lines of a text file, in whatever letters its program writes: bounded, so that no file takes all memory."""

import codecs
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from revanim.error import RevanimError
from revanim.scene.passed import Passed

BLOCK = 1 << 18  # letters that are read at once
LONGEST = 1 << 18  # letters of a line: no table has more, and a file of another kind may be one line
LOOKED_AT = 4096  # bytes, to find out which letters they are
MARKS = (  # at the beginning of a file, the longer ones first: that of UTF-16 begins one of UTF-32
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN = "revanim-western"


def _western(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 as the letters of Western Europe, as older spreadsheets write them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(WESTERN, _western)


def lines(path: Path, passed: Passed) -> Iterator[tuple[int, str]]:
    """Yield the number and the letters of each line that has some, without its end.

    Raises RevanimError where a line has no end, and where the file is no text.
    """
    return chain.from_iterable(_blocks(path, passed))


def _blocks(path: Path, passed: Passed) -> Iterator[Iterable[tuple[int, str]]]:
    """Yield many lines at once."""
    size, done, line, rest = path.stat().st_size, 0, 1, ""
    encoding, width = _encoding(path)
    with path.open(encoding=encoding, errors=WESTERN if encoding.startswith("utf-8") else "replace") as file:
        for block in iter(partial(file.read, BLOCK), ""):
            done += len(block) * width
            passed(min(done / size, 1.0))
            *texts, rest = (rest + block).split("\n")
            long = next((number for number, text in enumerate([*texts, rest]) if len(text) >= LONGEST), None)
            if long is not None:
                raise RevanimError(
                    "Line {line} of {name} has more than {most} letters; that is no table.",
                    line=line + long,
                    name=path.name,
                    most=LONGEST,
                )
            yield [(number, text) for number, text in enumerate(texts, start=line) if text.strip()]
            line += len(texts)
        if rest:
            yield [(line, rest)]


def _encoding(path: Path) -> tuple[str, int]:
    """Return how the letters of a file are written, and in how many bytes each at least."""
    with path.open("rb") as file:
        begin = file.read(LOOKED_AT)
    for mark, encoding in MARKS:
        if begin.startswith(mark):
            return encoding, {"utf-16": 2, "utf-32": 4}.get(encoding, 1)
    if b"\0" not in begin:
        return "utf-8", 1
    # In Latin letters and figures every second byte is 0.
    for first, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        if len(begin) > 1 and not any(begin[first::2]) and all(begin[1 - first :: 2]):
            return encoding, 2
    raise RevanimError("{name} is no text.", name=path.name)
