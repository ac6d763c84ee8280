"""The Keyframes menu."""

from collections.abc import Callable

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from revanim.window.cards.source_card import toggle_card
from revanim.window.command import Command
from revanim.window.commands.playback import go
from revanim.window.panels.keyframes import Keyframes
from revanim.window.sections.part import value_under
from revanim.window.window import Window


def type_word(window: Window) -> None:
    """Bring the field for a word to the front."""
    panel = window.bring("keyframes").widget()
    assert isinstance(panel, Keyframes)
    panel.word.setFocus()


def start_solve(window: Window) -> None:
    """Solve, where one can watch it."""
    window.bring("solver")
    window.studio.solving.start()


def set_key_here(window: Window) -> None:
    """Key the value whose line in Properties is under the pointer, else the places of bodies."""
    place = QCursor.pos()
    row = value_under(QApplication.widgetAt(place) or window.childAt(window.mapFromGlobal(place)))
    if row is None:
        window.studio.keyframes.set_here()
    else:
        row.animate.click()


def delete(window: Window) -> None:
    """Delete the selected keys of values, else those of bodies."""
    if window.studio.tracks.selected:
        window.studio.tracks.remove()
    else:
        window.studio.keyframes.remove()


def loop(window: Window) -> None:
    """Set the key of a loop, where one can solve for it."""
    window.bring("solver")
    window.studio.loops.loop()


def go_to_key(direction: int) -> Callable[[Window], None]:
    """Return a run that goes to the next key or the one before."""

    def run(window: Window) -> None:
        frame = window.studio.keyframes.neighbour(direction)
        if frame is not None:
            go(window, frame)

    return run


def chosen_shape(pinned: bool) -> Callable[[Window], bool]:
    """Return whether a command acts on a shape whose assignment is pinned, or is not."""
    return lambda window: any(
        key.shape and (key.assignment is not None) == pinned for key in window.studio.keyframes.chosen
    )


def has_candidate(window: Window) -> bool:
    """Whether there is a ghost to decide on."""
    solving = window.studio.solving
    return solving.candidate is not None and not solving.running


def can_accept(window: Window) -> bool:
    """Whether the ghost moves better than the scene."""
    return window.studio.solving.acceptable


set_key = Command[Window](
    name="set-key",
    text="Set Key Here",
    menu="Keyframes",
    order=11,
    tip="Ask for the places that the selected bodies, or all, have now; over a value in Properties, key that",
    words="keyframe pose target hold",
    shortcuts=("I", "S"),
    icon="key",
    run=set_key_here,
)

auto_key = Command[Window](
    name="auto-key",
    text="Auto-Key",
    menu="Keyframes",
    order=19,
    tip="Let what you move become a key at this frame",
    shortcuts=("Shift+I",),
    icon="auto-key",
    icon_on="auto-key-on",
    lit="error",
    checked=lambda window: window.studio.keyframes.auto,
    run=lambda window: window.studio.keyframes.set_auto(not window.studio.keyframes.auto),
)

word = Command[Window](
    name="type-word",
    text="Type a Word…",
    menu="Keyframes",
    order=12,
    tip="Let the selected bodies, or all, form a text at this frame",
    icon="word",
    run=type_word,
)

pose_from = Command[Window](
    name="pose-from",
    text="Pose from a Source…",
    menu="Keyframes",
    order=13,
    tip="Let the selected bodies, or all, form a text, a drawing, an image, a mesh, points or a plain shape",
    icon="pose",
    enabled=lambda window: window.studio.session.scene.bodies.count > 0,
    needs="There is no body that could form a pose; add some first",
    run=lambda window: toggle_card(window.viewport, window.studio.poses),
)

color_bodies = Command[Window](
    name="color-bodies-by-targets",
    text="Colour Bodies by Targets",
    menu="Keyframes",
    order=17,
    tip="Give the bodies the colours of an image that they shall form: of the selected keys, or of those at this frame",
    enabled=lambda window: any(key.color is not None for key in window.studio.keyframes.chosen),
    needs="No key here has targets with colours; those of an image have some",
    run=lambda window: window.studio.assignments.color(window.studio.keyframes.chosen),
)

delete_key = Command[Window](
    name="delete-key",
    text="Delete Key",
    menu="Keyframes",
    order=18,
    tip="Delete the selected keys, or those at this frame",
    shortcuts=("Del", "Alt+I"),
    enabled=lambda window: bool(window.studio.tracks.selected or window.studio.keyframes.chosen),
    needs="There is no key here; select one",
    run=delete,
)

hold_key = Command[Window](
    name="hold-key",
    text="Hold Key",
    menu="Keyframes",
    order=22,
    tip="Let the selected keys, or those at this frame, hold for half a second or until the next key; or let them go",
    enabled=lambda window: bool(window.studio.keyframes.chosen),
    needs="There is no key here; select one",
    checked=lambda window: any(key.hold for key in window.studio.keyframes.chosen),
    run=lambda window: window.studio.keyframes.hold(window.studio.keyframes.chosen),
)

loop_range = Command[Window](
    name="loop-range",
    text="Loop the Play Range",
    menu="Keyframes",
    order=23,
    tip="Ask that the last frame that plays is as the first one; Solve then changes only the frames between",
    enabled=lambda window: not window.studio.session.scene.bodies.pinned.all(),
    needs="There is no body that can move; add some first",
    run=loop,
)

previous_key = Command[Window](
    name="previous-key",
    text="Previous Key",
    menu="Keyframes",
    order=20,
    tip="Go to the key before",
    shortcuts=("Up",),
    run=go_to_key(-1),
)

next_key = Command[Window](
    name="next-key",
    text="Next Key",
    menu="Keyframes",
    order=21,
    tip="Go to the next key",
    shortcuts=("Down",),
    run=go_to_key(1),
)

show_assignment = Command[Window](
    name="show-assignment",
    text="Show Who Goes Where",
    menu="Keyframes",
    order=14,
    tip="Lead a line from each body to its target",
    checked=lambda window: window.studio.assignments.shown,
    run=lambda window: window.studio.assignments.show(not window.studio.assignments.shown),
)

pin_assignment = Command[Window](
    name="pin-assignment",
    text="Pin Assignment",
    menu="Keyframes",
    order=15,
    tip="Keep who goes where in the selected shapes, or those at this frame, whatever the motion will be",
    enabled=chosen_shape(pinned=False),
    needs="No key here is a shape whose assignment is free",
    run=lambda window: window.studio.keyframes.pin(window.studio.keyframes.chosen),
)

free_assignment = Command[Window](
    name="free-assignment",
    text="Free Assignment",
    menu="Keyframes",
    order=16,
    tip="Let any body take any target of the selected shapes, or those at this frame",
    enabled=chosen_shape(pinned=True),
    needs="No key here has a pinned assignment",
    run=lambda window: window.studio.keyframes.free(window.studio.keyframes.chosen),
)

solve = Command[Window](
    name="solve",
    text="Solve",
    menu="Keyframes",
    order=30,
    tip="Change the motion until it hits the keys",
    words="optimise simulate hit",
    shortcuts=("Ctrl+Return",),
    icon="solve",
    enabled=lambda window: bool(window.studio.session.scene.keyframes) and not window.studio.solving.running,
    needs="Set a key first: it says what the motion shall hit",
    run=start_solve,
)

cancel = Command[Window](
    name="cancel-solve",
    text="Cancel",
    menu="Keyframes",
    order=31,
    tip="Stop solving, and keep the best so far",
    shortcuts=("Ctrl+.",),
    enabled=lambda window: window.studio.solving.running,
    needs="Nothing is being solved",
    run=lambda window: window.studio.solving.cancel(),
)

accept = Command[Window](
    name="accept-solve",
    text="Accept",
    menu="Keyframes",
    order=32,
    tip="Let the scene move like the ghost",
    shortcuts=("Return",),
    on_canvas=True,
    enabled=can_accept,
    needs="There is no ghost that moves better than the scene; Solve makes one",
    run=lambda window: window.studio.solving.accept(),
)

discard = Command[Window](
    name="discard-solve",
    text="Discard",
    menu="Keyframes",
    order=33,
    tip="Forget the ghost",
    shortcuts=("Backspace",),
    on_canvas=True,
    enabled=has_candidate,
    needs="There is no ghost to decide on; Solve makes one",
    run=lambda window: window.studio.solving.discard(),
)
