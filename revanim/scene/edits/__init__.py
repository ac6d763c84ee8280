"""Edits: functions from a scene to a scene. Undo is the scene before."""

from revanim.scene.edits.assets import add_parts, part_alone
from revanim.scene.edits.bodies import kick_bodies, move_bodies, set_bodies, set_motion, spread_bodies, turn_bodies
from revanim.scene.edits.bring import bring_bodies
from revanim.scene.edits.copies import duplicate, join, paste
from revanim.scene.edits.groups import add_group, remove_group, reorder_group, replace_group, set_groups
from revanim.scene.edits.home import rehome, stand_at
from revanim.scene.edits.keyframes import (
    add_keyframe,
    color_by_targets,
    move_keyframe,
    remove_keyframe,
    replace_keyframe,
    set_keyframes,
)
from revanim.scene.edits.links import add_links, link_bodies
from revanim.scene.edits.loop import add_loop, reverse_from
from revanim.scene.edits.markers import add_marker, remove_marker, replace_marker, set_markers
from revanim.scene.edits.parts import (
    add_part,
    let_act_on,
    mute_part,
    remove_part,
    reorder_part,
    replace_part,
    set_cues,
    set_flows,
    set_forces,
    set_moves,
    set_values,
)
from revanim.scene.edits.paths import (
    begin_paths,
    catch,
    draw_path,
    follow_body,
    lead_to,
    let_go,
    set_path,
    without_path,
)
from revanim.scene.edits.picture.camera import aim_camera, key_camera, move_camera, set_camera, without_camera
from revanim.scene.edits.picture.worn import set_figure, set_sprite
from revanim.scene.edits.push import push_at
from revanim.scene.edits.rate import set_rate
from revanim.scene.edits.remove import only, remove_bodies
from revanim.scene.edits.settings import rename, set_look, set_note, set_planar, set_scheme, set_timing
from revanim.scene.edits.solved import move_as, recolor
from revanim.scene.edits.standing import lay_part, lead_part
from revanim.scene.edits.takes import keep_take, remove_take, rename_take, set_takes, switch_take
from revanim.scene.edits.targets import move_shape, set_shape, set_targets

__all__ = [
    "add_group",
    "add_keyframe",
    "add_links",
    "add_loop",
    "add_marker",
    "add_part",
    "add_parts",
    "aim_camera",
    "begin_paths",
    "bring_bodies",
    "catch",
    "color_by_targets",
    "draw_path",
    "duplicate",
    "follow_body",
    "join",
    "keep_take",
    "key_camera",
    "kick_bodies",
    "lay_part",
    "lead_part",
    "lead_to",
    "let_act_on",
    "let_go",
    "link_bodies",
    "move_as",
    "move_bodies",
    "move_camera",
    "move_keyframe",
    "move_shape",
    "mute_part",
    "only",
    "part_alone",
    "paste",
    "push_at",
    "recolor",
    "rehome",
    "remove_bodies",
    "remove_group",
    "remove_keyframe",
    "remove_marker",
    "remove_part",
    "remove_take",
    "rename",
    "rename_take",
    "reorder_group",
    "reorder_part",
    "replace_group",
    "replace_keyframe",
    "replace_marker",
    "replace_part",
    "reverse_from",
    "set_bodies",
    "set_camera",
    "set_cues",
    "set_figure",
    "set_flows",
    "set_forces",
    "set_groups",
    "set_keyframes",
    "set_look",
    "set_markers",
    "set_motion",
    "set_moves",
    "set_note",
    "set_path",
    "set_planar",
    "set_rate",
    "set_scheme",
    "set_shape",
    "set_sprite",
    "set_takes",
    "set_targets",
    "set_timing",
    "set_values",
    "spread_bodies",
    "stand_at",
    "switch_take",
    "turn_bodies",
    "without_camera",
    "without_path",
]
