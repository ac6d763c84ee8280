"""Units as they stand at the head of a column, in metres, seconds and kilograms: km/s, au^3/d^2, 10^24 kg, km s^-1."""

import re
from dataclasses import dataclass
from math import inf

GRAVITY = 6.67430e-11  # m³ / (kg s²), CODATA 2018
AU, PARSEC, LIGHT_YEAR, DAY = 1.495978707e11, 3.0856775814913673e16, 9.4607304725808e15, 86400.0
YEAR = 365.25 * DAY

Powers = tuple[int, int, int]  # of length, time and mass
LENGTH, TIME, MASS = (1, 0, 0), (0, 1, 0), (0, 0, 1)
SPEED, PULL = (1, -1, 0), (3, -2, 0)

LENGTHS = {
    "mm": 1e-3, "cm": 1e-2, "m": 1.0, "km": 1e3, "Mm": 1e6, "Gm": 1e9,
    "au": AU, "ly": LIGHT_YEAR, "pc": PARSEC, "kpc": 1e3 * PARSEC, "Mpc": 1e6 * PARSEC,
    "ld": 3.844e8, "rsun": 6.957e8, "rearth": 6.3781e6, "rjup": 7.1492e7,
}  # fmt: skip
TIMES = {
    "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "day": DAY, "d": DAY,
    "yr": YEAR, "kyr": 1e3 * YEAR, "Myr": 1e6 * YEAR, "Gyr": 1e9 * YEAR,
}  # fmt: skip
MASSES = {"g": 1e-3, "kg": 1.0, "msun": 1.98840987e30, "mearth": 5.9721679e24, "mjup": 1.8981246e27}
COUNTS = {"thousand": 1e3, "million": 1e6, "mio": 1e6, "billion": 1e9}
SIZES = LENGTHS | TIMES | MASSES | {"thousand": 1e3, "million": 1e6, "mio": 1e6, "billion": 1e9}
POWERS = {
    name: LENGTH if name in LENGTHS else TIME if name in TIMES else MASS if name in MASSES else (0, 0, 0)
    for name in SIZES
}
ALIKE = {
    "meter": "m", "metre": "m", "kilometer": "km", "kilometre": "km", "ua": "au", "lyr": "ly", "parsec": "pc",
    "mpc": "Mpc", "r_sun": "rsun", "r_earth": "rearth", "r_jup": "rjup",
    "sec": "s", "second": "s", "minute": "min", "hr": "h", "hour": "h", "a": "yr", "y": "yr", "year": "yr",
    "myr": "Myr", "gyr": "Gyr",
    "gram": "g", "kilogram": "kg", "solarmass": "msun", "earthmass": "mearth", "jupitermass": "mjup",
    "m_sun": "msun", "m_sol": "msun", "msol": "msun", "m_solar": "msun", "m☉": "msun", "m⊙": "msun", "m_⊙": "msun",
    "m_earth": "mearth", "m⊕": "mearth", "m_⊕": "mearth", "m_jup": "mjup", "m_jupiter": "mjup", "mjupiter": "mjup",
}  # fmt: skip
FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
LETTERS = str.maketrans(f"{FIGURES}·⋅×−", "0123456789-   -")
RAISED = re.compile(f"(?=[{FIGURES}])(?<![{FIGURES}])")  # where raised figures begin
SPELT = (  # what is written in other ways
    (re.compile(r"\b(solar|earth|jupiter)\s+mass(?:es)?\b", re.I), r"\1mass"),
    (re.compile(r"\blight[ -]?years?\b", re.I), "ly"),
    (re.compile(r"\b(k?m)(?:p?s|_s)\b(?:\^?-1)?"), r"\1/s"),
    (re.compile(r"\*\*"), "^"),
    (re.compile(r"_?\bper\b_?|_per_"), "/"),
)
PART = re.compile(r"(?P<under>/)|10\^(?P<ten>[+-]?\d+)|(?P<count>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
                  r"|(?P<name>[^\W\d][^\W\d]*[☉⊙⊕]?)(?:\^?(?P<raised>[+-]?\d))?|[ *]+")  # fmt: skip
LONGEST = 40  # letters of a unit
MOST = 1e60  # of a power of ten in it


@dataclass(frozen=True)
class Unit:
    """How many metres, seconds and kilograms a unit is, and to which powers."""

    size: float
    powers: Powers
    time: str = ""  # the name of the time in it


def read_unit(text: str) -> Unit | None:
    """Return the unit that a text names, or None where it is not known."""
    text = RAISED.sub("^", text[:LONGEST]).translate(LETTERS)
    for pattern, words in SPELT:
        text = pattern.sub(words, text)
    size, powers, time, way, at = 1.0, (0, 0, 0), "", 1, 0
    while found := PART.match(text, at):
        at = found.end()
        if found["name"]:
            name, raised = _name(found["name"]), way * int(found["raised"] or 1)
            if name not in SIZES:
                return None
            size *= SIZES[name] ** raised
            powers = _plus(powers, POWERS[name], raised)
            time = name if name in TIMES else time
        elif found["ten"] or found["count"]:
            amount = float(found["count"] or f"1e{found['ten']}")
            if not 0 < amount < MOST:
                return None
            size *= amount**way
        way = -1 if found["under"] else way if found[0].isspace() else 1
    return Unit(size, powers, time) if text.strip() and at == len(text) and 0 < size < inf else None


def _name(text: str) -> str:
    """Return what a unit is called here."""
    for name in (text, text.lower(), text.lower().removesuffix("s")):
        if name in SIZES or name in ALIKE:
            return ALIKE.get(name, name)
    return text


def _plus(powers: Powers, others: Powers, times: int) -> Powers:
    length, time, mass = (power + times * other for power, other in zip(powers, others, strict=True))
    return length, time, mass


def known(powers: Powers) -> str:
    """Return some units of these powers, as a sentence lists them."""
    return {
        LENGTH: ", ".join(LENGTHS),
        SPEED: "m/s, km/s, au/day, au/yr",
        MASS: ", ".join(MASSES),
        PULL: "km^3/s^2, m^3/s^2, au^3/day^2",
    }[powers]


def gravity(length: float, time: float, mass: float) -> float:
    """Return the constant of gravitation in units of so many metres, seconds and kilograms."""
    return GRAVITY * mass * time**2 / length**3
