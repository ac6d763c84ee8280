"""The Look menu: what bodies wear, which way it faces, and words in the picture."""

from revanim.draw.dress.palette import with_look
from revanim.scene.check import FACINGS
from revanim.sentence import Sentence
from revanim.window.command import Command
from revanim.window.window import Window


def toggle_facing(window: Window) -> None:
    """Turn what bodies wear along their way, or upright."""
    along = window.studio.session.scene.look.facing == "upright"
    text = Sentence("Face along the way") if along else Sentence("Face upright")
    window.studio.session.edit(text, with_look(window.studio.session.scene, facing=FACINGS[along]))


add_caption = Command[Window](
    name="add-caption",
    text="Add Caption",
    menu="Look",
    order=54,
    tip="Write words into the picture; what they are stands in Properties, where all of it may have keys",
    words="text title subtitle label",
    run=lambda window: window.studio.filming.add_caption(),
)

wear = Command[Window](
    name="wear",
    text="Wear…",
    menu="Look",
    order=44,
    tip="Paint bodies as a picture, a drawing or a mesh of a file, which the scene then holds",
    words="sprite image svg mesh instance obj",
    run=lambda window: window.file_dialogs.ask_what_to_wear(),
)

facing = Command[Window](
    name="face-along",
    text="Face Along Their Way",
    menu="Look",
    order=45,
    tip="Turn what bodies wear the way that they go, or leave it upright",
    checked=lambda window: window.studio.session.scene.look.facing == "velocity",
    run=toggle_facing,
)
