import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from revanim.collect import choose, collect, plugged_in
from revanim.error import RevanimError


@dataclass(frozen=True)
class Fruit:
    name: str


@dataclass(frozen=True)
class Vegetable:
    name: str
    role: str


DECLARES = "from test_collect import Fruit\n\nITEM = Fruit('{}')\n"


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty folder from which Python imports, and forget afterwards what was found in it."""
    monkeypatch.setitem(sys.modules, "test_collect", sys.modules[__name__])
    monkeypatch.syspath_prepend(tmp_path)
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    collect.cache_clear()
    plugged_in.cache_clear()
    for name in [name for name in sys.modules if name.split(".")[0] == "basket"]:
        del sys.modules[name]


def put(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")


def test_a_new_file_in_a_folder_is_a_new_item(fresh: Path) -> None:
    put(fresh / "basket", __init__="", pear=DECLARES.format("pear"), apple=DECLARES.format("apple"))
    assert collect("basket", Fruit) == {"apple": Fruit("apple"), "pear": Fruit("pear")}
    assert list(collect("basket", Fruit)) == ["apple", "pear"]


def test_only_items_of_the_kind_are_collected(fresh: Path) -> None:
    put(fresh / "basket", __init__="", pear=DECLARES.format("pear") + "STONE = 'a stone'\n")
    assert list(collect("basket", Fruit)) == ["pear"]


def test_items_of_one_kind_are_told_apart_by_their_roles(fresh: Path) -> None:
    line = "from test_collect import Vegetable\n\nITEM = Vegetable('{}', '{}')\n"
    put(fresh / "basket", __init__="", leek=line.format("leek", "soup"), cress=line.format("cress", "salad"))
    assert list(collect("basket", Vegetable, "soup")) == ["leek"]
    assert list(collect("basket", Vegetable)) == ["cress", "leek"]


def test_an_empty_folder_declares_nothing(fresh: Path) -> None:
    put(fresh / "basket", __init__="")
    assert collect("basket", Fruit) == {}


def test_a_package_inside_an_archive_is_searched_too(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(fresh / "bundle.zip", "w") as bundle:
        bundle.writestr("basket/__init__.py", "")
        bundle.writestr("basket/plum.py", DECLARES.format("plum"))
    monkeypatch.syspath_prepend(fresh / "bundle.zip")
    assert list(collect("basket", Fruit)) == ["plum"]


def test_an_installed_package_adds_items_by_its_entry_points(fresh: Path) -> None:
    put(fresh / "basket", __init__="", pear=DECLARES.format("pear"))
    (fresh / "orchard.py").write_text(DECLARES.format("cherry"), encoding="utf-8")
    information = fresh / "orchard-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: orchard\nVersion: 1.0\n", encoding="utf-8")
    (information / "entry_points.txt").write_text("[revanim.items]\ncherry = orchard:ITEM\n", encoding="utf-8")
    assert list(collect("basket", Fruit)) == ["cherry", "pear"]


def test_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(RevanimError, match=r"^There is no fruit called 'plum'; there are apple, pear\.$"):
        choose({"apple": Fruit("apple"), "pear": Fruit("pear")}, "plum", "fruit")


def test_a_known_name_is_found() -> None:
    assert choose({"pear": Fruit("pear")}, "pear", "fruit") == Fruit("pear")
