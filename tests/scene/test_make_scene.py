"""A scene is made from plain arrays, keeps what it is given, and refuses with one plain sentence what it cannot be."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.scene.scene import Part

EYE, REST, ONE = np.eye(3), np.zeros((3, 3)), np.ones(3)
NAN, INF = np.nan, np.inf


def make(position: Any = EYE, velocity: Any = REST, mass: Any = ONE, **given: Any) -> ra.Scene:
    return ra.make_scene(position, velocity, mass, **given)


def test_a_scene_keeps_what_it_is_made_of() -> None:
    scene = make(
        [[1, 2, 3], [4, 5, 6]], [[0, 0, 1], [9, 9, 9]], [2.0, 3.0], forces=(ra.force("gravity", strength=2.0),),
        pinned=[False, True], fps=12, steps_per_frame=3, frames=(5, 50), home=10, scheme="srkn11b", name="two",
        radius=[0.1, 0.2], color=[(1, 2, 3), (255, 0, 7)], note="Two.",
    )  # fmt: skip
    assert scene.bodies.count == 2
    assert scene.bodies.position.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert scene.bodies.velocity.tolist() == [[0, 0, 1], [0, 0, 0]]  # pinned bodies never move
    assert scene.bodies.mass.tolist() == [2, 3]
    assert scene.bodies.pinned.tolist() == [False, True]
    assert scene.bodies.radius.tolist() == [0.1, 0.2]
    assert scene.bodies.color.tolist() == [[1, 2, 3], [255, 0, 7]]
    assert scene.timing == ra.Timing(12.0, 3, 5, 50, 10)
    assert (scene.scheme, scene.name, scene.note) == ("srkn11b", "two", "Two.")
    assert scene.forces[0].values["strength"] == 2.0


def test_one_value_serves_all_bodies() -> None:
    scene = make(mass=4.0, radius=0.5, color=(9, 8, 7))
    assert scene.bodies.mass.tolist() == [4, 4, 4]
    assert scene.bodies.radius.tolist() == [0.5] * 3
    assert scene.bodies.color.tolist() == [[9, 8, 7]] * 3


def test_the_arrays_of_a_scene_cannot_be_written_and_are_not_those_given() -> None:
    mass = ONE.copy()
    scene = make(mass=mass, forces=[ra.force("coulomb", charge=mass)])
    mass[:] = 7
    assert scene.bodies.mass.tolist() == scene.forces[0].values["charge"].tolist() == [1, 1, 1]
    for name in ("state", "mass", "pinned", "radius", "color"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(scene.bodies, name)[:] = 0


def test_numbers_of_numpy_are_numbers() -> None:
    scene = make(
        fps=np.float32(25), steps_per_frame=np.int64(3), frames=np.array([2, 9]), home=np.int32(4), planar=np.False_,
        look=ra.Look(exposure=np.float64(2), trail=np.int64(3), view=ra.View(target=np.array([1, 2, 3]))),
    )  # fmt: skip
    assert scene.timing == ra.Timing(25.0, 3, 2, 9, 4)
    assert scene.look.view.target == (1.0, 2.0, 3.0)


def test_links_without_a_length_get_the_one_they_are_drawn_with() -> None:
    scene = make(forces=[ra.force("spring", links=[[0, 1]]), ra.force("rod", links=[[0, 2]], length=5.0)])
    assert scene.forces[0].values["length"] == pytest.approx([np.sqrt(2)])
    assert scene.forces[1].values["length"] == 5.0


def test_there_may_be_no_bodies() -> None:
    scene = make([], [], 1.0, forces=[ra.force("gravity"), ra.force("spring", links=[])])
    assert scene.bodies.count == 0
    assert scene.bodies.position.shape == (0, 3)


BAD_BODIES: dict[str, tuple[dict[str, Any], str]] = {
    "positions of words": ({"position": "abc"}, "The positions must be numbers"),
    "positions of digits in words": ({"position": [["1", "2", "3"]] * 3}, "The positions must be numbers"),
    "no positions": ({"position": None}, "The positions must be numbers"),
    "positions in a plane": ({"position": np.zeros((3, 2))}, "must be rows of x, y, z"),
    "one position": ({"position": np.zeros(3)}, "must be rows of x, y, z"),
    "rows of different lengths": ({"position": [[1, 2, 3], [1, 2]]}, "all rows of the same length"),
    "complex positions": ({"position": EYE * 1j}, "The positions must be numbers"),
    "positions of objects": ({"position": [[object()] * 3] * 3}, "The positions must be numbers"),
    "a position that is not a number": ({"position": np.diag([1, NAN, 1])}, "Body 1 has a position"),
    "an infinite position": ({"position": np.diag([1, 1, INF])}, "Body 2 has a position"),
    "an immense position": ({"position": EYE * 1e250}, "Body 0 has a position"),
    "too few velocities": ({"velocity": np.zeros((2, 3))}, "There are 3 positions and 2 velocities"),
    "a velocity that is not a number": ({"velocity": REST + NAN}, "Body 0 has a position or velocity"),
    "a velocity beyond the grid": ({"velocity": REST + 1e9}, "The speeds must stay below 65536 along each axis"),
    "a negative mass": ({"mass": [1, -1, 1]}, "The mass of body 1 must be a finite number from 0 up"),
    "a mass that is not a number": ({"mass": NAN}, "The mass of body 0 must be"),
    "an infinite mass": ({"mass": [1, 1, INF]}, "The mass of body 2 must be"),
    "a mass in words": ({"mass": "heavy"}, "The masses must be numbers"),
    "a mass in digits": ({"mass": "1.5"}, "The masses must be numbers"),
    "too few masses": ({"mass": [1, 2]}, r"allowed is \(3,\), or one value for all"),
    "a table of masses": ({"mass": np.ones((3, 3))}, r"allowed is \(3,\), or one value for all"),
    "bodies where pins should be": ({"pinned": [0, 2, 1]}, "The pins must be True or False"),
    "too few pins": ({"pinned": [True, False]}, r"allowed is \(3,\), or one value for all"),
    "pins in words": ({"pinned": "yes"}, "The pins must be numbers"),
    "a negative radius": ({"radius": -1}, "The radius of body 0 must be"),
    "a colour of two parts": ({"color": (1, 2)}, r"allowed is \(3, 3\), or one value for all"),
    "a colour that is not a number": ({"color": (NAN, 0, 0)}, "The colors must be numbers from 0 to 255"),
    "a colour too bright": ({"color": (0, 256, 0)}, "The colors must be numbers from 0 to 255"),
    "a colour in words": ({"color": "#ff0000"}, "The colors must be numbers"),
    "a height in a plane": ({"planar": True}, "A body of a planar scene has a height"),
}

BAD_TIMING: dict[str, tuple[dict[str, Any], str]] = {
    "no frames per second": ({"fps": 0}, "0 frames per second cannot be; allowed are 0.01 to 10000"),
    "negative frames per second": ({"fps": -24}, "-24 frames per second cannot be"),
    "frames per second that are not a number": ({"fps": NAN}, "fps must be a finite number"),
    "infinite frames per second": ({"fps": INF}, "fps must be a finite number"),
    "immense frames per second": ({"fps": 10**400}, "fps must be a finite number"),
    "frames per second in digits": ({"fps": "24"}, "fps must be a finite number"),
    "frames per second of nothing": ({"fps": None}, "fps must be a finite number"),
    "no steps": ({"steps_per_frame": 0}, "0 steps per frame cannot be; allowed are 1 to 100000"),
    "too many steps": ({"steps_per_frame": 100_001}, "100001 steps per frame cannot be"),
    "half a step": ({"steps_per_frame": 1.5}, "steps_per_frame must be a whole number"),
    "steps in digits": ({"steps_per_frame": "8"}, "steps_per_frame must be a whole number"),
    "an immense number of steps": ({"steps_per_frame": 10**5000}, "steps_per_frame must be a whole number"),
    "frames in the wrong order": ({"frames": (5, 1)}, "The range ends at frame 1, before it starts at 5"),
    "one frame": ({"frames": (5,)}, "The first and the last frame must be 2 values"),
    "a number of frames": ({"frames": 240}, "The first and the last frame must be 2 values"),
    "three frames": ({"frames": (1, 2, 3)}, "The first and the last frame must be 2 values"),
    "half a frame": ({"frames": (1, 9.5)}, "The first and the last frame must be a whole number"),
    "frames in words": ({"frames": "ab"}, "The first and the last frame must be a whole number"),
    "a frame too far": ({"frames": (1, 10**9)}, "Frames may lie between -10000000 and 10000000"),
    "a home too far": ({"home": -(10**12)}, "Frames may lie between"),
    "a home in words": ({"home": "here"}, "home must be a whole number"),
    "a home between frames": ({"home": 1.5}, "home must be a whole number"),
}

BAD_REST: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown scheme": ({"scheme": "rk4"}, "There is no scheme called 'rk4'; there are .*verlet"),
    "a scheme of nothing": ({"scheme": None}, "There is no scheme called None"),
    "a list of schemes": ({"scheme": ["verlet"]}, r"There is no scheme called \['verlet'\]"),
    "planar in words": ({"planar": "no"}, "planar must be True or False"),
    "a number as a name": ({"name": 5}, "The name of the scene must be text"),
    "a name that no file can hold": ({"name": "\ud800"}, "The name of the scene must be text"),
    "a number as a note": ({"note": 5}, "The note of the scene must be text"),
    "a style as a look": ({"look": "glow"}, "The look must be a Look"),
    "an unknown style": (
        {"look": ra.Look(style="oil")},
        "There is no style called 'oil'; there are disc, clay, ",
    ),
    "an unknown way to play": ({"look": ra.Look(play="twice")}, "There is no way to play called 'twice'"),
    "a negative trail": ({"look": ra.Look(trail=-1)}, "A trail of -1 frames cannot be"),
    "half a trail": ({"look": ra.Look(trail=1.5)}, "trail must be a whole number"),  # type: ignore[arg-type]
    "an unknown background": ({"look": ra.Look(background="sky")}, "There is no background called 'sky'; there are"),
    "an unknown attribute": ({"look": ra.Look(color_by="taste")}, "There is no attribute to colour by called 'taste'"),
    "too many skins": ({"look": ra.Look(skins=21)}, "21 onion skins cannot be; allowed are 0 to 20"),
    "no spacing": ({"look": ra.Look(spacing=0)}, "A spacing of 0 frames cannot be; allowed are 1 to 1000"),
    "a way ahead back": ({"look": ra.Look(ahead=-1)}, "A way ahead of -1 frames cannot be"),
    "a picture of nothing": ({"look": ra.Look(picture=(0, 10))}, "A picture may be 1 to 16384 pixels"),
    "a colour out of range": ({"look": ra.Look(plain=(0, 0, 256))}, "red, green and blue from 0 to 255"),
    "a camera that is none": ({"look": ra.Look(camera=3)}, "The camera must be a View"),  # type: ignore[arg-type]
    "no lens": ({"look": ra.Look(camera=ra.View(lens=0.0))}, "The lens may magnify 0.01 to 100 times"),
    "bodies of no size": ({"look": ra.Look(size=0.0)}, "the size of the bodies from 0.01 to 100"),
    "no light": ({"look": ra.Look(exposure=0.0)}, "The exposure must be above 0"),
    "a view from nowhere": ({"look": ra.Look(view=ra.View(yaw=NAN))}, "yaw must be a finite number"),
    "a view from inside": ({"look": ra.Look(view=ra.View(distance=0.0))}, "The camera may be"),
    "a view at two numbers": ({"look": ra.Look(view=ra.View(target=(1, 2)))}, "target must be 3 values"),  # type: ignore[arg-type]
    "no list of forces": ({"forces": None}, "The forces must be a list"),
    "the name of a force": ({"forces": "gravity"}, "The forces must be a list"),
    "a list of names": ({"forces": ["gravity"]}, "The forces must be a list"),
    "a force alone": ({"forces": ra.force("gravity")}, "The forces must be a list"),
    "a force among the moves": ({"moves": [ra.force("gravity")]}, "gravity stands among the wrong things"),
}


@pytest.mark.parametrize("name", BAD_BODIES | BAD_TIMING | BAD_REST)
def test_it_refuses(name: str) -> None:
    given, sentence = (BAD_BODIES | BAD_TIMING | BAD_REST)[name]
    refuse(lambda: make(**given), sentence)


BAD_FORCES: dict[str, tuple[Callable[[], Part], str]] = {
    "an unknown force": (lambda: ra.force("magic"), "There is no force called 'magic'; there are .*gravity"),
    "a list as a name": (lambda: ra.force(["gravity"]), "There is no force called"),  # type: ignore[arg-type]
    "an unknown parameter": (
        lambda: ra.force("gravity", strenght=1),
        "gravity has no parameter 'strenght'; it has strength, softening",
    ),
    "a value in words": (lambda: ra.force("gravity", strength="strong"), "gravity.strength must be numbers"),
    "a value in digits": (lambda: ra.force("gravity", strength="1"), "gravity.strength must be numbers"),
    "a value that is not a number": (
        lambda: ra.force("gravity", strength=NAN),
        r"gravity.strength must lie between -1e\+12 and 1e\+12",
    ),
    "a value too high": (lambda: ra.force("gravity", strength=1e13), "gravity.strength must lie between"),
    "a value too low": (lambda: ra.force("gravity", softening=-1), "gravity.softening must lie between 0 and"),
    "a number for a vector": (
        lambda: ra.force("uniform", acceleration=1),
        r"has the shape \(\); allowed is \(3,\)",
    ),
    "too few values": (lambda: ra.force("coulomb", charge=[1, 2]), r"allowed is a single number or \(3,\)"),
    "values where one is meant": (lambda: ra.force("gravity", strength=ONE), "allowed is a single number"),
    "an unknown choice": (lambda: ra.force("attractor", law="cubic"), "attractor.law must be one of"),
    "a choice between two": (lambda: ra.force("attractor", law=0.5), "must be one of inverse-square, harmonic"),
    "no links": (lambda: ra.force("spring"), "spring acts along links: give it links"),
    "links for gravity": (lambda: ra.force("gravity", links=[[0, 1]]), "gravity acts on bodies: give it no links"),
    "bodies for a spring": (lambda: ra.force("spring", links=[[0, 1]], bodies=[1]), "spring acts along links"),
    "a link to nowhere": (lambda: ra.force("spring", links=[[0, 7]]), "spring names body 7; there are bodies 0 to 2"),
    "a link from nowhere": (lambda: ra.force("spring", links=[[-1, 0]]), "spring names body -1"),
    "a link to itself": (lambda: ra.force("rod", links=[[0, 1], [1, 1]]), "rod links a body to itself"),
    "a row of bodies as links": (lambda: ra.force("spring", links=[0, 1]), "The links of spring must be pairs"),
    "links of three": (lambda: ra.force("spring", links=[[0, 1, 2]]), "The links of spring must be pairs"),
    "links in words": (lambda: ra.force("spring", links="ab"), "The links of spring must be numbers"),
    "half a body": (lambda: ra.force("spring", links=[[0, 0.5]]), "The links of spring must be whole numbers"),
    "a body that is not a number": (lambda: ra.force("gravity", bodies=[NAN]), "must be whole numbers"),
    "a body that is not there": (lambda: ra.force("gravity", bodies=[9]), "gravity names body 9"),
    "a body named twice": (lambda: ra.force("gravity", bodies=[1, 1]), "gravity names a body twice"),
    "pins where bodies should be": (lambda: ra.force("gravity", bodies=[True, False]), "must be numbers"),
    "too many stiffnesses": (lambda: ra.force("spring", links=[[0, 1]], stiffness=[1, 2]), r"or \(1,\)"),
    "a curve from a word": (lambda: nudge("a", 1, (2, 3)), "nudge.push must be a whole number"),
    "a curve from half a frame": (lambda: nudge(1.5, 1, (2, 3)), "nudge.push must be a whole number"),
    "a curve from far away": (lambda: nudge(10**9, 1, (2, 3)), "nudge.push must start between the frames"),
    "a curve from beyond the integers": (lambda: nudge(10**30, 1, (2, 3)), "nudge.push must be a whole number"),
    "a curve that does not move": (lambda: nudge(1, 0, (2, 3)), "must hold each row for 1 to 1000000 frames, not 0"),
    "a curve without rows": (lambda: nudge(1, 1, (0, 3)), "nudge.push has a curve without rows"),
    "a curve of a number": (lambda: nudge(1, 1, ()), "nudge.push has a curve without rows"),
    "a curve of short rows": (lambda: nudge(1, 1, (2, 2)), r"allowed is \(3,\) or \(3, 3\)"),
    "a curve of words": (lambda: ra.force("nudge", push=ra.Curve(1, 1, "abc")), "nudge.push must be numbers"),  # type: ignore[arg-type]
}


def nudge(first: Any, every: Any, shape: tuple[int, ...]) -> Part:
    return ra.force("nudge", push=ra.Curve(first, every, np.ones(shape)))


@pytest.mark.parametrize("name", BAD_FORCES)
def test_it_refuses_a_force_with(name: str) -> None:
    make_force, sentence = BAD_FORCES[name]
    refuse(lambda: make(forces=[make_force()]), sentence)


@pytest.mark.parametrize("kind", [kind.name for kind in ra.forces() if kind.divides_by_mass])
def test_a_force_that_divides_by_mass_refuses_a_body_that_has_none(kind: str) -> None:
    links = [[0, 1]] if next(k for k in ra.forces() if k.name == kind).linked else None
    refuse(
        lambda: make(mass=[1, 0, 1], forces=[ra.force(kind, links=links)]), f"{kind} acts on body 1, which has no mass"
    )
    bodies = None if links else [0, 2]
    make(mass=[1, 0, 1], forces=[ra.force(kind, links=links and [[0, 2]], bodies=bodies)])


def test_a_move_that_does_not_exist_is_refused() -> None:
    refuse(lambda: ra.move("teleport"), "There is no move called 'teleport'")


def refuse(act: Callable[[], Any], sentence: str) -> None:
    """See that something is refused with one plain sentence that contains this one."""
    with pytest.raises(ra.RevanimError) as refused:
        act()
    said = str(refused.value)
    assert re.search(sentence, said), said
    assert re.fullmatch(r"[A-Za-z0-9-].*[^.]\.", said)
    assert "\n" not in said
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
