"""The View menu: the camera through which files are made."""

from collections.abc import Callable
from functools import partial

from revanim.scene.edits import set_look
from revanim.scene.edits.picture.camera import has_camera
from revanim.scene.parts.camera_move import camera_moves
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


def there_is_one(window: Window) -> bool:
    """Whether the scene has a camera."""
    return has_camera(window.studio.session.scene)


def move_choices(window: Window) -> list[Choice]:
    """Return the ways that the camera can go by itself."""
    filming = window.studio.filming
    return [Choice(tr(move.title), partial(filming.go, move), tip=tr(move.help)) for move in camera_moves().values()]


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


look_through = Command[Window](
    name="look-through-camera",
    text="Look Through Camera",
    menu="View",
    order=30,
    tip="See what files will show, or go back to where you looked from",
    shortcuts=("0", "Num+0"),
    icon="camera",
    enabled=there_is_one,
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
    run=lambda window: window.studio.filming.put(),
)

camera_key = Command[Window](
    name="key-camera",
    text="Set Camera Key",
    menu="View",
    order=32,
    tip="Let the camera be where you look from at this frame, and go there from its other keys",
    shortcuts=("Ctrl+Alt+K",),
    words="keyframe animate camera move",
    run=lambda window: window.studio.filming.set_key(),
)

camera_move = Command[Window](
    name="move-camera",
    text="Move Camera",
    menu="View",
    order=33,
    tip="Let the camera go by itself over the frames that play; its keys can be changed afterwards",
    words="turntable orbit dolly zoom crane",
    choices=move_choices,
)

camera_follows = Command[Window](
    name="follow-with-camera",
    text="Follow with Camera",
    menu="View",
    order=34,
    tip="Let the camera look at the selected bodies wherever they go",
    enabled=lambda window: bool(window.studio.session.selection.any()),
    needs="Select the bodies that the camera shall look at.",
    words="track target aim",
    run=lambda window: window.studio.filming.follow(),
)

camera_away = Command[Window](
    name="remove-camera",
    text="Remove Camera",
    menu="View",
    order=35,
    tip="Let files show what you look at",
    enabled=there_is_one,
    needs="There is no camera to remove.",
    run=lambda window: window.studio.filming.remove(),
)

picture_size = Command[Window](
    name="picture-size",
    text="Picture Size",
    menu="View",
    order=36,
    tip="How many pixels the pictures of files have",
    choices=picture_choices,
)

safe_areas = Command[Window](
    name="safe-areas",
    text="Safe Areas",
    menu="View",
    order=37,
    tip="Show which parts of the camera's frame are safe for action and for titles",
    checked=lambda window: window.studio.viewing.safe,
    run=lambda window: window.studio.viewing.set_safe(not window.studio.viewing.safe),
)
