"""Numbers as programs and people write them."""

from math import isnan

import pytest

from revanim.scene.tables.numbers import decimal_mark, number


@pytest.mark.parametrize(
    ("cell", "mark", "value"),
    [
        ("1.5", ".", 1.5),
        ("-.5e-3", ".", -0.0005),
        ("1.5D+00", ".", 1.5),
        ("1.5*^-3", ".", 0.0015),
        ("1.5×10^3", ".", 1500),
        ("−1", ".", -1),
        ("1,500.0", ".", 1500),
        ("1'500.25", ".", 1500.25),
        ("1,5", ",", 1.5),
        ("1.500,5", ",", 1500.5),
        ("1\u202f500,5", ",", 1500.5),
    ],
)
def test_a_number_is_read_in_every_spelling(cell: str, mark: str, value: float) -> None:
    assert number(cell, mark) == value


@pytest.mark.parametrize("cell", ["", "nan", "N/A", "-", "NULL"])
def test_a_cell_may_say_that_there_is_none(cell: str) -> None:
    assert isnan(number(cell))


@pytest.mark.parametrize("cell", ["1e999", "inf", "1_000", "0x10", "1,5", "12,34,567", "abc", "1.5 m", "1" * 400])
def test_what_is_no_number_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        number(cell)


@pytest.mark.parametrize(
    ("cells", "usual", "mark"),
    [
        (["1,5", "2"], ".", ","),
        (["1,500"], ".", "."),  # thousands, in a table that commas part
        (["1,500"], ",", ","),
        (["1.500"], ",", "."),  # points alone are points
        (["1,500", "2.5"], ",", "."),
        (["1.500", "2,5"], ".", ","),
        (["1,500.0"], ",", "."),
        (["a", "b"], ".", "."),
    ],
)
def test_what_parts_a_fraction_is_found_out_from_all_numbers(cells: list[str], usual: str, mark: str) -> None:
    assert decimal_mark(cells, usual) == mark
