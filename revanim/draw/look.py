"""The one table of colours: the palette, the style sheet, the overlay and the painted picture all read it."""

from dataclasses import dataclass

Rgb = tuple[int, int, int]  # 0 to 255


@dataclass(frozen=True)
class Tokens:
    """Colours by what they mean, each as `#rrggbb`.

    Surfaces go from the deepest (`background`, behind everything) to the nearest (`hover`).
    """

    # Surfaces
    background: str
    surface: str
    panel: str
    header: str
    raised: str
    control: str
    hover: str
    # Text, and what has the focus
    text: str
    dim: str
    disabled: str
    on_accent: str
    accent: str
    playhead: str
    selection: str
    # Keyframes and time
    key: str
    key_selected: str
    past: str
    future: str
    # News
    ok: str
    warn: str
    error: str
    # The picture
    axis_x: str
    axis_y: str
    axis_z: str
    viewport_top: str
    viewport_bottom: str
    glow_top: str
    glow_bottom: str
    shade: str  # around what is written over it


DARK = Tokens(
    background="#161616",
    surface="#1d1d1d",
    panel="#282828",
    header="#303030",
    raised="#3d3d3d",
    control="#4a4a4a",
    hover="#575757",
    text="#e6e6e6",
    dim="#a8a8a8",
    disabled="#6b6b6b",
    on_accent="#ffffff",
    accent="#4772b3",
    playhead="#6fa0e6",
    selection="#ffa028",
    key="#bfbfbf",
    key_selected="#ffbe33",
    past="#ff9d4d",
    future="#4dd0e1",
    ok="#4caf6a",
    warn="#d9a441",
    error="#ee6166",
    axis_x="#ff3352",
    axis_y="#8bdc00",
    axis_z="#2890ff",
    viewport_top="#3d3d3d",
    viewport_bottom="#303030",
    glow_top="#14161c",
    glow_bottom="#08090c",
    shade="#08090c",
)

LIGHT = Tokens(
    background="#c4c4c4",
    surface="#f4f4f4",
    panel="#ebebeb",
    header="#dedede",
    raised="#ffffff",
    control="#d2d2d2",
    hover="#c6c6c6",
    text="#1c1c1c",
    dim="#505050",
    disabled="#929292",
    on_accent="#ffffff",
    accent="#3a68b0",
    playhead="#2f68c4",
    selection="#c26a00",
    key="#6a6a6a",
    key_selected="#b87400",
    past="#c25a0a",
    future="#007f93",
    ok="#27753f",
    warn="#8a6000",
    error="#c0282e",
    axis_x="#d4203e",
    axis_y="#4f8a00",
    axis_z="#0f6fd8",
    viewport_top="#d8d8d8",
    viewport_bottom="#c2c2c2",
    # Light that adds up needs the dark: a glowing scene is a night scene in every theme.
    glow_top="#14161c",
    glow_bottom="#08090c",
    shade="#ffffff",
)


def rgb(token: str) -> Rgb:
    """Return red, green and blue, 0 to 255, of a colour written `#rrggbb`."""
    return int(token[1:3], 16), int(token[3:5], 16), int(token[5:7], 16)
