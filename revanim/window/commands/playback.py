"""The Playback menu."""

from collections.abc import Callable

from revanim.scene.edits import set_look
from revanim.sentence import N_, Sentence
from revanim.session.clock import nominal
from revanim.session.words import figures
from revanim.window.command import Choice, Command
from revanim.window.timeline.boxes import PACES
from revanim.window.window import Window


def step(frames: int) -> Callable[[Window], None]:
    """Return a run that stops and goes some frames on or back."""
    return lambda window: go(window, window.studio.session.frame + frames)


def step_seconds(seconds: int) -> Callable[[Window], None]:
    """Return a run that goes some seconds on or back, in whole frames."""
    return lambda window: go(
        window, window.studio.session.frame + seconds * nominal(window.studio.session.scene.timing.fps)
    )


def go(window: Window, frame: int) -> None:
    """Stop playing and show a frame."""
    window.studio.playback.stop()
    window.studio.session.show(frame)


def play_to(mode: str, text: str) -> Callable[[Window], None]:
    """Return a run that chooses what happens at the end of the range."""
    return lambda window: window.studio.session.edit(Sentence(text), set_look(window.studio.session.scene, play=mode))


def play_at(window: Window, pace: float) -> Choice:
    """Return a choice that plays at a speed from then on."""
    playback = window.studio.playback
    return Choice(figures(f"{pace:g}×"), lambda: playback.set_pace(pace), playback.pace == pace)


play = Command[Window](
    name="play",
    text="Play",
    menu="Playback",
    order=10,
    tip="Play, or stop",
    shortcuts=("Space",),
    icon="play",
    icon_on="pause",
    checked=lambda window: window.studio.playback.direction > 0,
    repeats=False,
    run=lambda window: window.studio.playback.toggle(window.studio.playback.direction or 1),
)

reverse = Command[Window](
    name="play-reverse",
    text="Play in Reverse",
    menu="Playback",
    order=11,
    tip="Play in reverse, or stop",
    shortcuts=("Shift+Space",),
    icon="reverse",
    icon_on="pause",
    checked=lambda window: window.studio.playback.direction < 0,
    repeats=False,
    run=lambda window: window.studio.playback.toggle(-1),
)

shuttle_back = Command[Window](
    name="shuttle-back",
    text="Shuttle Back",
    menu="Playback",
    order=12,
    tip="Play in reverse, faster with every press; slowly while K is held",
    shortcuts=("J",),
    repeats=False,
    run=lambda window: window.studio.playback.shuttle(-1),
)

stop = Command[Window](
    name="stop",
    text="Stop",
    menu="Playback",
    order=13,
    tip="Stand still",
    shortcuts=("K",),
    enabled=lambda window: window.studio.playback.direction != 0,
    needs="Nothing plays",
    repeats=False,
    run=lambda window: window.studio.playback.stop(),
)

shuttle_on = Command[Window](
    name="shuttle-on",
    text="Shuttle On",
    menu="Playback",
    order=14,
    tip="Play, faster with every press; slowly while K is held",
    shortcuts=("L",),
    repeats=False,
    run=lambda window: window.studio.playback.shuttle(1),
)

first_frame = Command[Window](
    name="first-frame",
    text="First Frame",
    menu="Playback",
    order=20,
    tip="Go to the first frame that plays",
    shortcuts=("Home",),
    icon="first",
    run=lambda window: go(window, window.studio.session.range[0]),
)

last_frame = Command[Window](
    name="last-frame",
    text="Last Frame",
    menu="Playback",
    order=21,
    tip="Go to the last frame that plays",
    shortcuts=("End",),
    icon="last",
    run=lambda window: go(window, window.studio.session.range[1]),
)

home_frame = Command[Window](
    name="home-frame",
    text="Home Frame",
    menu="Playback",
    order=22,
    tip="Go to the frame whose state the scene holds",
    shortcuts=("H",),
    run=lambda window: go(window, window.studio.session.scene.timing.home),
)

previous_frame = Command[Window](
    name="previous-frame",
    text="Previous Frame",
    menu="Playback",
    order=23,
    tip="One frame back",
    shortcuts=("Left", ","),
    icon="previous",
    run=step(-1),
)

next_frame = Command[Window](
    name="next-frame",
    text="Next Frame",
    menu="Playback",
    order=24,
    tip="One frame on",
    shortcuts=("Right", "."),
    icon="next",
    run=step(1),
)

ten_back = Command[Window](
    name="ten-back",
    text="10 Frames Back",
    menu="Playback",
    order=25,
    tip="Ten frames back",
    shortcuts=("Shift+Left",),
    run=step(-10),
)

ten_on = Command[Window](
    name="ten-on",
    text="10 Frames On",
    menu="Playback",
    order=26,
    tip="Ten frames on",
    shortcuts=("Shift+Right",),
    run=step(10),
)

second_back = Command[Window](
    name="second-back",
    text="1 Second Back",
    menu="Playback",
    order=27,
    tip="One second back",
    shortcuts=("Ctrl+Left",),
    run=step_seconds(-1),
)

second_on = Command[Window](
    name="second-on",
    text="1 Second On",
    menu="Playback",
    order=28,
    tip="One second on",
    shortcuts=("Ctrl+Right",),
    run=step_seconds(1),
)

once = Command[Window](
    name="play-once",
    text="Play Once",
    menu="Playback",
    order=30,
    tip="Stop at the end of the range",
    icon="once",
    checked=lambda window: window.studio.playback.mode == "once",
    run=play_to("once", N_("Play once")),
)

loop = Command[Window](
    name="play-loop",
    text="Loop",
    menu="Playback",
    order=31,
    tip="Begin again at the end of the range",
    icon="loop",
    checked=lambda window: window.studio.playback.mode == "loop",
    run=play_to("loop", N_("Play in a loop")),
)

ping_pong = Command[Window](
    name="play-ping-pong",
    text="Ping-Pong",
    menu="Playback",
    order=32,
    tip="Turn at either end of the range",
    icon="ping-pong",
    checked=lambda window: window.studio.playback.mode == "ping-pong",
    run=play_to("ping-pong", N_("Play back and forth")),
)

every_frame = Command[Window](
    name="every-frame",
    text="Show Every Frame",
    menu="Playback",
    order=33,
    tip="Show every frame however late, instead of dropping frames to keep time",
    icon="every-frame",
    checked=lambda window: window.studio.playback.every_frame,
    run=lambda window: window.studio.playback.show_every_frame(not window.studio.playback.every_frame),
)

speed = Command[Window](
    name="speed",
    text="Speed",
    menu="Playback",
    order=34,
    tip="Play slower or faster than the frame rate says; the motion is the same",
    choices=lambda window: [play_at(window, pace) for pace in PACES],
)
