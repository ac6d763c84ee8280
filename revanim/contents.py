"""The contents page: the public names, which `revanim` fetches from here when one of them is first asked for."""

import os

from revanim.draw.background import Background
from revanim.draw.background import backgrounds as _backgrounds
from revanim.draw.style import Style
from revanim.draw.style import styles as _styles
from revanim.engine.flow import FlowKernels, FlowKind, flow_kinds
from revanim.engine.force import ForceKernels, ForceKind, force_kinds
from revanim.engine.kind import Kind, Lane
from revanim.engine.move import MoveKernels, MoveKind, move_kinds
from revanim.engine.parameter import Curve, Formula, Keyed, Parameter
from revanim.engine.scheme import Scheme
from revanim.engine.scheme import schemes as _schemes
from revanim.error import RevanimError
from revanim.export.exporter import Exporter, export
from revanim.export.exporter import exporters as _exporters
from revanim.scene import edits
from revanim.scene.build import ScenePlayhead as Playhead
from revanim.scene.file import load
from revanim.scene.gallery import example, examples
from revanim.scene.importer import Importer, import_scene
from revanim.scene.importer import importers as _importers
from revanim.scene.keyframe import keyframe
from revanim.scene.keys import formula, keyed
from revanim.scene.looks.named import tell_names
from revanim.scene.make import make_scene
from revanim.scene.part import cue, flow, force, move
from revanim.scene.parts.cue import CueKind, cue_kind, cue_kinds
from revanim.scene.passed import Passed, between, silent
from revanim.scene.pose import Pose, PoseKind, pose_kinds
from revanim.scene.pose import make_pose as pose
from revanim.scene.scene import Group, Keyframe, Look, Marker, Part, Ramp, Scene, Take, Timing, View
from revanim.solve.controls.control import Control
from revanim.solve.objective import Objective
from revanim.solve.run import Progress
from revanim.solve.solve import solve

__all__ = [
    "Background",
    "Control",
    "Curve",
    "Exporter",
    "FlowKernels",
    "ForceKernels",
    "Formula",
    "Group",
    "Importer",
    "Keyed",
    "Keyframe",
    "Kind",
    "Lane",
    "Look",
    "Marker",
    "MoveKernels",
    "Objective",
    "Parameter",
    "Part",
    "Playhead",
    "Pose",
    "PoseKind",
    "Progress",
    "Ramp",
    "RevanimError",
    "Scene",
    "Scheme",
    "Style",
    "Take",
    "Timing",
    "View",
    "backgrounds",
    "cue",
    "cue_kind",
    "cues",
    "edits",
    "example",
    "examples",
    "export",
    "exporters",
    "flow",
    "flows",
    "force",
    "forces",
    "formula",
    "import_scene",
    "importers",
    "keyed",
    "keyframe",
    "load",
    "make_scene",
    "move",
    "moves",
    "pose",
    "poses",
    "save",
    "schemes",
    "solve",
    "styles",
]

DRAWING = 0.4  # of the time that saving takes

tell_names("style", _styles)
tell_names("background", _backgrounds)


def save(scene: Scene, path: str | os.PathLike[str], *, passed: Passed = silent) -> None:
    """Write a scene with its thumbnail, whole or not at all; raises RevanimError when it cannot be written.

    `passed` hears which part is done, and may raise to end the work; what was there then stays.
    """
    from revanim.draw.thumbnail import thumbnail  # only who saves pays for the painter
    from revanim.scene.file import save as write

    picture = thumbnail(scene, between(passed, 0.0, DRAWING))
    write(scene, path, picture, between(passed, DRAWING, 1.0))


def forces() -> list[ForceKind]:
    """Return every force there is, with its `name` and `parameters`."""
    return list(force_kinds().values())


def flows() -> list[FlowKind]:
    """Return every flow there is."""
    return list(flow_kinds().values())


def moves() -> list[MoveKind]:
    """Return every move there is."""
    return list(move_kinds().values())


def cues() -> list[CueKind]:
    """Return everything that says how a scene is shown."""
    return list(cue_kinds().values())


def schemes() -> list[Scheme]:
    """Return every scheme there is."""
    return list(_schemes().values())


def exporters() -> list[Exporter]:
    """Return every format that frames can be written in."""
    return list(_exporters().values())


def importers() -> list[Importer]:
    """Return every kind of file of another tool that becomes a scene."""
    return list(_importers().values())


def poses() -> list[PoseKind]:
    """Return everything that a target can come from."""
    return list(pose_kinds().values())


def styles() -> list[Style]:
    """Return every way to paint bodies."""
    return list(_styles().values())


def backgrounds() -> list[Background]:
    """Return everything that can lie behind the bodies."""
    return list(_backgrounds().values())
