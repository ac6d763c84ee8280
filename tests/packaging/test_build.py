import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "build.py"


@pytest.mark.parametrize("words", [[], ["cake"], ["--check"], ["cake", "pie"]])
def test_a_wrong_word_gets_the_usage(words: list[str]) -> None:
    result = subprocess.run([sys.executable, SCRIPT, *words], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "build.py TARGET" in result.stdout
    assert "Targets:" in result.stdout
