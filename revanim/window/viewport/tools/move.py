"""The move tool: arrows along the axes."""

from functools import partial

from revanim.window.viewport.canvas import Tool
from revanim.window.viewport.gizmo import begin_on_gizmo, paint_gizmo
from revanim.window.viewport.transform import MOVE

move = Tool(
    name="move",
    text="Move Tool",
    order=2,
    tip="Drag what is selected along an axis",
    shortcuts=("W",),
    icon="tool-move",
    hint="Drag an arrow, or the middle  ·  G moves from anywhere  ·  Q ends",
    begin=partial(begin_on_gizmo, mode=MOVE),
    paint=partial(paint_gizmo, mode=MOVE),
)
