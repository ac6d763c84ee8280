"""The basic shapes of SVG as path data."""

from collections.abc import Callable, Mapping

from revanim.scene.svg.numbers import diagonal, length, numbers_of

Size = tuple[float, float]
Measure = Callable[[str], float]  # the length that an attribute gives, in pixels


def path_data(tag: str, attributes: Mapping[str, str], size: Size) -> str:
    """Return what a path or a basic shape draws; `size` is what its percentages are of."""
    wholes = {"x": size[0], "y": size[1], "w": size[0], "h": size[1], "r": diagonal(size)}

    def measure(name: str) -> float:
        axis = name.strip("cr12") or "r"
        return length(attributes.get(name), 0.0, wholes[axis[0]])

    return FIGURES[tag](attributes, measure)


def _radii(attributes: Mapping[str, str], measure: Measure) -> Size:
    """Return both radii; one that is not given is as large as the other."""
    given = [name for name in ("rx", "ry") if attributes.get(name, "auto").strip() != "auto"]
    rx, ry = (measure(name if name in given else (given or [name])[0]) for name in ("rx", "ry"))
    return rx, ry


def _rectangle(attributes: Mapping[str, str], measure: Measure) -> str:
    x, y, width, height = map(measure, ("x", "y", "width", "height"))
    if not (width > 0 and height > 0):
        return ""
    rx, ry = _radii(attributes, measure)
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    if not (rx > 0 and ry > 0):
        return f"M{x} {y}h{width}v{height}h{-width}z"
    across, down, arc = width - 2 * rx, height - 2 * ry, f"a{rx} {ry} 0 0 1"
    return (
        f"M{x + rx} {y}h{across}{arc} {rx} {ry}v{down}{arc} {-rx} {ry}"
        f"h{-across}{arc} {-rx} {-ry}v{-down}{arc} {rx} {-ry}z"
    )


def _circle(attributes: Mapping[str, str], measure: Measure) -> str:
    radius = measure("r")
    return _round(measure, radius, radius)


def _ellipse(attributes: Mapping[str, str], measure: Measure) -> str:
    return _round(measure, *_radii(attributes, measure))


def _round(measure: Measure, rx: float, ry: float) -> str:
    """Return an ellipse that begins on the right and goes down, where dashes begin too."""
    if not (rx > 0 and ry > 0):
        return ""
    arc = f"a{rx} {ry} 0 0 1"
    return f"M{measure('cx') + rx} {measure('cy')}{arc} {-rx} {ry}{arc} {-rx} {-ry}{arc} {rx} {-ry}{arc} {rx} {ry}z"


def _line(attributes: Mapping[str, str], measure: Measure) -> str:
    return "M{} {}L{} {}".format(*map(measure, ("x1", "y1", "x2", "y2")))


def _corners(attributes: Mapping[str, str], measure: Measure) -> str:
    """Return the points up to the first error; one number alone is an error."""
    numbers = numbers_of(attributes.get("points"))
    return "M" + " ".join(map(repr, numbers[: len(numbers) // 2 * 2])) if len(numbers) > 1 else ""


def _polygon(attributes: Mapping[str, str], measure: Measure) -> str:
    corners = _corners(attributes, measure)
    return corners and f"{corners}z"


FIGURES: dict[str, Callable[[Mapping[str, str], Measure], str]] = {
    "path": lambda attributes, measure: attributes.get("d", ""),
    "rect": _rectangle,
    "circle": _circle,
    "ellipse": _ellipse,
    "line": _line,
    "polyline": _corners,
    "polygon": _polygon,
}
