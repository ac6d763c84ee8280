"""The script that brings catalogues up to date: what is new comes in, what is gone goes, and work is never lost."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import polib
import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"


@pytest.fixture
def translations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the script as a module that keeps its catalogues in an empty folder, and finds three texts."""
    monkeypatch.setattr(sys, "path", [str(PACKAGING), *sys.path])
    spec = importlib.util.spec_from_file_location("translations", PACKAGING / "translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "resource", lambda *parts: tmp_path)
    texts = [(("", "Undo"), "b.py"), (("", "Light"), "b.py"), (("lamp", "Light"), "b.py"), (("", "Undo"), "a.py")]
    monkeypatch.setattr(module, "wording", lambda: texts)
    return module


def test_a_new_catalogue_begins_with_every_text_and_where_it_is_said(
    translations: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert translations.main(["fr"]) == 0
    made = polib.pofile(str(tmp_path / "fr.po"))
    assert [(entry.msgctxt, entry.msgid) for entry in made] == [(None, "Undo"), (None, "Light"), ("lamp", "Light")]
    assert made[0].occurrences == [("a.py", ""), ("b.py", "")]
    assert made.metadata["Language"] == "fr"
    assert capsys.readouterr().out == "fr: 3 texts, 3 without a translation\n"


def test_what_was_translated_stays_and_what_is_gone_goes(translations: ModuleType, tmp_path: Path) -> None:
    translations.main(["fr"])
    work = polib.pofile(str(tmp_path / "fr.po"))
    work.header = "Français\n\nUn glossaire."
    work[0].msgstr, work[0].tcomment = "Annuler", "Comme partout."
    work.append(polib.POEntry(msgid="Vanished", msgstr="Disparu"))
    work.save()
    translations.main([])
    now = polib.pofile(str(tmp_path / "fr.po"))
    assert now.header.strip() == "Français\n\nUn glossaire."
    assert now.find("Undo").msgstr == "Annuler"
    assert now.find("Undo").tcomment == "Comme partout."
    assert now.find("Vanished") is None


def test_a_second_run_changes_nothing(translations: ModuleType, tmp_path: Path) -> None:
    translations.main(["fr"])
    first = (tmp_path / "fr.po").read_bytes()
    translations.main([])
    assert (tmp_path / "fr.po").read_bytes() == first
