"""The words of a text, a block of whole lines at a time: millions of lines become numbers within seconds."""

import os
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.meshes.pieces import Bytes, gathered
from revanim.scene.passed import Passed
from revanim.scene.scene import Index

BLOCK = 1 << 20  # bytes that are read at once
LONGEST = 1 << 20  # bytes of a line, of which no face of our size needs more
DIGITS = 18  # of a whole number, which all have room in 64 bits
NEWLINE, BLANK, COMMENT, ZERO, NINE = b"\n #09"
LOWER = 0x20  # the bit that makes a small letter of a capital one

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Words:
    """The words of some lines: those of lines without any are not counted."""

    data: Bytes  # in which a blank is behind each word
    begin: Index  # int64[w], where each word begins
    end: Index
    line: Index  # int64[w], in which line it is
    place: Index  # int64[w], and which word of that

    @property
    def lines(self) -> int:
        """How many lines have words."""
        return int(self.line[-1]) + 1 if self.line.size else 0

    def called(self, name: bytes) -> Flags:
        """Return which lines begin with this word in small letters, or in capital ones."""
        first = self.place == 0
        begin, found = self.begin[first], (self.end - self.begin)[first] == len(name)
        for number, letter in enumerate(name):
            found[found] = self.data[begin[found] + number] | LOWER == letter
        return np.asarray(found, np.bool_)

    def places(self, lines: Flags, first: int) -> Floats:
        """Return float64[k, 3], three numbers of each of some lines, from one of its words on; raises ValueError."""
        chosen = lines[self.line] & (self.place >= first) & (self.place < first + 3)
        count = int(np.count_nonzero(chosen))
        if count != 3 * np.count_nonzero(lines):
            raise ValueError
        text = gathered(self.data, self.begin[chosen], self.end[chosen] + 1).tobytes()
        return np.asarray(_numbers(text, count, np.float64).reshape(-1, 3), np.float64)

    def whole(self, chosen: Flags, upto: bytes = b" ") -> Index:
        """Return the whole numbers that some words are, or that stand before a letter in them, int64[k].

        Raises ValueError where something else does.
        """
        begin, end = self.begin[chosen], self.end[chosen]
        _cut(self.data, begin, end, upto[0])
        last, size = self.data[end - 1], end - begin
        if ((last < ZERO) | (last > NINE) | (size < 1) | (size > DIGITS)).any():
            raise ValueError
        return np.asarray(_numbers(gathered(self.data, begin, end + 1).tobytes(), begin.size, np.int64), np.int64)


def blocks(file: IO[bytes], name: str, passed: Passed) -> Iterator[Words]:
    """Yield the words of a file from where it stands, without comments; a backslash joins a line to the next.

    Raises RevanimError where a line has no end.
    """
    whole, rest = max(os.fstat(file.fileno()).st_size, 1), b""
    for block in iter(lambda: file.read(BLOCK), b""):
        text = (rest + block).replace(b"\\\r\n", b"   ").replace(b"\\\n", b"  ")
        upto = text.rfind(b"\n") + 1
        rest = text[upto:]
        if len(rest) >= LONGEST:
            raise _too_long(file, file.tell() - len(rest), name)
        passed(file.tell() / whole)
        yield _words(text[:upto])
    if rest:
        yield _words(rest + b"\n")


def _too_long(file: IO[bytes], begin: int, name: str) -> RevanimError:
    """Return what to say of the line that begins so many bytes behind the beginning of a file."""
    file.seek(0)
    before = sum(file.read(min(BLOCK, begin - at)).count(b"\n") for at in range(0, begin, BLOCK))
    return RevanimError(
        "Line {line} of {name} is longer than {most} bytes; that is not read.",
        line=before + 1,
        name=name,
        most=LONGEST,
    )


def _words(text: bytes) -> Words:
    data = np.frombuffer(bytearray(text), np.uint8)
    found = np.empty((4, len(text) // 2 + 1), np.int64)
    return Words(data, *found[:, : _find(data, found)])


@kernel("int64(uint8[::1], int64[:,::1])")
def _find(data: Bytes, found: Index) -> int:
    """Find where words begin and end, their lines and their places in these; return how many there are."""
    count, line, place = 0, 0, 0
    inside, comment = False, False
    for i in range(data.size):
        letter = data[i]
        comment = letter != NEWLINE and (comment or letter == COMMENT)
        is_blank = comment or letter == BLANK or 9 <= letter <= 13
        if inside and is_blank:
            found[1, count - 1] = i
            data[i] = BLANK
        elif not (inside or is_blank):
            found[0, count], found[2, count], found[3, count] = i, line, place
            count, place = count + 1, place + 1
        inside = not is_blank
        if letter == NEWLINE and place > 0:
            line, place = line + 1, 0
    return count


@kernel("void(uint8[::1], int64[::1], int64[::1], int64)")
def _cut(data: Bytes, begin: Index, end: Index, letter: int) -> None:
    """Let words end before a letter, and be followed by a blank."""
    for word in range(begin.size):
        for i in range(begin[word], end[word]):
            if data[i] == letter:
                end[word] = i
                data[i] = BLANK
                break


def numbers_in(text: bytes) -> Floats:
    """Return the numbers that a text consists of, parted by blanks; raises ValueError where something else is there."""
    data = np.frombuffer(text, np.uint8)
    is_word = ~((data == BLANK) | ((data >= 9) & (data <= 13)))
    count = int(np.count_nonzero(is_word[1:] > is_word[:-1]) + is_word[:1].sum())
    return np.asarray(_numbers(text, count, np.float64), np.float64)


def _numbers(text: bytes, count: int, kind: type[np.float64] | type[np.int64]) -> NDArray[Any]:
    """Return the numbers of so many words, of which each must be one; raises ValueError."""
    if not count:
        return np.zeros(0, kind)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", DeprecationWarning)  # in older numpy, of what is no number
            found = np.fromstring(text, kind, sep=" ")
    except DeprecationWarning:
        raise ValueError from None
    if found.size != count or b"(" in text:  # 1-2 would be two numbers, and nan(1) one
        raise ValueError
    return found
