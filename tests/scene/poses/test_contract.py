"""What every kind of pose promises: a new file is tested by what it declares, with a source of its own."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.scene.pose import MOST, PoseKind, kinds_reading, make_pose, pose_kinds

KINDS = list(pose_kinds().values())
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
reads_files = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.source == "file"], ids=lambda k: k.name)
GOLDEN = Path(__file__).parents[2] / "golden" / "poses.json"
are_laid = pytest.mark.parametrize(
    "kind",
    [kind for kind in KINDS if "size" in [parameter.name for parameter in kind.parameters]],
    ids=lambda k: k.name,
)


def test_the_menu_lists_every_source_there_is() -> None:
    assert list(pose_kinds()) == [
        "current",
        "disc",
        "drag",
        "grid",
        "image",
        "mesh",
        "points",
        "ring",
        "svg",
        "text",
        "usd",
    ]


@every_kind
@pytest.mark.parametrize("count", [1, 7, 300])
def test_exactly_as_many_points_as_asked_for(kind: PoseKind, count: int, sources: Any) -> None:
    pose = make_pose(kind.name, count, source=sources[kind.name](count))
    assert pose.position.shape == (count, 3)
    assert pose.position.dtype == np.float64
    assert np.isfinite(pose.position).all()
    assert pose.color is None or (pose.color.shape == (count, 3) and pose.color.dtype == np.uint8)
    assert pose.source


@every_kind
def test_a_pose_cannot_be_changed_and_its_source_is_left_alone(kind: PoseKind, sources: Any) -> None:
    source = sources[kind.name](20)
    before = np.array(source) if isinstance(source, np.ndarray) else source
    pose = make_pose(kind.name, 20, source=source)
    assert not pose.position.flags.writeable
    assert pose.position.flags.c_contiguous
    assert np.array_equal(source, before)
    assert not np.shares_memory(pose.position, np.asarray(source) if isinstance(source, np.ndarray) else np.zeros(1))


@every_kind
def test_the_same_source_gives_the_same_bits(kind: PoseKind, sources: Any) -> None:
    one, other = (make_pose(kind.name, 123, source=sources[kind.name](123)) for _ in range(2))
    assert one.position.tobytes() == other.position.tobytes()
    assert np.array_equal(one.color, other.color)


@are_laid
def test_points_stay_in_the_box_and_are_centred_in_it(kind: PoseKind, sources: Any) -> None:
    place = np.array([10.0, -20.0, 5.0])
    pose = make_pose(kind.name, 300, source=sources[kind.name](300), size=3.0, place=place)
    low, high = pose.position.min(axis=0) - place, pose.position.max(axis=0) - place
    assert np.abs([low, high]).max() <= 1.5 + 1e-9
    assert low + high == pytest.approx(np.zeros(3), abs=0.25)
    assert (high - low).max() > 1.5


@pytest.mark.parametrize("kind", ["text", "svg", "image", "ring", "disc", "grid"])
def test_flat_poses_are_flat_to_the_last_bit(kind: str, sources: Any) -> None:
    assert not make_pose(kind, 50, source=sources[kind](50), rotation=(0, 0, 33)).position[:, 2].any()


@are_laid
def test_a_plane_and_a_rotation_move_the_points_and_choose_no_others(kind: PoseKind, sources: Any) -> None:
    source = sources[kind.name](60)
    plain, upright = (make_pose(kind.name, 60, source=source, plane=plane).position for plane in ("xy", "xz"))
    turned = make_pose(kind.name, 60, source=source, rotation=(90, 0, 0)).position
    assert upright[:, [0, 2]].tolist() == plain[:, :2].tolist()
    assert turned == pytest.approx(upright, abs=1e-12)


@every_kind
@pytest.mark.parametrize("count", [0, -1, 2.5, None, "9"])
def test_an_impossible_count_is_refused(kind: PoseKind, count: Any, sources: Any) -> None:
    with pytest.raises(ra.RevanimError, match="points cannot be"):
        make_pose(kind.name, count, source=sources[kind.name](5))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.source != "positions"], ids=lambda kind: kind.name)
def test_more_points_than_anybody_waits_for_are_refused(kind: PoseKind, sources: Any) -> None:
    with pytest.raises(ra.RevanimError, match="1 to 200000"):
        make_pose(kind.name, MOST + 1, source=sources[kind.name](5))


def test_positions_that_are_there_may_be_any_number() -> None:
    assert make_pose("current", MOST + 1, source=np.zeros((MOST + 1, 3))).position.shape == (MOST + 1, 3)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.source != "nothing"], ids=lambda kind: kind.name)
@pytest.mark.parametrize("source", [None, 7, b"abc", {"a": 1}, [[1.0, 2.0]], "", "no/such/\N{SNOWMAN}", "\0"])
def test_what_is_no_source_is_refused_in_one_sentence(kind: PoseKind, source: Any) -> None:
    with pytest.raises(ra.RevanimError) as refused:
        make_pose(kind.name, 5, source=source)
    assert "\n" not in str(refused.value)
    assert str(refused.value).endswith(".")


@reads_files
def test_a_folder_an_empty_file_and_random_bytes_are_refused(kind: PoseKind, tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError, match="not a file"):
        make_pose(kind.name, 5, source=tmp_path)
    for suffix in kind.suffixes:
        path = tmp_path / f"it{suffix}"
        for content in (b"", bytes(range(256)) * 40):
            path.write_bytes(content)
            with pytest.raises(ra.RevanimError, match=rf"it\{suffix}"):
                make_pose(kind.name, 5, source=path)


@reads_files
def test_a_file_that_is_too_large_is_refused_without_being_read(kind: PoseKind, tmp_path: Path) -> None:
    path = tmp_path / f"large{kind.suffixes[0]}"
    with path.open("wb") as file:
        file.truncate(600 << 20)  # a hole, that takes no room
    with pytest.raises(ra.RevanimError, match="629 MB"):
        make_pose(kind.name, 5, source=path)


@reads_files
def test_a_kind_is_found_by_the_file(kind: PoseKind) -> None:
    for suffix in kind.suffixes:
        assert kind in kinds_reading(f"a/b{suffix.upper()}")


def test_no_kind_reads_any_file() -> None:
    assert kinds_reading("a/b.docx") == []


@every_kind
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"size": -1.0}, "must lie between"),
        ({"size": float("nan")}, "must lie between"),
        ({"plane": "zz"}, "must be one of xy, xz, yz"),
        ({"place": (1.0, 2.0)}, "shape"),
        ({"place": ra.Curve(1, 1, np.zeros((2, 3)))}, "one value"),
        ({"colour": 1.0}, "no parameter 'colour'"),
    ],
)
def test_values_that_do_not_fit_are_refused(kind: PoseKind, values: Any, sentence: str, sources: Any) -> None:
    known = {parameter.name for parameter in kind.parameters}
    with pytest.raises(ra.RevanimError, match=sentence if set(values) <= known else "no parameter"):
        make_pose(kind.name, 5, source=sources[kind.name](5), **values)


class StopError(Exception):
    """What somebody raises who does not want to wait."""


@every_kind
def test_long_work_says_how_far_it_is_and_can_be_ended(kind: PoseKind, sources: Any) -> None:
    parts: list[float] = []
    count = 149  # one less than the file of points has
    make_pose(kind.name, count, source=sources[kind.name](count), passed=parts.append)
    assert parts == sorted(parts)
    assert kind.source == "positions" or parts[-1] == pytest.approx(1.0)

    def stop(part: float) -> None:
        raise StopError

    if parts:
        with pytest.raises(StopError):
            make_pose(kind.name, count, source=sources[kind.name](count), passed=stop)


def test_an_unknown_kind_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(ra.RevanimError, match="text"):
        make_pose("video", 5, source="a")


@pytest.mark.parametrize("kind", ["text", "svg", "image"])
def test_every_machine_finds_the_same_points(kind: str, sources: Any) -> None:
    expected = json.loads(GOLDEN.read_text())[kind]
    assert make_pose(kind, len(expected), source=sources[kind](0)).position[:, :2] == pytest.approx(np.array(expected))
