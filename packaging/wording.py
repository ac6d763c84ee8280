"""What the window says: the texts that are marked in the sources, and those of declared items.

A text is marked where it is written: `tr("...")` says it at once, `Sentence("...")` and `RevanimError("...")` later.
The items of menus, panels and forms are asked for theirs.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import revanim
from revanim.draw.background import Background, backgrounds
from revanim.draw.dress.preset import look_presets
from revanim.draw.style import styles
from revanim.engine.flow import flow_kinds
from revanim.engine.force import force_kinds
from revanim.engine.move import move_kinds
from revanim.engine.parameter import Parameter
from revanim.engine.scheme import schemes
from revanim.export.exporter import PACE, exporters
from revanim.export.preset import PRESETS
from revanim.scene.attribute import attributes
from revanim.scene.ease import eases
from revanim.scene.gallery import examples, sketch
from revanim.scene.importer import importers
from revanim.scene.parts.camera_move import camera_moves
from revanim.scene.parts.cue import cue_kinds
from revanim.scene.pose import pose_kinds
from revanim.scene.source import source_kinds
from revanim.sentence import named
from revanim.session.words import languages
from revanim.window.command import commands
from revanim.window.kit.title import title
from revanim.window.panel import panels_in_order
from revanim.window.panels.export import FIRST, LAST
from revanim.window.preference import Preference, preferences
from revanim.window.shortcuts import presets
from revanim.window.viewport.canvas import tools

Key = tuple[str, str]  # what it is about, and the text
PACKAGE = Path(revanim.__file__).parent
MARKS = {"N_", "tr", "Sentence", "RevanimError"}
SILENT = ("cli",)  # rooms that speak English only
SHOWN = {
    "group",
    "gain",
    "help",
    "hint",
    "menu",
    "needs",
    "nothing",
    "opens_in",
    "text",
    "tip",
    "title",
    "unit",
    "words",
}  # fields of items
SYSTEM = (  # why a file cannot be read or written, as `reason` in scene/file/__init__.py has it from the system
    "disk quota exceeded",
    "file exists",
    "file name too long",
    "input/output error",
    "is a directory",
    "no space left on device",
    "no such file or directory",
    "not a directory",
    "operation not permitted",
    "permission denied",
    "read-only file system",
)


def wording() -> Iterator[tuple[Key, str]]:
    """Yield each text that the window may say, and where it is written."""
    poses = ((("pose", str(named(name))), "revanim/scene/poses") for name in pose_kinds())
    for key, place in (*marked(), *((("", text), place) for text, place in declared()), *poses):
        if re.search(r"[^\W\d_]", re.sub(r"{[^}]*}", "", key[1])):
            yield key, place


def marked() -> Iterator[tuple[Key, str]]:
    """Yield the texts that are marked in the sources."""
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE)
        if place.parts[0] in SILENT:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS and node.args:
                about = literals(node.args[1]) if len(node.args) > 1 else [""]
                yield from (((about[0], text), f"revanim/{place.as_posix()}") for text in literals(node.args[0]))


def literals(node: ast.expr) -> list[str]:
    """Return the texts that an argument may be: one, or one of two by a condition."""
    if isinstance(node, ast.IfExp):
        return [*literals(node.body), *literals(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def declared() -> Iterator[tuple[str, str]]:
    """Yield the texts of items, and where they are declared."""
    items: dict[str, Iterable[Any]] = {
        "draw/backgrounds": backgrounds().values(),
        "draw/presets": look_presets().values(),
        "draw/styles": styles().values(),
        "engine/schemes": schemes().values(),
        "export/exporters": exporters().values(),
        "export/preset.py": PRESETS,
        "scene/eases": eases().values(),
        "scene/filming": camera_moves().values(),
        "scene/imports": importers().values(),
        "window/commands": commands().values(),
        "window/panels": panels_in_order(),
        "window/preferences": preferences().values(),
        "window/presets": presets().values(),
        "window/viewport/tools": tools().values(),
    }
    for place, among in items.items():
        yield from ((text, f"revanim/{place}") for item in among for text in texts_of(item))
    kinds: dict[str, Mapping[str, Any]] = {
        "engine/flows": flow_kinds(),
        "engine/forces": force_kinds(),
        "engine/moves": move_kinds(),
        "scene/attributes": attributes(),
        "scene/cues": cue_kinds(),
        "scene/poses": pose_kinds(),
        "scene/sources": source_kinds(),
    }
    for place, by_name in kinds.items():
        yield from ((str(named(name)), f"revanim/{place}") for name in by_name)
        yield from ((text, f"revanim/{place}") for item in by_name.values() for text in texts_of(item))
    for name in examples():
        scene = sketch(name)
        yield from ((text, "revanim/scene/gallery") for text in (title(name), scene.name, scene.note))
    yield from ((text, "revanim/export/exporter.py") for text in texts_of_parameters((*PACE, FIRST, LAST)))
    yield from ((text, "revanim/scene/file/__init__.py") for text in SYSTEM)


def texts_of(item: Any) -> Iterator[str]:
    """Yield the texts of an item."""
    for field in fields(item):
        value = getattr(item, field.name)
        if field.name in SHOWN and isinstance(value, str):
            yield value
        elif field.name == "parameters":
            yield from texts_of_parameters(value)
        elif field.name in ("presets", "quick"):
            yield from value
        elif field.name == "colors" and isinstance(item, Background):
            yield from (name for name, _ in value)
        elif field.name == "options" and isinstance(item, Preference):
            yield from (text for text in value.values() if text not in languages().values())


def texts_of_parameters(parameters: Iterable[Parameter]) -> Iterator[str]:
    """Yield what parameters and their choices are called, and what is said about them."""
    for parameter in parameters:
        yield from (str(named(parameter.name)), parameter.help, parameter.unit)
        yield from (str(named(choice)).capitalize() for choice in parameter.choices)
