"""Edits: functions from a scene to a scene. Undo is the scene before."""

from revanim.scene.edits.bodies import set_bodies, set_motion
from revanim.scene.edits.copies import duplicate, paste
from revanim.scene.edits.groups import set_groups
from revanim.scene.edits.home import rehome
from revanim.scene.edits.keyframes import (
    add_keyframe,
    color_by_targets,
    move_keyframe,
    remove_keyframe,
    replace_keyframe,
    set_keyframes,
)
from revanim.scene.edits.loop import add_loop
from revanim.scene.edits.markers import set_markers
from revanim.scene.edits.parts import set_forces, set_moves
from revanim.scene.edits.remove import only, remove_bodies
from revanim.scene.edits.settings import rename, set_look, set_note, set_planar, set_scheme, set_timing
from revanim.scene.edits.takes import keep_take, remove_take, rename_take, set_takes, switch_take

__all__ = [
    "add_keyframe",
    "add_loop",
    "color_by_targets",
    "duplicate",
    "keep_take",
    "move_keyframe",
    "only",
    "paste",
    "rehome",
    "remove_bodies",
    "remove_keyframe",
    "remove_take",
    "rename",
    "rename_take",
    "replace_keyframe",
    "set_bodies",
    "set_forces",
    "set_groups",
    "set_keyframes",
    "set_look",
    "set_markers",
    "set_motion",
    "set_moves",
    "set_note",
    "set_planar",
    "set_scheme",
    "set_takes",
    "set_timing",
    "switch_take",
]
