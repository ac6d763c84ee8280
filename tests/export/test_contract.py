"""What every exporter promises: a new file is tested by what it declares."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.export.exporter import PACE, Exporter, exporter_for, exporters, numbered

EXPORTERS = list(exporters().values())
every_exporter = pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)
SMALL = {"width": 64, "height": 36}
Left = Callable[[], list[str]]


def small(exporter: Exporter) -> dict[str, object]:
    """Return what makes the pictures of an exporter small."""
    known = {parameter.name for parameter in exporter.parameters}
    return {name: value for name, value in SMALL.items() if name in known}


def write(exporter: Exporter, scene: ra.Scene, path: Path, **given) -> Path:
    """Export, small where there are pictures, and return the path."""
    ra.export(scene, path, exporter=exporter.name, **{"frames": (3, 6), **small(exporter), **given})
    return path


def test_a_suffix_names_one_exporter() -> None:
    suffixes = [suffix for exporter in EXPORTERS for suffix in exporter.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in suffixes)


def test_options_of_one_name_are_one_thing() -> None:
    seen = {parameter.name: parameter for parameter in PACE}
    for exporter in EXPORTERS:
        for parameter in exporter.parameters:
            assert seen.setdefault(parameter.name, parameter) == parameter


@every_exporter
def test_it_says_what_it_is(exporter: Exporter) -> None:
    assert exporter.help.endswith(".")
    assert exporter.opens_in
    assert all(parameter.help.endswith(".") for parameter in exporter.parameters)


@every_exporter
def test_it_writes_what_its_suffixes_say_and_nothing_beside(
    exporter: Exporter, scene: ra.Scene, tmp_path: Path, left: Left
) -> None:
    for suffix in exporter.suffixes:
        path = write(exporter, scene, tmp_path / f"shot{suffix}")
        assert exporter_for(path) is exporter
        paths = [numbered(path, number) for number in range(3, 7)] if exporter.sequence else [path]
        assert set(left()) >= {one.name for one in paths}
        assert all(one.stat().st_size > 0 for one in paths)
    assert not [name for name in left() if name.startswith(".")]


@every_exporter
def test_the_same_frames_are_the_same_bytes(exporter: Exporter, scene: ra.Scene, tmp_path: Path) -> None:
    suffix = exporter.suffixes[0]
    paths = [write(exporter, scene, tmp_path / f"{name}{suffix}") for name in ("one", "two")]
    if exporter.sequence:
        paths = [numbered(path, 5) for path in paths]
    assert paths[0].read_bytes() == paths[1].read_bytes()


@every_exporter
def test_who_stops_it_finds_what_was_there_before(
    exporter: Exporter, scene: ra.Scene, tmp_path: Path, left: Left
) -> None:
    class Enough(Exception):  # noqa: N818 - it is no error
        pass

    def passed(part: float) -> None:
        if part > 0.4:
            raise Enough

    path = tmp_path / f"shot{exporter.suffixes[0]}"
    path.write_text("before")
    with pytest.raises(Enough):
        write(exporter, scene, path, passed=passed)
    assert path.read_text() == "before"
    assert not [name for name in left() if name.startswith(".")]


@every_exporter
def test_the_parts_that_are_told_grow_to_one(exporter: Exporter, scene: ra.Scene, tmp_path: Path) -> None:
    parts = list[float]()
    write(exporter, scene, tmp_path / f"shot{exporter.suffixes[0]}", passed=parts.append)
    assert parts == sorted(parts)
    assert parts[-1] == 1


@every_exporter
def test_a_folder_that_is_not_there_is_named(exporter: Exporter, scene: ra.Scene, tmp_path: Path, left: Left) -> None:
    with pytest.raises(ra.RevanimError, match=r"gone.* cannot be written: no such file or directory\."):
        write(exporter, scene, tmp_path / "gone" / f"shot{exporter.suffixes[0]}")
    assert left() == []


FULL = """
import json, resource, signal, sys
import revanim as ra
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
told = {}
for path, given in json.loads(sys.argv[1]).items():
    try:
        ra.export(ra.example("pendulum"), path, (1, 3), **given)
    except ra.RevanimError as error:
        told[path] = str(error)
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    """Export everything to a full disk, and return each folder and what was told."""
    paths = {each.name: tmp_path_factory.mktemp(each.name) / f"shot{each.suffixes[0]}" for each in EXPORTERS}
    asked = json.dumps({str(paths[each.name]): small(each) for each in EXPORTERS})
    run = subprocess.run([sys.executable, "-c", FULL, asked], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.count("\n") == 1
    told = json.loads(run.stdout)
    return {name: (path.parent, told[str(path)]) for name, path in paths.items()}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit to the size of files")
@every_exporter
def test_a_full_disk_is_one_sentence_and_leaves_nothing(exporter: Exporter, full: dict[str, tuple[Path, str]]) -> None:
    folder, told = full[exporter.name]
    assert told.endswith("too large.") or "cannot" in told
    assert "\n" not in told
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"frames": (6, 3)}, "The frames 6 to 3 are none; give the earlier one first."),
        ({"frames": (1, 10**9)}, "Frames may lie between"),
        ({"every": 0}, "every must lie between 1 and"),
        ({"speed": float("nan")}, "speed must lie between"),
        ({"order": "sideways"}, "order must be one of forward, reverse, ping-pong, loop"),
        ({"nonsense": 1}, "has no parameter 'nonsense'"),
        ({"exporter": "vhs"}, "There is no exporter called 'vhs'"),
    ],
)
def test_what_cannot_be_written_is_refused(scene: ra.Scene, tmp_path: Path, left: Left, given, sentence: str) -> None:
    with pytest.raises(ra.RevanimError, match=sentence):
        ra.export(scene, tmp_path / "shot.npz", **given)
    assert left() == []


def test_a_scene_without_bodies_is_refused(tmp_path: Path, left: Left) -> None:
    nobody = ra.make_scene(np.zeros((0, 3)), np.zeros((0, 3)), np.zeros(0))
    with pytest.raises(ra.RevanimError, match="no bodies"):
        ra.export(nobody, tmp_path / "shot.npz")
    assert left() == []


def test_an_unknown_suffix_is_refused_with_those_there_are(scene: ra.Scene, tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError, match=r"shot\.vhs has no format that can be written; those end in .*\.mp4"):
        ra.export(scene, tmp_path / "shot.vhs")


def test_a_motion_that_ends_is_one_sentence(tmp_path: Path, left: Left) -> None:
    push = ra.force("uniform", acceleration=(1e4, 0, 0))
    scene = ra.make_scene([[0.0, 0, 0]], [[0.0, 0, 0]], [1.0], forces=(push,))
    with pytest.raises(ra.RevanimError, match="the walk stops there"):
        ra.export(scene, tmp_path / "shot.npz", (1, 500))
    assert left() == []


def test_frames_are_numbered_as_tools_around_us_do() -> None:
    assert numbered(Path("a/shot.png"), 7) == Path("a/shot.0007.png")
    assert numbered(Path("a/shot.png"), -7) == Path("a/shot.-007.png")
    assert numbered(Path("a/shot_######.png"), 12345) == Path("a/shot_012345.png")


@pytest.mark.parametrize("name", ["take#2.####.png", "#.#.png", "##x##y#.png", "shot.png", "#", "a#9.png"])
def test_two_frames_never_share_a_name(name: str) -> None:
    numbers = range(-120, 1200)
    assert len({numbered(Path(name), number) for number in numbers}) == len(numbers)


def test_the_last_marks_are_the_place_of_the_number() -> None:
    assert numbered(Path("take#2.####.png"), 3) == Path("take#2.0003.png")
    assert numbered(Path("a##b###c.png"), 3) == Path("a##b003c.png")
