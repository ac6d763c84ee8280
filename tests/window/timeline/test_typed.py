import pytest

from revanim.error import RevanimError
from revanim.window.timeline.typed import typed_frame, typed_rate


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("+24", 74),
        ("-10", 40),
        ("=-10", -10),
        ("2*24+1", 49),
        ("(3 + 4) * 2", 14),
        ("1.5s", 36),
        ("+2s", 98),
        (".5 s", 12),
        ("100/3", 33),
        ("1,5s", 36),
        ("12,4", 12),
        ("−10", 40),
    ],
)
def test_a_typed_frame_is_a_number_a_step_from_here_a_sum_or_seconds(text: str, frame: int) -> None:
    assert typed_frame(text, here=50, fps=24.0) == frame


@pytest.mark.parametrize(
    "text", ["", "abc", "1/0", "2**99", "True", "'a'", "1e400", "1 2", "__import__('os')", "9" * 40]
)
def test_what_is_not_a_frame_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(RevanimError) as refused:
        typed_frame(text, here=1, fps=24.0)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "rate"),
    [("24", 24.0), ("24 fps", 24.0), ("23.976", 23.976), ("29,97 fps", 29.97), ("24000/1001", 24000 / 1001)],
)
def test_a_typed_rate_is_a_number_or_a_fraction(text: str, rate: float) -> None:
    assert typed_rate(text) == rate


def test_a_rate_that_is_no_number_is_refused() -> None:
    with pytest.raises(RevanimError, match="not a frame rate"):
        typed_rate("fast")
