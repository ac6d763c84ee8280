"""The notes of a release are its section of the changelog, and nothing else."""

import subprocess
import sys
from pathlib import Path
from runpy import run_path

SCRIPT = Path(__file__).parents[2] / "packaging" / "notes.py"


def notes(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, check=False)


def test_a_release_is_told_of_by_its_section_alone() -> None:
    changelog = (
        "# Changes\n## 0.1.10 (unreleased)\n- ten\n## 0.1.1 (2026-12-01)\n- one\n## 0.1.0 (2026-11-30)\n- none\n"
    )
    section = run_path(str(SCRIPT))["section"]
    assert section(changelog, "0.1.1") == "- one"
    assert section(changelog, "0.1.0") == "- none"
    assert section(changelog, "0.1") == ""


def test_the_next_release_has_notes() -> None:
    said = notes("0.1.0")
    assert said.returncode == 0
    assert "### Engine" in said.stdout
    assert "## 0.1.0" not in said.stdout


def test_a_version_that_never_was_is_refused() -> None:
    said = notes("9.9.9")
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == "CHANGELOG.md has no section for 9.9.9.\n"
