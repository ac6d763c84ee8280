import ast
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "dev.py"


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the script as a module whose environment is an empty folder."""
    spec = importlib.util.spec_from_file_location("dev", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ENVIRONMENT", tmp_path)
    return module


def writes_a_line_to(log: Path) -> list[str]:
    return [sys.executable, "-c", f"print('done', file=open({str(log)!r}, 'a'))"]


def test_a_step_is_done_again_only_when_its_sources_change(dev: ModuleType, tmp_path: Path) -> None:
    source, log = tmp_path / "source", tmp_path / "log"
    for text, times in [("one", 1), ("one", 1), ("two", 2), ("two", 2)]:
        source.write_text(text, encoding="utf-8")
        assert dev.once("stamp", "working", [source], writes_a_line_to(log)) == 0
        assert log.read_text(encoding="utf-8") == "done\n" * times


def test_a_step_that_failed_says_so_and_is_tried_again(
    dev: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log"
    fails = [sys.executable, "-c", "raise SystemExit(3)"]
    assert dev.once("stamp", "working", [], fails, writes_a_line_to(log)) == 1
    assert "the lines above say why" in capsys.readouterr().err
    assert not log.exists()
    assert dev.once("stamp", "working", [], writes_a_line_to(log)) == 0
    assert log.exists()


def test_a_library_that_is_missing_is_noticed(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "LIBRARIES", {"libc.so.6": "libc6", "libnowhere.so.9": "libnowhere9"})
    assert dev.missing_packages() == (["libnowhere9"] if sys.platform == "linux" else [])


def test_a_wrong_word_gets_the_usage() -> None:
    result = subprocess.run([sys.executable, SCRIPT, "dance"], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "dev.py run" in result.stdout
    assert "dev.py test" in result.stdout


def test_a_python_too_old_for_revanim_can_still_read_the_script() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_a_python_too_old_is_refused_with_a_sentence(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "OLDEST", (3, sys.version_info.minor + 1))
    monkeypatch.setattr(sys, "argv", ["dev.py", "test"])
    assert dev.main() == 1
    assert capsys.readouterr().err.startswith(f"\nrevanim needs Python 3.{sys.version_info.minor + 1} or newer")
