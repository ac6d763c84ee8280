"""The Timeline menu: the range that plays, markers, and how time is shown."""

from collections.abc import Callable

from revanim.scene.scene import Marker
from revanim.session.work.bodies import reverse_here
from revanim.window.command import Command
from revanim.window.commands.playback import go
from revanim.window.window import Window


def set_end(window: Window, first: bool) -> None:
    """Let the range that plays begin or end here."""
    session = window.studio.session
    start, end = session.range
    session.set_play_range(
        (session.frame, max(end, session.frame)) if first else (min(start, session.frame), session.frame)
    )


def go_to_marker(direction: int) -> Callable[[Window], None]:
    """Return a run that goes to the next marker or the one before."""

    def run(window: Window) -> None:
        frame = window.studio.markers.neighbour(direction)
        if frame is not None:
            go(window, frame)

    return run


def with_marker(do: Callable[[Window, Marker], None]) -> Callable[[Window], None]:
    """Return a run that does something with the marker that is selected or at the playhead."""

    def run(window: Window) -> None:
        marker = window.studio.markers.chosen
        if marker is not None:
            do(window, marker)

    return run


def has_marker(window: Window) -> bool:
    """Whether a marker is selected or at the playhead."""
    return window.studio.markers.chosen is not None


def show_unit(unit: str, text: str, order: int, tip: str) -> Command[Window]:
    """Return the command that writes frames in a unit."""
    return Command[Window](
        name=f"show-{unit}",
        text=text,
        menu="Timeline",
        order=order,
        tip=tip,
        checked=lambda window: window.studio.timeline.unit == unit,
        run=lambda window: window.studio.timeline.set_unit(unit),
    )


def keep(what: str, text: str, order: int, tip: str) -> Command[Window]:
    """Return the command that lets a new frame rate keep the seconds of what is there, or its frames."""
    return Command[Window](
        name=f"keep-{what}",
        text=text,
        menu="Timeline",
        order=order,
        tip=tip,
        checked=lambda window: window.studio.timeline.keep == what,
        run=lambda window: window.studio.timeline.set_keep(what),
    )


def follow(how: str, text: str, order: int, tip: str) -> Command[Window]:
    """Return the command that lets the ruler follow the playhead, or not."""
    return Command[Window](
        name=f"follow-{how}",
        text=text,
        menu="Timeline",
        order=order,
        tip=tip,
        checked=lambda window: window.studio.timeline.follow == how,
        run=lambda window: window.studio.timeline.set_follow(how),
    )


add_marker = Command[Window](
    name="add-marker",
    text="Add Marker",
    menu="Timeline",
    order=10,
    tip="Mark this frame; once more names the marker",
    shortcuts=("M",),
    icon="marker",
    repeats=False,
    run=lambda window: window.studio.markers.add(window.studio.session.frame),
)

name_marker = Command[Window](
    name="name-marker",
    text="Name Marker…",
    menu="Timeline",
    order=11,
    tip="Name the selected marker, or that at this frame",
    shortcuts=("Ctrl+M",),
    enabled=has_marker,
    needs="There is no marker at this frame",
    run=with_marker(lambda window, marker: window.studio.markers.naming.emit(marker)),
)

delete_marker = Command[Window](
    name="delete-marker",
    text="Delete Marker",
    menu="Timeline",
    order=12,
    tip="Delete the selected marker, or that at this frame",
    shortcuts=("Shift+M",),
    enabled=has_marker,
    needs="There is no marker at this frame",
    run=with_marker(lambda window, marker: window.studio.markers.remove(marker)),
)

previous_marker = Command[Window](
    name="previous-marker",
    text="Previous Marker",
    menu="Timeline",
    order=13,
    tip="Go to the marker before",
    shortcuts=("Shift+Up",),
    run=go_to_marker(-1),
)

next_marker = Command[Window](
    name="next-marker",
    text="Next Marker",
    menu="Timeline",
    order=14,
    tip="Go to the next marker",
    shortcuts=("Shift+Down",),
    run=go_to_marker(1),
)

mark_range = Command[Window](
    name="mark-range",
    text="Mark Play Range",
    menu="Timeline",
    order=20,
    tip="Drag across the ruler to mark the frames that play",
    shortcuts=("P",),
    icon="range",
    run=lambda window: window.timeline.axis.mark_range(),
)

range_start = Command[Window](
    name="range-start",
    text="Start Range Here",
    menu="Timeline",
    order=21,
    tip="Let the range that plays begin here",
    shortcuts=("[",),
    run=lambda window: set_end(window, first=True),
)

range_end = Command[Window](
    name="range-end",
    text="End Range Here",
    menu="Timeline",
    order=22,
    tip="Let the range that plays end here",
    shortcuts=("]",),
    run=lambda window: set_end(window, first=False),
)

clear_range = Command[Window](
    name="clear-range",
    text="Clear Play Range",
    menu="Timeline",
    order=23,
    tip="Play all frames of the scene",
    shortcuts=("Alt+P",),
    enabled=lambda window: window.studio.session.has_play_range,
    needs="No play range is marked",
    run=lambda window: window.studio.session.set_play_range(None),
)

reverse_film = Command[Window](
    name="reverse-from-here",
    text="Reverse from Here",
    menu="Timeline",
    order=24,
    tip="Let all bodies turn around at this frame and go back the way they came, and end the film where they arrive",
    words="rewind backward mirror boomerang ping-pong velocity turn back",
    enabled=lambda window: window.studio.session.scene.bodies.count > 0,
    needs="There are no bodies yet",
    run=lambda window: reverse_here(window.studio.session),
)

snap = Command[Window](
    name="snap",
    text="Snap",
    menu="Timeline",
    order=30,
    tip="Let drags catch at keys, markers and the ends of ranges; Ctrl turns it round while it is held",
    shortcuts=("N",),
    icon="snap",
    checked=lambda window: window.studio.timeline.snapping,
    run=lambda window: window.studio.timeline.set_snapping(not window.studio.timeline.snapping),
)

show_frames = show_unit("frames", "Show Frames", 40, "Count time in frames")
show_seconds = show_unit("seconds", "Show Seconds", 41, "Count time in seconds; frame 0 is second 0")
show_timecode = show_unit("timecode", "Show Timecode", 42, "Count hours, minutes, seconds and frames")

keep_seconds = keep(
    "seconds", "New Rate Keeps Seconds", 45, "Another frame rate leaves keys and curves at their seconds"
)
keep_frames = keep("frames", "New Rate Keeps Frames", 46, "Another frame rate plays the same frames quicker or slower")

follow_off = follow("off", "Do Not Follow", 50, "Leave the ruler where it is when the playhead leaves it")
follow_page = follow("page", "Turn Pages", 51, "Turn the page of the ruler when the playhead leaves it")
follow_centre = follow("centre", "Keep Playhead Centred", 52, "Let the ruler run below the playhead")

fit_timeline = Command[Window](
    name="fit-timeline",
    text="Fit Timeline",
    menu="Timeline",
    order=60,
    tip="Show all frames on the ruler",
    shortcuts=("Shift+F",),
    icon="fit",
    run=lambda window: window.timeline.axis.fit(),
)

group_rows = Command[Window](
    name="group-rows",
    text="Rows of Groups",
    menu="Timeline",
    order=61,
    tip="Show a row of keys for each group of bodies below the ruler",
    icon="disclose",
    icon_on="disclosed",
    checked=lambda window: window.studio.timeline.rows,
    run=lambda window: window.studio.timeline.set_rows(not window.studio.timeline.rows),
)
