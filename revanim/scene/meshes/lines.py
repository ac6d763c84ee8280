"""The lines of a text in bounded memory, and how far it is read."""

from collections.abc import Iterator
from pathlib import Path

from revanim.error import RevanimError
from revanim.scene.passed import Passed

LONGEST = 1 << 20  # bytes of a line, of which no face of our size needs more
BLOCK = 1 << 24  # bytes that are searched at once
OFTEN = 4096  # lines between two looks at the way


def lines(path: Path, passed: Passed) -> Iterator[list[bytes]]:
    """Yield the words of each line that has some, without comments; a backslash at its end joins it to the next."""
    whole = max(path.stat().st_size, 1)
    before = b""
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST), b"")):
            if number % OFTEN == 0:
                passed(file.tell() / whole)
            line = before + line
            if len(line) >= LONGEST:
                raise RevanimError(
                    "Line {line} of {name} is longer than {most} bytes; that is not read.",
                    line=number + 1,
                    name=path.name,
                    most=LONGEST,
                )
            if line.endswith((b"\\\n", b"\\\r\n")):
                before = line.rstrip()[:-1] + b" "
                continue
            before = b""
            words = (line.partition(b"#")[0] if b"#" in line else line).split()
            if words:
                yield words
        if before:
            yield before.split()


def counted(path: Path, beginning: bytes) -> int:
    """Return how many lines begin so, which takes no time beside reading them."""
    found, rest = 0, b"\n"
    with path.open("rb") as file:
        for block in iter(lambda: file.read(BLOCK), b""):
            found += (rest + block).count(beginning)
            rest = block[1 - len(beginning) :]
    return found
