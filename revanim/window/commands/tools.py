"""The tools: a command for each, which takes it into the hand, or lays it down."""

from revanim.window.command import Command
from revanim.window.viewport.canvas import Tool, tools
from revanim.window.window import Window


def command_of(tool: Tool) -> Command[Window]:
    """Return the command of a tool."""
    return Command[Window](
        name=f"{tool.name}-tool",
        text=tool.text,
        menu=tool.menu,
        order=tool.order,
        tip=tool.tip,
        shortcuts=tool.shortcuts,
        icon=tool.icon,
        on_strip=True,
        is_tool=True,
        checked=lambda window: window.viewport.canvas.tool is tool,
        run=lambda window: window.viewport.canvas.toggle(tool),
    )


vars().update({f"{name}_tool": command_of(tool) for name, tool in tools().items()})  # one for each in the folder
