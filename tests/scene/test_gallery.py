import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.draw.camera import project
from revanim.engine.parameter import Floats
from revanim.resources import resource
from revanim.scene.gallery import count_of, is_stored, sketch
from revanim.scene.poses.text import text_points
from revanim.solve.settling import settle

WIDTH, HEIGHT = 320, 180
YEAR_LATER = Path(__file__).parents[1] / "golden" / "solar_system_j2001.csv"

every_scene = pytest.mark.parametrize("name", ra.examples())


@dataclass(frozen=True)
class Walk:
    """A walk over the range of a scene and half a second on, and back: what was seen in every fourth frame."""

    places: dict[int, Floats]  # float64[n, 3] each
    energy: list[float]
    kinetic: list[float]
    digests: tuple[str, str, str]  # at the first frame, at the last one, and at the first again


EVERY, HALF_A_SECOND = 4, 12  # frames


@cache
def walk(name: str) -> Walk:
    """Return what all tests of a scene look at; it is walked once."""
    scene = sketch(name)
    playhead, first = ra.Playhead(scene), scene.timing.first
    places, energy, kinetic = {}, [], []
    for frame in range(first, scene.timing.last + HALF_A_SECOND + 1, EVERY):
        places[frame] = positions_at(playhead, frame)
        moving, stored = playhead.inner.energies()
        energy.append(moving + stored)
        kinetic.append(abs(moving))  # that of a fluid may be below 0
        if frame == first:
            here = playhead.digest()
    there = playhead.digest()
    playhead.seek(first)
    return Walk(places, energy, kinetic, (here, there, playhead.digest()))


def film(name: str) -> dict[int, Floats]:
    """Return the places of the bodies, float64[n, 3], in every fourth frame of the range."""
    return {frame: place for frame, place in walk(name).places.items() if frame <= sketch(name).timing.last}


def positions_at(playhead: ra.Playhead, frame: int) -> Floats:
    playhead.seek(frame)
    return playhead.position


def on_picture(scene: ra.Scene, position: Floats) -> Floats:
    """Return where bodies fall on a picture, float64[n, 2], from -1 to 1 along each side."""
    seen = project(scene.look.view, WIDTH, HEIGHT, position)
    return np.stack([2 * seen.x / WIDTH - 1, 1 - 2 * seen.y / HEIGHT], axis=1)


def lengths(position: Floats, links: np.ndarray) -> Floats:
    return np.linalg.norm(position[links[:, 1]] - position[links[:, 0]], axis=1)


def test_the_gallery_has_its_scenes() -> None:
    assert ra.examples() == [
        "bouncing-balls", "cloth", "crystal", "cups", "dipoles", "emblem", "fan", "figure-eight", "fireworks", "flag",
        "galaxy-collision", "jet", "leaves", "magnetic-bottle", "many-shapes", "marbles", "melting-crystal",
        "murmuration", "pendulum", "pendulum-pose", "pendulum-two-poses", "pyramid", "ribbon", "ring",
        "ring-to-square", "slingshot", "smoke-letter", "smoke-rings", "snowflake", "solar-system", "spiral", "splash",
        "spring", "stir", "two-galaxies", "two-words", "unroll", "word", "word-from-cloud",
    ]  # fmt: skip


def test_the_gallery_is_small_enough_to_download_at_once() -> None:
    assert sum(file.stat().st_size for file in resource("scenes").iterdir()) < 2_900_000


@pytest.mark.parametrize("name", [name for name in ra.examples() if not is_stored(name)])
def test_how_many_bodies_are_made_is_known_before(name: str) -> None:
    assert count_of(name) == ra.example(name).bodies.count


@pytest.mark.parametrize("name", [name for name in ra.examples() if not is_stored(name)])
def test_what_is_made_when_it_is_opened_is_the_sketch_with_many_more_bodies(name: str) -> None:
    whole, few = ra.example(name), sketch(name)
    assert whole.bodies.count >= 5000 > 1000 > few.bodies.count
    assert (whole.name, whole.note, whole.timing.last) == (few.name, few.note, few.timing.last)
    assert [part.kind for part in (*whole.forces, *whole.moves)] == [part.kind for part in (*few.forces, *few.moves)]


@every_scene
def test_a_scene_introduces_itself_in_one_short_sentence(name: str) -> None:
    scene = sketch(name)
    assert scene.name.lower().replace(" ", "-") == name
    assert scene.note.endswith(".")
    assert scene.note.count(".") == 1
    assert len(scene.note) < 100


@every_scene
def test_a_scene_plays_some_seconds_at_24_frames_and_a_posed_one_until_after_its_pose(name: str) -> None:
    scene = sketch(name)
    timing, last_pose = scene.timing, max((key.frame for key in scene.keyframes), default=0)
    assert (timing.fps, timing.first) == (24, 1)
    assert timing.last == 240 if not scene.keyframes else last_pose < timing.last <= 240


@every_scene
def test_a_scene_returns_bit_for_bit(name: str) -> None:
    first, last, again = walk(name).digests
    assert first == again
    assert first != last


PUSHED = {"pendulum-two-poses", "two-words"}  # by the solver: pushes give and take energy

LEARNT = {"many-shapes", "unroll"}  # fields give and take energy, too

LOSING = {
    "bouncing-balls",
    "cups",
    "fireworks",
    "flag",
    "leaves",
    "marbles",
    "pyramid",
    "ribbon",
}  # to what they hit and the air
GAINING = {"emblem", "melting-crystal", "murmuration", "snowflake", "stir"}  # from a bath, gusts or a field

RESTING = {"cups", "leaves", "marbles", "pyramid"}  # all of them, after some seconds: that is what they show


@pytest.mark.parametrize("name", [name for name in ra.examples() if name not in PUSHED | LEARNT | LOSING | GAINING])
def test_a_scene_keeps_its_energy(name: str) -> None:
    assert np.ptp(walk(name).energy) < 2e-3 * max(walk(name).kinetic)


def test_balls_only_lose_energy_and_those_of_felt_come_to_rest() -> None:
    seen = walk("bouncing-balls")
    assert np.diff(seen.energy).max() < 1e-6 * seen.energy[0]
    assert seen.energy[-1] < 0.1 * seen.energy[0]
    felt = ra.example("bouncing-balls").moves[2].bodies
    places = list(film("bouncing-balls").values())
    np.testing.assert_array_equal(places[-1][felt], places[-2][felt])


def test_marbles_only_lose_energy_and_come_to_rest_in_their_bowl() -> None:
    seen = walk("marbles")
    assert np.diff(seen.energy).max() < 1e-3 * seen.energy[0]
    assert seen.kinetic[-1] < 1e-5 * max(seen.kinetic)
    places, bowl = list(film("marbles").values()), (0, 0, 1.575)
    inside = np.linalg.norm(places[-1] - bowl, axis=1) < 1.5
    assert inside.mean() > 0.97
    assert np.abs(places[-1] - places[-2])[inside].max() < 2e-3


def test_the_ribbon_hangs_on_its_handle_and_stays_as_long_as_it_is() -> None:
    scene, places = ra.example("ribbon"), film("ribbon")
    (way,) = (part.values["place"] for part in scene.moves if part.kind == "handle")
    edge = np.flatnonzero(scene.bodies.pinned)
    assert np.ptp(way.values, axis=0).min() > 0.9
    for place in places.values():
        assert np.ptp(place[edge], axis=0) == pytest.approx([0, 0, 0.22], abs=1e-6)
        assert np.linalg.norm(place - place[edge].mean(axis=0), axis=1).max() < 5.0


def test_the_sparks_of_a_shell_fly_out_of_the_place_where_it_ends() -> None:
    scene, playhead = sketch("fireworks"), ra.Playhead(sketch("fireworks"))
    born, dies = scene.bodies.born, scene.bodies.dies
    shells = np.flatnonzero(scene.bodies.radius == scene.bodies.radius[0])  # they are the larger ones
    for shell in shells[(born[shells] >= scene.timing.first) & (dies[shells] < 60)]:  # not yet on their way at first
        sparks = np.setdiff1d(np.flatnonzero(born == dies[shell] + 1), shells)
        place = positions_at(playhead, int(dies[shell]) + 1)
        assert np.abs(place[sparks] - place[shell]).max() < 0.05


def test_leaves_hang_on_their_tree_before_a_gust_and_lie_on_the_ground_after_it() -> None:
    scene, places = ra.example("leaves"), film("leaves")
    playhead, home = ra.Playhead(scene), scene.bodies.position
    np.testing.assert_allclose(positions_at(playhead, -24), home, atol=0.05)
    floor = next(part for part in scene.moves if part.kind == "floor")
    assert home[:, 2].min() > 1
    assert max(place[:, 2].max() for place in places.values()) > home[:, 2].max()
    np.testing.assert_allclose(places[max(places)][:, 2], floor.values["radius"], atol=1e-3)


def test_each_ball_is_in_the_mouth_of_its_cup_at_the_key_and_lies_in_it_in_the_end() -> None:
    scene = ra.example("cups")
    (key,), objective = scene.keyframes, ra.Objective(scene)
    assert max(objective.misses(objective.start)) < 1e-6
    assert key.position is not None
    assert np.ptp(scene.bodies.position, axis=0)[:2].max() < 1e-6  # they begin as a tower
    cups = [part.values for part in scene.moves if part.kind == "bowl"]
    for place, cup in zip(positions_at(ra.Playhead(scene), scene.timing.last), cups, strict=True):
        away = place - cup["center"]
        assert np.linalg.norm(away) < cup["size"]
        assert away[2] < -0.5 * cup["size"]


def test_a_pyramid_stands_until_it_is_struck_and_then_lies_about() -> None:
    home, places = ra.example("pyramid").bodies.position[:-1], film("pyramid")
    assert np.abs(places[5][:-1] - home).max() < 0.1  # it settles
    last = places[max(places)][:-1]
    assert last[:, 2].max() < 0.5 * home[:, 2].max()
    assert np.ptp(last, axis=0)[:2].min() > 3 * np.ptp(home, axis=0)[0]
    np.testing.assert_allclose(last, places[max(places) - 4][:-1], atol=1e-6)


STREAMING = {"jet"}  # comes from far beyond the edge


@every_scene
def test_the_bodies_stay_in_the_picture(name: str) -> None:
    scene = sketch(name)
    for position in film(name).values():
        outside = (np.abs(on_picture(scene, position)) > 1).any(axis=1)
        assert outside.mean() < (0.6 if name in STREAMING else 0.03)


@every_scene
def test_the_subject_fills_the_picture_at_home(name: str) -> None:
    scene = sketch(name)
    share = np.ptp(on_picture(scene, scene.bodies.position), axis=0) / 2
    assert max(share) > 0.25  # a pendulum needs room to swing


@every_scene
def test_something_moves_within_half_a_second(name: str) -> None:
    scene, places = sketch(name), walk(name).places
    seen = [frame for frame in places if frame + HALF_A_SECOND in places]
    late = () if name in RESTING else (scene.timing.last // 2, scene.timing.last)
    for wanted in (scene.timing.first, scene.timing.home, *late):
        frame = min(seen, key=lambda each: abs(each - wanted))
        here, there = (on_picture(scene, places[where]) for where in (frame, frame + HALF_A_SECOND))
        pixels = np.abs(there - here).max(axis=0) * (WIDTH / 2, HEIGHT / 2)
        assert max(pixels) > 1


@pytest.mark.parametrize("name", sorted(PUSHED))
def test_a_sequence_is_hit_as_it_is_stored(name: str) -> None:
    objective = ra.Objective(sketch(name))
    settle(objective, objective.start)
    assert len(objective.groups) == 2
    assert max(objective.misses(objective.start)) < 1e-6 * objective.size


@pytest.mark.parametrize("name", sorted(LEARNT))
def test_what_a_field_has_learnt_is_stored(name: str) -> None:
    objective = ra.Objective(ra.example(name), ["field.weights"])
    settle(objective, objective.start)
    assert max(objective.misses(objective.start)) < 0.03 * objective.size


def test_the_spirals_are_unrolled_anew_by_a_smaller_field() -> None:
    scene = ra.example("unroll")
    few = ra.edits.only(scene, range(0, scene.bodies.count, 6))
    fresh = ra.edits.set_values(few, "forces", 0, units=8, seed=2)
    first, *_, last = ra.solve(fresh, ["field.weights"], iterations=25)
    assert fresh.forces[0].values["weights"] is None
    assert last.miss < 0.25 * first.miss


@pytest.mark.parametrize("name", ["fan", "pendulum"])
def test_rods_keep_their_length(name: str) -> None:
    scene = sketch(name)
    rods = next(part for part in scene.forces if part.kind == "rod")
    for position in film(name).values():
        assert lengths(position, rods.links) == pytest.approx(float(rods.values["length"]), rel=0.01)


@pytest.mark.parametrize("name", ["cloth", "flag"])
def test_the_threads_of_a_cloth_hold(name: str) -> None:
    threads = next(part for part in sketch(name).forces if part.kind == "spring")
    held = [lengths(position, threads.links) / threads.values["length"] for position in film(name).values()]
    assert np.mean(held) == pytest.approx(1, rel=0.05)
    assert np.percentile(held, 99.9) < 1.4
    assert np.max(held) < 2  # at a nail, for a moment


def test_the_charges_in_a_bottle_stay_between_its_rings() -> None:
    bodies = ra.example("magnetic-bottle").bodies
    end = np.abs(bodies.position[bodies.pinned, 0]).min()
    for position in film("magnetic-bottle").values():
        along, *across = position[~bodies.pinned].T
        assert np.abs(along).max() < end
        assert np.hypot(*across).max() < 0.8


def test_a_snowflake_has_six_arms_at_home_and_is_a_drop_in_the_end() -> None:
    scene, places = ra.example("snowflake"), list(film("snowflake").values())
    around = np.array([[0.5, -np.sqrt(0.75), 0.0], [np.sqrt(0.75), 0.5, 0.0], [0.0, 0.0, 1.0]])
    place = scene.bodies.position
    gaps = np.linalg.norm((place @ around)[:, None] - place[None], axis=2).min(axis=1)
    assert gaps.max() < 1e-9
    reach = [float(np.linalg.norm(each, axis=1).mean()) for each in (places[0], places[-1])]
    assert reach[1] < 0.8 * reach[0]


def test_the_spring_turns_a_circle_at_home() -> None:
    bodies = ra.example("spring").bodies.position[1:]
    centre = bodies.mean(axis=0)
    assert np.linalg.norm(centre) == pytest.approx(0.5)
    assert np.linalg.norm(bodies - centre, axis=1) == pytest.approx(0.5)


def test_each_body_of_the_spring_keeps_to_a_straight_line() -> None:
    line = film("spring")[1][1:]
    for position in film("spring").values():
        assert np.cross(line, position[1:]) == pytest.approx(0, abs=1e-9)


def test_the_ring_falls_into_a_point_and_comes_back() -> None:
    size = [np.linalg.norm(position, axis=1).max() for position in film("ring").values()]
    assert size[0] > 1
    assert min(size) < 0.2
    assert 0.9 < size[-1] < 1.1


def test_the_figure_eight_closes_after_each_round() -> None:
    playhead = ra.Playhead(ra.example("figure-eight"))
    start = positions_at(playhead, 1)
    for frame in (121, 241):
        assert positions_at(playhead, frame) == pytest.approx(start, abs=1e-4)
    assert positions_at(playhead, 41) == pytest.approx(start[[2, 0, 1]], abs=1e-4)  # a third of a round later


def test_the_solar_system_stands_a_year_later_where_the_ephemeris_says() -> None:
    lines = YEAR_LATER.read_text(encoding="utf-8").splitlines()
    planets = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    expected = np.array([[float(planet[axis]) for axis in "xyz"] for planet in planets])
    position = positions_at(ra.Playhead(ra.example("solar-system")), 121)
    assert np.linalg.norm(position[: len(planets)] - expected, axis=1).max() < 2e-6


def test_the_word_stands_at_frame_120_exactly_and_only_there() -> None:
    scene = ra.example("word")
    playhead = ra.Playhead(scene)
    letters = text_points("REVANIM", scene.bodies.count)
    written = playhead.digest()
    for frame in (1, 240, 120):
        position = positions_at(playhead, frame)
        blur = np.abs(position[:, [0, 2]] - letters).max()
        assert blur < scene.bodies.grid.length_unit if frame == 120 else blur > 1
    assert playhead.digest() == written


def test_the_fan_is_one_pendulum_first_and_open_at_home() -> None:
    count = (ra.example("fan").bodies.count - 1) // 2
    ends = {frame: position[-count:] for frame, position in film("fan").items()}
    assert np.ptp(ends[1], axis=0).max() < 0.01
    assert np.ptp(ends[185], axis=0).min(initial=9, where=[True, True, False]) > 2


def test_the_crystal_melts_and_the_galaxies_meet() -> None:
    far = {name: np.linalg.norm(film(name)[237] - film(name)[1], axis=1) for name in ("crystal", "galaxy-collision")}
    atoms = film("crystal")[1]
    slab = (ra.example("crystal").bodies.velocity == 0).all(axis=1) & (atoms[:, 1] > 0)
    assert np.median(far["crystal"][slab]) > 1  # most atoms have left their place in the lattice
    cores = [np.linalg.norm(position[1200] - position[0]) for position in film("galaxy-collision").values()]
    assert min(cores) < 0.8
    assert cores[0] > 2


def test_the_solved_word_stands_at_its_frame() -> None:
    *_, last = ra.solve(ra.example("word-from-cloud"), iterations=1)
    assert last.miss < 1e-6 * last.objective.size


@pytest.mark.parametrize("name", ["pendulum-pose", "ring-to-square", "slingshot"])
def test_a_posed_scene_comes_much_closer_in_a_few_iterations(name: str) -> None:
    first, *_, last = ra.solve(sketch(name), iterations=6)
    assert last.miss < 0.2 * first.miss
