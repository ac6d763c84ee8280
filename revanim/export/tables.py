"""Films as tables with a row for each body and frame, under titles without commas."""

import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from revanim.export.film import Film
from revanim.export.points import wanted, written

Columns = dict[str, list[str]]  # titles, and the cells below them at a moment


def write_rows(path: Path, moments: Iterable[Columns]) -> None:
    """Write the titles, and then the rows of each moment as it comes."""
    with path.open("w", newline="", encoding="utf-8") as file:
        for index, columns in enumerate(moments):
            if index == 0:
                file.write(",".join(columns) + "\n")
            file.writelines(",".join(row) + "\n" for row in zip(*columns.values(), strict=True))


def table_size(film: Film, values: Mapping[str, Any], columns: int, cell: int) -> int:
    """Return about how many bytes a table takes: so many columns, and those of the attributes, `cell` bytes in each."""
    return film.count * written(film, values).size * (columns + len(wanted(values))) * cell


def double(number: float) -> str:
    """Return the fewest digits that read back as the same number, bit for bit; nothing for not a number."""
    return "" if math.isnan(number) else repr(number)


def single(number: float) -> str:
    """Return digits that read back as the same float32, bit for bit."""
    return f"{number:.9g}"


def spread_over(titles: str, vectors: NDArray[Any], word: Callable[[Any], str]) -> Columns:
    """Return a column for each axis of vectors, [n, axes]; `titles` has them with blanks between."""
    return {title: cells(numbers, word) for title, numbers in zip(titles.split(), vectors.T, strict=True)}


def cells(numbers: NDArray[Any], word: Callable[[Any], str]) -> list[str]:
    """Return the words for numbers."""
    return [*map(word, numbers.tolist())]


def titled(numbers: Mapping[str, NDArray[Any]], word: Callable[[Any], str]) -> Columns:
    """Return a column for each attribute."""
    return {name.replace("-", "_"): cells(values, word) for name, values in numbers.items()}
