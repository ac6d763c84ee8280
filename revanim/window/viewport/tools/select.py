"""The select tool: a click, or a box."""

from revanim.window.viewport.canvas import Tool
from revanim.window.viewport.selecting import Select

select = Tool(
    name="select",
    text="Select Tool",
    order=0,
    tip="Click or draw a box to select",
    shortcuts=("Q",),
    icon="tool-select",
    begin=Select,
)
