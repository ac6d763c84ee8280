"""The lasso tool: an outline drawn by hand."""

from revanim.window.viewport.canvas import Tool
from revanim.window.viewport.selecting import begin_lasso

lasso = Tool(
    name="lasso",
    text="Lasso Tool",
    order=1,
    tip="Draw around bodies to select them; Ctrl+Alt-drag does so with any tool",
    shortcuts=("Shift+Q",),
    icon="tool-lasso",
    hint="Draw around bodies  ·  Shift adds, Ctrl takes away  ·  Q ends",
    begin=begin_lasso,
)
