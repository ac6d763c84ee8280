"""Tables, read back by the csv of the standard library."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np

import revanim as ra

Walked = Callable[[float], np.ndarray]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def column(rows: list[dict[str, str]], *names: str) -> np.ndarray:
    """Return the numbers under some titles: float64[rows], or float64[rows, names]."""
    return np.array([[float(row[name]) for name in names] for row in rows]).squeeze()


def test_a_table_has_every_bit(scene: ra.Scene, tmp_path: Path) -> None:
    ra.export(scene, tmp_path / "shot.csv", (3, 6), attributes="speed")
    rows, playhead = rows_of(tmp_path / "shot.csv"), ra.Playhead(scene)
    assert len(rows) == 4 * 5
    for frame in range(3, 7):
        playhead.seek(frame)
        now = [row for row in rows if row["frame"] == str(frame)]
        assert [row["body"] for row in now] == ["0", "1", "2", "3", "4"]
        assert {float(row["time"]) for row in now} == {frame / 24}
        assert np.array_equal(column(now, "x", "y", "z"), playhead.position)
        assert np.array_equal(column(now, "vx", "vy", "vz"), playhead.velocity)
        assert np.array_equal(column(now, "speed"), np.linalg.norm(playhead.velocity, axis=1))
        assert np.array_equal(column(now, "radius"), scene.bodies.radius)
        assert np.array_equal(column(now, "mass"), scene.bodies.mass)
        assert np.array_equal(column(now, "red", "green", "blue"), scene.bodies.color)


def test_a_body_without_a_number_has_an_empty_cell(scene: ra.Scene, tmp_path: Path) -> None:
    grouped = ra.edits.set_groups(scene, [ra.Group("some", np.array([1, 3]))])
    ra.export(grouped, tmp_path / "shot.csv", (3, 3), attributes="group")
    rows = rows_of(tmp_path / "shot.csv")
    assert [row["group"] for row in rows] == ["", "0.0", "", "0.0", ""]
    assert [row["mass"] for row in rows] == ["1.0", "2.0", "3.0", "4.0", "5.0"]


def test_slow_motion_passes_in_its_own_time(scene: ra.Scene, walked: Walked, tmp_path: Path) -> None:
    ra.export(scene, tmp_path / "shot.csv", (1, 2), speed=0.5)
    rows = rows_of(tmp_path / "shot.csv")
    assert [float(rows[index]["time"]) for index in (0, 5, 10)] == [1 / 24, 2 / 24, 3 / 24]
    assert np.array_equal(column(rows[5:10], "x", "y", "z"), walked(1.5))
    playhead = ra.Playhead(scene)
    playhead.seek(2)
    assert np.array_equal(column(rows[10:], "vx", "vy", "vz"), 0.5 * playhead.velocity)


def test_niagara_reads_what_it_asks_for(scene: ra.Scene, walked: Walked, tmp_path: Path) -> None:
    """As the plug-in does: y and z change places, and 100 units are a metre."""
    grouped = ra.edits.set_groups(scene, [ra.Group("a", np.array([1])), ra.Group("b", np.array([3]))])
    ra.export(grouped, tmp_path / "shot.hcsv", (5, 8), attributes="miss")
    rows = rows_of(tmp_path / "shot.hcsv")
    for title in ("P.x", "v.x", "Cd.r", "alpha", "id", "age", "life", "time", "type", "impulse"):
        assert title in rows[0]
    assert sum("time" in title for title in rows[0]) == 1  # it takes any title with these letters for the time
    assert not any("" in row.values() for row in rows)  # an empty cell would shift the others
    for index, frame in enumerate(range(5, 9)):
        now = rows[5 * index : 5 * index + 5]
        in_unreal = 100 * column(now, "P.x", "P.z", "P.y")
        mirrored = walked(frame) * [1, -1, 1]  # Unreal is left-handed
        assert np.array_equal(np.float32(in_unreal / 100), np.float32(mirrored))
        assert np.allclose(column(now, "time"), index / 24)
        assert np.array_equal(column(now, "age"), column(now, "time"))
        assert column(now, "id").tolist() == [0, 1, 2, 3, 4]
        assert column(now, "type").tolist() == [0, 1, 0, 2, 0]
        assert column(now, "miss").tolist() == [-1] * 5
    assert (column(rows, "life") > column(rows, "time")).all()


def test_niagara_counts_the_bodies_that_are_there(scene: ra.Scene, tmp_path: Path) -> None:
    hidden = ra.edits.set_groups(scene, [ra.Group("shy", np.array([1, 2]), hidden=True)])
    ra.export(hidden, tmp_path / "shot.hcsv", (5, 6))
    assert column(rows_of(tmp_path / "shot.hcsv"), "id").tolist() == [0, 1, 2] * 2


def test_a_body_has_no_row_before_it_is_born_and_after_it_has_ended(scene: ra.Scene, tmp_path: Path) -> None:
    lived = ra.edits.set_bodies(ra.edits.set_bodies(scene, [1], born=5), [3], dies=4)
    ra.export(lived, tmp_path / "shot.csv", (4, 6))
    rows, playhead = rows_of(tmp_path / "shot.csv"), ra.Playhead(lived)
    assert [row["body"] for row in rows] == [*"0234", *"0124", *"0124"]
    playhead.seek(6)
    assert np.array_equal(column(rows[-4:], "x", "y", "z"), playhead.position[[0, 1, 2, 4]])
    ra.export(lived, tmp_path / "shot.hcsv", (4, 5))
    alpha = [row["alpha"] for row in rows_of(tmp_path / "shot.hcsv")]
    assert alpha == [*"10111", *"11101"]
    ra.export(lived, tmp_path / "shot.npz", (4, 6))
    arrays = np.load(tmp_path / "shot.npz")
    assert arrays["born"][1] == 5
    assert arrays["dies"][3] == 4
