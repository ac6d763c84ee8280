"""The Look menu: where the bodies were and where they will be, as trails and as onion skins."""

from collections.abc import Callable

from revanim.sentence import Sentence
from revanim.session.words import tr
from revanim.window.command import Choice, Command
from revanim.window.commands.look import look, pick, shows, switch
from revanim.window.window import Window

TRAIL = 24  # frames: one second at the usual rate
SKINS = 3
LENGTHS = (6, 12, 24, 48, 96, 240)
COUNTS = (1, 2, 3, 5, 8, 12)
SPACINGS = (1, 2, 4, 6, 12, 24)


def toggle_ahead(window: Window) -> None:
    """Draw where the bodies will be, as far as the trails reach back."""
    now = window.studio.session.scene.look
    look(
        window,
        Sentence("Hide the way ahead") if now.ahead else Sentence("Show the way ahead"),
        ahead=0 if now.ahead else now.trail or TRAIL,
    )


def lengths(window: Window) -> list[Choice]:
    """Return how long trails may be, behind the bodies and before them."""
    now = window.studio.session.scene.look
    long = max(now.trail, now.ahead)

    def choose(frames: int) -> Callable[[], None]:
        behind = frames if now.trail or not now.ahead else 0
        return lambda: look(window, Sentence("Trail length"), trail=behind, ahead=frames if now.ahead else 0)

    return [
        Choice(tr("{frames} frames", frames=frames), choose(frames), frames == long)
        for frames in sorted({*LENGTHS, long} - {0})
    ]


trails = Command[Window](
    name="trails",
    text="Trails",
    menu="Look",
    order=10,
    tip="Draw where the bodies were",
    shortcuts=("T",),
    icon="trails",
    on_strip=True,
    checked=shows("trail"),
    run=switch("trail", Sentence("trails"), TRAIL, 0),
)

ahead = Command[Window](
    name="ahead",
    text="Way Ahead",
    menu="Look",
    order=11,
    tip="Draw where the bodies will be",
    shortcuts=("Alt+T",),
    checked=shows("ahead"),
    run=toggle_ahead,
)

tinted = Command[Window](
    name="tinted-trails",
    text="Orange and Cyan Trails",
    menu="Look",
    order=12,
    tip="Draw trails in the colours of past and future, not in those of the bodies",
    checked=shows("tinted"),
    run=switch("tinted", Sentence("past and future in colour")),
)

trail_length = Command[Window](
    name="trail-length",
    text="Trail Length",
    menu="Look",
    order=13,
    tip="How many frames the trails reach",
    choices=lengths,
)

onion = Command[Window](
    name="onion-skins",
    text="Onion Skins",
    menu="Look",
    order=20,
    tip="Show the bodies at frames before and after this one",
    shortcuts=("O",),
    icon="onion",
    on_strip=True,
    checked=shows("skins"),
    run=switch("skins", Sentence("onion skins"), SKINS, 0),
)

onion_count = Command[Window](
    name="onion-count",
    text="Skins",
    menu="Look",
    order=21,
    tip="How many onion skins there are on either side",
    choices=pick(
        Sentence("Onion skins"),
        "skins",
        COUNTS,
        lambda count: tr("{count} on either side", count=count) if count else tr("None"),
    ),
)

onion_spacing = Command[Window](
    name="onion-spacing",
    text="Spacing",
    menu="Look",
    order=22,
    tip="How many frames lie between two onion skins",
    choices=pick(
        Sentence("Spacing of skins"),
        "spacing",
        SPACINGS,
        lambda n: tr("Every frame") if n == 1 else tr("Every {count} frames", count=n),
    ),
)
