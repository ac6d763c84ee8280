"""What a fill or a stroke is painted with; a gradient counts as its mean."""

from xml.etree.ElementTree import Element

from revanim.scene.svg.color import BLACK, Paint, color, opacity
from revanim.scene.svg.document import Document, reference, tag
from revanim.scene.svg.style import Style
from revanim.sentence import N_

GRADIENTS = {"linearGradient", "radialGradient", "meshgradient"}
LONGEST_CHAIN = 10  # gradients that take their stops from others
UNKNOWN = {"fill": BLACK, "stroke": None}  # what stands where nobody can tell


def paint(document: Document, style: Style, what: str) -> Paint | None:
    """Return what a fill or a stroke is painted with; None where nothing is seen of it."""
    found = _paint(document, style, what, style[what])
    alpha = found.alpha * opacity(style[f"{what}-opacity"]) if found else 0.0
    return found._replace(alpha=alpha) if found and alpha > 0 else None


def _paint(document: Document, style: Style, what: str, text: str) -> Paint | None:
    word = text.strip().lower()
    if word in ("none", ""):
        return None
    if word.startswith("url("):
        target = document.target(text)
        if target is not None and tag(target) in GRADIENTS:
            return _gradient(document, target)
        if target is not None and tag(target) == "pattern":
            document.left[N_("patterns")] = None
            return BLACK
        return _paint(document, style, what, text.partition(")")[2])
    if word == "currentcolor":
        return color(style["color"])
    if word.startswith("context-"):  # of the line that a marker is on
        return BLACK
    return color(word) or UNKNOWN[what]


def _gradient(document: Document, gradient: Element) -> Paint | None:
    """Return the mean of the stops of a gradient, which may be those of another."""
    if gradient not in document.gradients:
        stops, chain = list[Element](), gradient
        for _ in range(LONGEST_CHAIN):
            stops = [child for child in chain.iter() if tag(child) == "stop"]
            following = document.target(reference(chain))
            if stops or following is None:
                break
            chain = following
        document.gradients[gradient] = _mean([_stop(document, stop) for stop in stops])
    return document.gradients[gradient]


def _stop(document: Document, stop: Element) -> Paint:
    sets = document.sets(stop)
    text = sets.get("stop-color", "black")
    found = color(sets.get("color", "black") if text.lower() == "currentcolor" else text) or BLACK
    return found._replace(alpha=found.alpha * opacity(sets.get("stop-opacity", "1")))


def _mean(stops: list[Paint]) -> Paint | None:
    whole = sum(stop.alpha for stop in stops)
    if not whole:
        return None
    red, green, blue = (sum(stop[part] * stop.alpha for stop in stops) / whole for part in range(3))
    return Paint(red, green, blue, whole / len(stops))
