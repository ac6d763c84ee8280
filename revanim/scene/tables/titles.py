"""What columns and arrays hold, by their titles: x, `Points:0`, pos_y, `vx (km/s)`, mass_kg, `GM [km^3/s^2]`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from revanim.error import RevanimError
from revanim.scene.tables.units import read_unit
from revanim.sentence import visible

PLACE, SPEED, MASS, ATTRACTION, NAME, MOMENT = "place", "speed", "mass", "attraction", "name", "moment"
AXES = ("x", "y", "z")
OF_VECTORS = {
    PLACE: "p pt pts pos r xyz loc com position positions point points coord coords coordinate coordinates koordinate"
    " location locations place places vertices translation translate center centre",
    SPEED: "v vel velocity velocities speed dot geschwindigkeit",
}
OF_SINGLES = {
    MASS: "m mass masses masse",
    ATTRACTION: "gm g*m mu μ µ",
    NAME: "name names body object planet label designation target",
    MOMENT: "t time frame frames step timestep epoch jd jdtdb snapshot zeit",
}
VECTORS = {word: quantity for quantity, words in OF_VECTORS.items() for word in words.split()}
SINGLE = {word: quantity for quantity, words in OF_SINGLES.items() for word in words.split()}
TRANSLATIONS = {"tx": "x", "ty": "y", "tz": "z"}  # as animators write them
ON_MAPS = {
    "easting": 0,
    "northing": 1,
    "elevation": 2,
    "rechtswert": 0,
    "hochwert": 1,
    "höhe": 2,
    "altitude": 2,
    "height": 2,
}
NO_MATTER = "axis achse value wert component cartesian in of mass world"  # words beside an axis
BRACKETS = re.compile(r"(?P<name>.*?)\s*[\[({](?P<unit>[^\[\](){}]*)[\])}]")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
BETWEEN = re.compile(r"[\s._:-]+")
NUMBERED = re.compile(r"(?P<name>[^\W\d]+)(?P<number>\d{1,3})")
TAIL = re.compile(r"[_ /,]+")
LONGEST = 80  # letters of a title that is understood


@dataclass(frozen=True)
class Title:
    """What one column holds; nothing is known of it where `quantity` is empty.

    A column of a vector has an `axis`, or a `number` where the vector counts them. `group` is what the vector is
    called; a number beside an axis (x_0, y_0) tells several of them apart.
    """

    quantity: str = ""
    group: str = ""
    axis: int | None = None
    number: int | None = None
    unit: str = ""


def read_title(text: str) -> Title:
    """Return what a column with this title holds, and the unit that is written beside it."""
    text = visible(text).strip("\"' ")[:LONGEST]
    found = BRACKETS.fullmatch(text)
    name, unit = (found["name"].rstrip("/, "), found["unit"].strip()) if found else (text, "")
    if unit.lower() in (*AXES, "0", "1", "2"):  # P[x]
        return _meaning(f"{name}.{unit}")
    whole = _meaning(name)
    if whole.quantity or unit:
        return replace(whole, unit=unit)
    for cut in reversed(list(TAIL.finditer(name))):
        meant, unit = _meaning(name[: cut.start()]), name[cut.end() :]
        if meant.quantity and read_unit(unit):
            return replace(meant, unit=unit)
    return whole


def _meaning(name: str) -> Title:
    """Return what a name without unit means."""
    words = [word for word in BETWEEN.split(HUMP.sub(" ", name).lower()) if word]
    words = [part for word in words for part in _parts(word)]
    if len(words) == 1 and words[0] in SINGLE:
        return Title(SINGLE[words[0]])
    if len(words) == 1 and words[0] in ON_MAPS:
        return Title(PLACE, "map", ON_MAPS[words[0]])
    number = int(words[-1]) if len(words) > 1 and words[-1].isdecimal() else None
    axes = [word for word in words if word in AXES]
    others = [word for word in words if word not in AXES and not word.isdecimal()]
    group = " ".join(others)
    others = [word for word in others if not axes or word not in NO_MATTER.split()]
    quantity = VECTORS.get(others[0], "") if len(others) == 1 else PLACE if axes and not others else ""
    if not quantity or len(axes) > 1 or len(words) > len(axes) + len(group.split()) + (number is not None):
        return Title()
    return Title(quantity, group, AXES.index(axes[0]) if axes else None, number)


def _parts(word: str) -> list[str]:
    """Return an axis, the name of a vector, and a number that are written as one word: vx, xpos, pos0, x1."""
    if word in SINGLE or word in VECTORS:
        return [word]
    if word in TRANSLATIONS:
        return ["translation", TRANSLATIONS[word]]
    numbered = NUMBERED.fullmatch(word)
    if numbered:
        return [*_parts(numbered["name"]), numbered["number"]]
    if len(word) > 1 and word[-1] in AXES and word[:-1] in VECTORS:
        return [word[:-1], word[-1]]
    if len(word) > 3 and word[0] in AXES and word[1:] in VECTORS:
        return [word[1:], word[0]]
    return [word]


def vector(titles: Sequence[str], quantity: str, file: str) -> list[int]:
    """Return which columns are x, y and perhaps z of a quantity, or none.

    Raises RevanimError where two columns could be the same axis of it.
    """
    groups: dict[tuple[str, int | None], dict[int, list[int]]] = {}  # by name, and by the number beside the axis
    counted: dict[str, dict[int, list[int]]] = {}
    for column, title in enumerate(map(read_title, titles)):
        if title.quantity == quantity and title.axis is not None:
            groups.setdefault((title.group, title.number), {}).setdefault(title.axis, []).append(column)
        elif title.quantity == quantity and title.number is not None:
            counted.setdefault(title.group, {}).setdefault(title.number, []).append(column)
    usual = sorted(groups, key=lambda key: (key[1] is not None, key[0] == "r", key[0] != ""))
    found = [groups[key] for key in usual if {0, 1} <= groups[key].keys()]
    beside = [key for key in usual if {0, 1} <= groups[key].keys() and key[1] is not None]
    if len(beside) > 1 and len(beside) == len(found):
        found = [{axis: [c for key in beside for c in groups[key].get(axis, [])] for axis in range(3)}]
    found += [_from_zero(parts) for parts in (*counted.values(), _counted_x(groups)) if len(parts) in (2, 3)]
    chosen = next((parts for parts in found if {0, 1} <= parts.keys()), {})
    for columns in chosen.values():
        if len(columns) > 1:
            both = " and ".join(titles[column] for column in columns[:2])
            raise RevanimError("{file} has the columns {both}; only one of them can be meant.", file=file, both=both)
    return [chosen[axis][0] for axis in range(3) if axis in chosen]


def _from_zero(parts: Mapping[int, list[int]]) -> dict[int, list[int]]:
    """Return the parts of a vector, which programs count from 0 or from 1."""
    return {number - min(parts): columns for number, columns in parts.items()} if min(parts) in (0, 1) else {}


def _counted_x(groups: Mapping[tuple[str, int | None], Mapping[int, list[int]]]) -> dict[int, list[int]]:
    """Return the parts of a vector that is called x and has no y: x1, x2, x3."""
    if any(0 not in parts or len(parts) > 1 for parts in groups.values()):
        return {}
    return {number: parts[0] for (_, number), parts in groups.items() if number is not None}
