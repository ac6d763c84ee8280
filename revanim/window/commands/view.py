"""The View menu: the camera, and which bodies are shown."""

from collections.abc import Callable
from dataclasses import replace

from revanim.draw.camera import axis_view
from revanim.scene.edits import set_look
from revanim.sentence import N_, Sentence
from revanim.session.words import tr
from revanim.window.command import Choice, Command
from revanim.window.window import Window

PICTURES = {
    N_("Full HD"): (1920, 1080),
    N_("4K"): (3840, 2160),
    N_("HD"): (1280, 720),
    N_("Cinema"): (2048, 858),
    "Square": (1080, 1080),
    N_("Portrait"): (1080, 1350),
    N_("Story"): (1080, 1920),
}


def toggle_flat(window: Window) -> None:
    """Look straight down the z axis, or freely."""
    view = window.studio.session.view
    window.studio.session.look_from(replace(view, flat=not view.flat))


def look_along(axis: int, side: int) -> Callable[[Window], None]:
    """Return a run that looks along an axis (0 x, 1 y, 2 z) from its positive side (+1) or its negative one (-1)."""
    return lambda window: window.studio.session.look_from(axis_view(window.studio.session.view, axis, side))


def has_camera(window: Window) -> bool:
    """Whether the scene has a camera."""
    return window.studio.session.scene.look.camera is not None


def set_camera(window: Window) -> None:
    """Put the camera where the artist looks from."""
    session = window.studio.session
    session.edit(Sentence("Set camera"), set_look(session.scene, camera=session.view))
    session.told.emit(Sentence("The camera is where you look from. 0 looks through it."))


def remove_camera(window: Window) -> None:
    """Let files be made from where the artist looks."""
    studio = window.studio
    if studio.viewing.through:
        studio.viewing.look_through()
    studio.session.edit(Sentence("Remove camera"), set_look(studio.session.scene, camera=None))


def picture_choices(window: Window) -> list[Choice]:
    """Return the sizes that pictures usually have."""
    session = window.studio.session

    def choose(size: tuple[int, int]) -> Callable[[], None]:
        return lambda: session.edit(
            Sentence("Picture {width} × {height}", width=size[0], height=size[1]), set_look(session.scene, picture=size)
        )

    now = session.scene.look.picture
    known = [Choice(f"{tr(name)}  ·  {w} × {h}", choose((w, h)), now == (w, h)) for name, (w, h) in PICTURES.items()]
    return known if now in PICTURES.values() else [*known, Choice(f"{now[0]} × {now[1]}", choose(now), True)]


frame_all = Command[Window](
    name="frame-all",
    text="Frame All",
    menu="View",
    order=10,
    tip="Bring all bodies into view",
    shortcuts=("A",),
    icon="frame-all",
    on_strip=True,
    run=lambda window: window.viewport.canvas.frame_bodies(),
)

frame_selected = Command[Window](
    name="frame-selected",
    text="Frame Selected",
    menu="View",
    order=11,
    tip="Bring the selected bodies into view",
    shortcuts=("F",),
    icon="frame-selected",
    run=lambda window: window.viewport.canvas.frame_bodies(selected=True),
)

isolate = Command[Window](
    name="isolate",
    text="Isolate",
    menu="View",
    order=12,
    tip="Leave only the selected bodies, or show all again",
    shortcuts=("/",),
    icon="isolate",
    checked=lambda window: window.studio.viewing.only is not None,
    run=lambda window: window.studio.viewing.isolate(),
)

flat = Command[Window](
    name="flat",
    text="Flat View",
    menu="View",
    order=20,
    tip="Look straight down the z axis, locked to the plane",
    shortcuts=("D",),
    icon="flat",
    on_strip=True,
    checked=lambda window: window.studio.session.view.flat,
    run=toggle_flat,
)

front, back, right, left, top, bottom = (
    Command[Window](
        name=f"view-{name}",
        text=text,
        menu="View",
        order=21 + place,
        tip=tip,
        shortcuts=(keys,),
        run=look_along(axis, side),
    )
    for place, (name, text, tip, keys, axis, side) in enumerate(
        (
            ("front", "Front", "Look along y, with x to the right", "Num+1", 1, -1),
            ("back", "Back", "Look along y from behind", "Ctrl+Num+1", 1, 1),
            ("right", "Right", "Look along x from its positive side", "Num+3", 0, 1),
            ("left", "Left", "Look along x from its negative side", "Ctrl+Num+3", 0, -1),
            ("top", "Top", "Look along z, from above", "Num+7", 2, 1),
            ("bottom", "Bottom", "Look along z, from below", "Ctrl+Num+7", 2, -1),
        )
    )
)

look_through = Command[Window](
    name="look-through-camera",
    text="Look Through Camera",
    menu="View",
    order=30,
    tip="See what files will show, or go back to where you looked from",
    shortcuts=("0", "Num+0"),
    icon="camera",
    enabled=has_camera,
    needs="There is no camera yet; “Set Camera from View” puts one where you look from.",
    checked=lambda window: window.studio.viewing.through,
    run=lambda window: window.studio.viewing.look_through(),
)

camera_from_view = Command[Window](
    name="set-camera",
    text="Set Camera from View",
    menu="View",
    order=31,
    tip="Put the camera where you look from",
    shortcuts=("Ctrl+Alt+0",),
    run=set_camera,
)

camera_away = Command[Window](
    name="remove-camera",
    text="Remove Camera",
    menu="View",
    order=32,
    tip="Let files show what you look at",
    enabled=has_camera,
    needs="There is no camera to remove.",
    run=remove_camera,
)

picture_size = Command[Window](
    name="picture-size",
    text="Picture Size",
    menu="View",
    order=33,
    tip="How many pixels the pictures of files have",
    choices=picture_choices,
)

safe_areas = Command[Window](
    name="safe-areas",
    text="Safe Areas",
    menu="View",
    order=34,
    tip="Show which parts of the camera's frame are safe for action and for titles",
    checked=lambda window: window.studio.viewing.safe,
    run=lambda window: window.studio.viewing.set_safe(not window.studio.viewing.safe),
)
