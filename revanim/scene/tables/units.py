"""Units of lengths, times and masses, in metres, seconds and kilograms."""

import re

GRAVITY = 6.67430e-11  # m³ / (kg s²), CODATA 2018
LENGTHS = {"m": 1.0, "km": 1e3, "au": 1.495978707e11, "ly": 9.4607304725808e15, "pc": 3.0856775814913673e16}
TIMES = {"s": 1.0, "h": 3600.0, "day": 86400.0, "d": 86400.0, "yr": 365.25 * 86400.0, "year": 365.25 * 86400.0}
MASSES = {"g": 1e-3, "kg": 1.0, "msun": 1.98840987e30, "mearth": 5.9721679e24, "mjup": 1.8981246e27}
SUFFIX = re.compile(r"^\s*(\w+?)\s*(?:[\[(/_ ]\s*([^\])]*?)\s*[\])]?)?\s*$")


def split_name(text: str) -> tuple[str, str]:
    """Return the name and the unit of a column such as `x`, `x [au]`, `vx (km/s)`, `mass_kg` or `vx_au/day`."""
    found = SUFFIX.match(text.lower())
    return (found[1], (found[2] or "").replace(" ", "")) if found else (text.lower(), "")


def speed(unit: str) -> tuple[str, str] | None:
    """Return length and time of a unit of speed, if both are known."""
    length, _, time = unit.partition("/")
    return (length, time) if length in LENGTHS and time in TIMES else None


def gravity(length: str, time: str, mass: str) -> float:
    """Return the constant of gravitation in these units."""
    return GRAVITY * MASSES[mass] * TIMES[time] ** 2 / LENGTHS[length] ** 3
