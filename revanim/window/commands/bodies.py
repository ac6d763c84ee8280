"""The Bodies menu: commands for the selected bodies at the frame that is shown."""

from functools import partial

import numpy as np

from revanim.scene.edits import lead_part
from revanim.scene.edits.paths import led
from revanim.sentence import Sentence
from revanim.session.work import bodies as editing
from revanim.session.work import groups as grouping
from revanim.window.cards.source_card import toggle_card
from revanim.window.command import Command
from revanim.window.commands.edit import something
from revanim.window.viewport.standing import standing_part
from revanim.window.viewport.transform import MOVE, ROTATE, SCALE, Mode, follow_pointer
from revanim.window.window import Window


def movable(window: Window) -> bool:
    """Whether a body is selected, or a target, or what stands in space is chosen."""
    studio = window.studio
    return something(window) or bool(studio.keyframes.selected) or standing_part(studio) is not None


def transform(window: Window, mode: Mode) -> None:
    """Let what is selected follow the pointer."""
    follow_pointer(window.viewport.canvas, mode)


def pin(window: Window) -> None:
    """Pin the selected bodies, or let them go if all are pinned."""
    session = window.studio.session
    pinned = not session.scene.bodies.pinned[session.selection].all()
    editing.set_bodies(session, text=Sentence("Pin") if pinned else Sentence("Unpin"), pinned=pinned)


def lead(window: Window) -> None:
    """Let what stands in space, and is looked at, go along with the path of the selected body."""
    session, place = window.studio.session, window.studio.forces.place
    leaders = led(session.scene, np.flatnonzero(session.selection))
    if place is None or leaders.size != 1:
        session.failed.emit(Sentence("Select one body that follows a path, and choose what shall go along with it."))
        return
    leader = int(leaders[0])
    session.attempt(Sentence("Go along"), lambda scene: lead_part(scene, place.among, place.index, leader))


add_from = Command[Window](
    name="add-bodies-from",
    text="Add Bodies From…",
    menu="Bodies",
    order=7,
    tip="Add a word, a drawing, a mesh, a ring, a chain, a cloth or a galaxy",
    words="word text drawing mesh ring chain rope cloth galaxy cloud emitter",
    shortcuts=("Shift+A",),
    icon="bodies",
    in_viewport=True,
    on_strip=True,
    run=lambda window: toggle_card(window.viewport, window.studio.sources),
)

move = Command[Window](
    name="move",
    text="Move",
    menu="Bodies",
    order=20,
    tip="Let what is selected follow the pointer; X, Y, Z lock an axis, digits give a value",
    shortcuts=("G",),
    in_viewport=True,
    enabled=movable,
    needs="Select bodies or targets first",
    run=partial(transform, mode=MOVE),
)

rotate = Command[Window](
    name="rotate",
    text="Rotate",
    menu="Bodies",
    order=21,
    tip="Turn what is selected with the pointer; X, Y, Z lock an axis, digits give degrees",
    shortcuts=("R",),
    in_viewport=True,
    enabled=movable,
    needs="Select bodies or targets first",
    run=partial(transform, mode=ROTATE),
)

scale = Command[Window](
    name="scale",
    text="Scale",
    menu="Bodies",
    order=22,
    tip="Spread what is selected with the pointer; X, Y, Z lock an axis, digits give a factor",
    shortcuts=("S",),
    in_viewport=True,
    enabled=movable,
    needs="Select bodies or targets first",
    run=partial(transform, mode=SCALE),
)

pin_bodies = Command[Window](
    name="pin",
    text="Pin",
    menu="Bodies",
    order=30,
    tip="Let the selected bodies stay where they are, or let them go again",
    words="anchor fix nail handle hold freeze",
    shortcuts=("Shift+P",),
    icon="nail",
    enabled=something,
    needs="Select bodies first",
    run=pin,
)

go_along = Command[Window](
    name="go-along",
    text="Go Along",
    menu="Bodies",
    order=34,
    tip="Let the selected bodies follow the path of the one among them that has one, each beside it as it is now",
    words="parent follow offset handle path together attach constrain",
    enabled=something,
    needs="Select bodies first",
    run=lambda window: editing.follow_leader(window.studio.session),
)

let_go = Command[Window](
    name="let-go-here",
    text="Let Go Here",
    menu="Bodies",
    order=35,
    tip="Let the selected bodies leave their paths at this frame and fly on freely",
    words="release throw free passive active handle path drop launch",
    enabled=something,
    needs="Select bodies first",
    run=lambda window: editing.let_go_here(window.studio.session),
)

catch = Command[Window](
    name="catch-here",
    text="Catch Here",
    menu="Bodies",
    order=36,
    tip="Hold the selected bodies on their paths from this frame on; one without a path comes to rest",
    words="capture hold grab stop rest passive active handle path",
    enabled=something,
    needs="Select bodies first",
    run=lambda window: editing.catch_here(window.studio.session),
)

lead_standing = Command[Window](
    name="lead-standing",
    text="Lead What Stands in Space",
    menu="Bodies",
    order=41,
    tip="Let the attractor, floor or obstacle that the properties show go along with the path of the selected body",
    words="attractor floor obstacle follow path animate move parent carry",
    enabled=lambda window: something(window) and window.studio.forces.looked_at is not None,
    needs="Select a body on a path, and what shall go along in the outliner",
    run=lead,
)

born_here = Command[Window](
    name="born-here",
    text="Born Here",
    menu="Bodies",
    order=37,
    tip="Let the selected bodies begin at this frame as they are now: before it they take no part and are not seen",
    words="birth begin start appear first frame emit life",
    enabled=something,
    needs="Select bodies first",
    run=lambda window: editing.live_from_here(window.studio.session),
)

end_here = Command[Window](
    name="end-here",
    text="End Here",
    menu="Bodies",
    order=38,
    tip="Let this frame be the last of the selected bodies: after it they take no part and are not seen",
    words="death die end stop vanish disappear last frame life",
    enabled=something,
    needs="Select bodies first",
    run=lambda window: editing.end_here(window.studio.session),
)

always_there = Command[Window](
    name="always-there",
    text="Always There",
    menu="Bodies",
    order=39,
    tip="Let the selected bodies have neither a first nor a last frame",
    words="birth death forever clear life",
    enabled=lambda window: something(window) and window.studio.session.scene.bodies.lives is not None,
    needs="Select bodies that have a first or a last frame",
    run=lambda window: editing.live_always(window.studio.session),
)

follow_path = Command[Window](
    name="follow-path",
    text="Follow a Path",
    menu="Bodies",
    order=33,
    tip="Let the selected bodies be handles: move them at other frames, and they go from key to key",
    words="handle animate puppet rig lead stroke keyframe path",
    enabled=something,
    needs="Select bodies first",
    run=lambda window: editing.follow_paths(window.studio.session),
)

group_bodies = Command[Window](
    name="group",
    text="Group",
    menu="Bodies",
    order=31,
    tip="Give the selected bodies a name together",
    shortcuts=("Ctrl+G",),
    enabled=something,
    needs="Select bodies first",
    run=lambda window: grouping.group(window.studio.session),
)

ungroup_bodies = Command[Window](
    name="ungroup",
    text="Ungroup",
    menu="Bodies",
    order=32,
    tip="Dissolve the groups that hold a selected body",
    shortcuts=("Ctrl+Shift+G",),
    enabled=something,
    needs="Select bodies first",
    run=lambda window: grouping.ungroup(window.studio.session),
)
