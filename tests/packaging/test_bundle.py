"""What the installers are made of, read and tried without building one."""

import importlib
import pkgutil
import re
import shutil
import subprocess
import sys
from configparser import RawConfigParser
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PIL import Image

import revanim
from revanim.cli.verb import all_verbs
from revanim.resources import resource
from revanim.scene.file import MIMETYPE

ROOT = Path(__file__).parents[2]
LINUX = ROOT / "packaging" / "linux"
TARGETS = sorted(file.stem for file in (ROOT / "packaging" / "targets").glob("[a-z]*.py"))
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture(autouse=True)
def scripts_find_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))


def script(name: str) -> ModuleType:
    return importlib.import_module(name)


def needs(tool: str) -> None:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_builds_and_checks(name: str) -> None:
    target = script(f"targets.{name}")
    assert callable(target.build)
    assert callable(target.check)


def test_the_bundle_has_every_module_that_a_folder_lists() -> None:
    listed = {found.name for found in pkgutil.walk_packages(revanim.__path__, "revanim.")}
    assert set(script("recipe").modules(ROOT / "revanim")) == {"revanim", *listed}


def test_the_recipe_of_the_bundle_can_be_read_and_finds_what_it_asks_for() -> None:
    text = (ROOT / "packaging" / "bundle.spec").read_text(encoding="utf-8")
    compile(text, "bundle.spec", "exec")
    line = next(line for line in text.splitlines() if line.startswith("from recipe import "))
    for name in line.removeprefix("from recipe import ").split(", "):
        assert hasattr(script("recipe"), name)


@pytest.mark.parametrize(
    ("place", "source", "needed"),
    [
        ("libstdc++.so.6", "/usr/lib/x86_64-linux-gnu/libstdc++.so.6", False),
        ("libX11.so.6", "/lib/x86_64-linux-gnu/libX11.so.6", False),
        ("libpython3.11.so.1.0", "/usr/local/lib/libpython3.11.so.1.0", True),
        ("libpython3.13.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.13.so.1.0", True),
        ("numpy/linalg/_umath_linalg.so", "/somewhere/site-packages/numpy/linalg/_umath_linalg.so", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/somewhere/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", "/somewhere/libqvnc.so", False),
        ("PySide6\\plugins\\tls\\qschannelbackend.dll", "C:\\somewhere\\qschannelbackend.dll", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", "C:\\somewhere\\qwindows.dll", True),
        ("PySide6\\opengl32sw.dll", "C:\\somewhere\\opengl32sw.dll", False),
        ("PySide6\\translations\\assistant_de.qm", "C:\\somewhere\\assistant_de.qm", False),
        ("numpy-2.0.dist-info/RECORD", "/somewhere/RECORD", False),
        ("numpy-2.0.dist-info/METADATA", "/somewhere/METADATA", True),
        ("revanim/resources/__pycache__/a.pyc", "/somewhere/a.pyc", False),
        ("PySide6/Qt/translations/qtbase_de.qm", "/somewhere/qtbase_de.qm", True),
        ("PySide6/Qt/translations/assistant_de.qm", "/somewhere/assistant_de.qm", False),
    ],
)
def test_only_what_is_ours_and_asked_for_travels(place: str, source: str, needed: bool) -> None:
    assert script("recipe").is_needed(place, source) is needed


def test_the_desktop_entry_opens_our_files_under_our_name() -> None:
    entry = RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(LINUX / "revanim.desktop", encoding="utf-8")
    facts = entry["Desktop Entry"]
    assert facts["MimeType"] == f"{MIMETYPE};"
    assert facts["Exec"] == "revanim %f"
    assert facts["Icon"] == facts["StartupWMClass"] == "revanim"


def test_the_desktop_entry_is_valid() -> None:
    needs("desktop-file-validate")
    assert subprocess.run(["desktop-file-validate", LINUX / "revanim.desktop"], check=False).returncode == 0


def test_the_installer_for_windows_compiles(tmp_path: Path) -> None:
    needs("makensis")
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle" / "revanim.exe").write_bytes(b"the program")
    Image.new("RGBA", (32, 32)).save(tmp_path / "revanim.ico")
    file = script("targets.windows").installer(tmp_path / "bundle", tmp_path, to=tmp_path)
    assert file.stat().st_size > 30_000
    assert file.read_bytes()[:2] == b"MZ"


def test_a_saved_scene_has_the_magic_that_the_desktop_looks_for() -> None:
    kind = ElementTree.parse(LINUX / "revanim.xml").getroot()[0]
    assert kind.get("type") == MIMETYPE
    assert kind.find(f"{MIME}glob").get("pattern") == "*.revanim"
    scene = resource("scenes", "ring.revanim").read_bytes()
    matches = list(kind.iter(f"{MIME}match"))
    assert len(matches) == 2
    for match in matches:
        value = match.get("value").encode().decode("unicode_escape").encode("latin-1")
        assert scene[int(match.get("offset")) :].startswith(value)


def test_software_centres_are_told_of_this_version_and_see_pictures_that_exist() -> None:
    component = ElementTree.fromstring(script("desktop").metainfo())
    assert component.findtext("launchable") == "revanim.desktop"
    assert component.findtext("provides/mediatype") == MIMETYPE
    assert component.find("releases/release").get("version") == version("revanim")
    pictures = [image.text.rpartition("/")[2] for image in component.iter("image")]
    assert pictures
    assert all(resource("screenshots", name).is_file() for name in pictures)
    assert "@" not in ElementTree.tostring(component, encoding="unicode")


def test_debian_reads_the_changelog_in_its_own_words(tmp_path: Path) -> None:
    needs("dpkg-parsechangelog")
    file = tmp_path / "changelog"
    file.write_text(script("targets.deb").changes(), encoding="utf-8")
    asked = ["dpkg-parsechangelog", "-l", file, "-S", "Version"]
    read = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert (read.stdout.strip(), read.stderr) == (version("revanim"), "")


def test_the_metainfo_is_valid(tmp_path: Path) -> None:
    needs("appstreamcli")
    file = tmp_path / f"{script('desktop').NAME}.metainfo.xml"
    file.write_text(script("desktop").metainfo(), encoding="utf-8")
    result = subprocess.run(["appstreamcli", "validate", "--no-net", file], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_all_say_the_same_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = next(line for line in changes.splitlines() if line.startswith("## ")).split()[1]
    assert script("workshop").version() == version("revanim") == newest


def test_macs_are_told_of_the_same_type() -> None:
    kind = script("recipe").DOCUMENTS["UTExportedTypeDeclarations"][0]["UTTypeTagSpecification"]
    assert kind == {"public.filename-extension": ["revanim"], "public.mime-type": [MIMETYPE]}


def test_windows_is_told_of_the_same_type() -> None:
    text = (ROOT / "packaging" / "windows" / "revanim.nsi").read_text(encoding="utf-8")
    assert f'"Content Type" "{MIMETYPE}"' in text


@pytest.mark.parametrize("name", ["screen", "weather", "targets.deb", "targets.run", "fresh"])
def test_what_is_done_in_fresh_systems_can_be_read_by_a_shell(name: str) -> None:
    needs("bash")
    scripts = [value for value in vars(script(name)).values() if isinstance(value, str) and value.startswith("\n")]
    assert scripts
    for each in scripts:
        subprocess.run(["bash", "-n", "-c", each], check=True)


def test_the_manual_has_every_command() -> None:
    lines = list(script("manual").page())
    for name in all_verbs():
        assert any(line.startswith(f".SS revanim {name}") for line in lines), name


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """Return what the self-extracting file unpacks, with a program of two lines."""
    if sys.platform != "linux":
        pytest.skip("it installs on Linux")
    needs("xz")
    folder = tmp_path / "unpacked"
    for name in ("install.sh", "uninstall.sh"):
        folder.mkdir(exist_ok=True)
        shutil.copy(LINUX / name, folder)
    program = tmp_path / "revanim"
    program.write_text("#!/bin/sh\necho here\n", encoding="ascii")
    program.chmod(0o755)
    subprocess.run(["tar", "-C", tmp_path, "-cJf", folder / "program.tar.xz", "revanim"], check=True)
    (folder / "libraries").touch()
    (folder / "size").write_text("1\n", encoding="ascii")
    (folder / "share" / "applications").mkdir(parents=True)
    shutil.copy(LINUX / "revanim.desktop", folder / "share" / "applications")
    return folder


def install(unpacked: Path, prefix: Path) -> subprocess.CompletedProcess[str]:
    command = ["sh", unpacked / "install.sh", "--prefix", prefix]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["home", "a home"])
def test_the_installer_puts_a_program_where_a_shell_and_a_menu_find_it(
    unpacked: Path, tmp_path: Path, name: str
) -> None:
    prefix = tmp_path / name
    quote = '"' if " " in name else ""
    for _ in ("at first", "as an upgrade"):
        done = install(unpacked, prefix)
        assert done.returncode == 0, done.stderr
        assert subprocess.check_output([prefix / "bin" / "revanim"], text=True) == "here\n"
        entry = (prefix / "share" / "applications" / "revanim.desktop").read_text(encoding="utf-8")
        assert f"Exec={quote}{prefix}/bin/revanim{quote} %f" in entry
    subprocess.run([prefix / "lib" / "revanim" / "uninstall.sh"], check=True, stdout=subprocess.DEVNULL)
    assert not [path for path in prefix.rglob("*") if not path.is_dir()]


def test_an_installer_that_is_cut_off_says_so_and_leaves_the_old_program(unpacked: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "home"
    assert install(unpacked, prefix).returncode == 0
    archive = unpacked / "program.tar.xz"
    archive.write_bytes(archive.read_bytes()[:60])
    done = install(unpacked, prefix)
    assert done.returncode == 1
    assert "was not installed" in done.stderr
    assert subprocess.check_output([prefix / "bin" / "revanim"], text=True) == "here\n"
    assert not (prefix / "lib" / "revanim.new").exists()


def test_an_installer_that_finds_no_room_says_so_and_leaves_nothing(unpacked: Path, tmp_path: Path) -> None:
    (unpacked / "size").write_text(f"{10**15}\n", encoding="ascii")
    done = install(unpacked, tmp_path / "home")
    assert done.returncode == 1
    assert re.fullmatch(r"revanim was not installed: .*/home has room for \d+ MB, and it takes \d+ MB\.\n", done.stderr)
    assert not (tmp_path / "home").exists()
