"""Commands for the sound of the scene: in the Timeline menu, along which it lies."""

from revanim.window.command import Command
from revanim.window.window import Window

NONE_YET = "The scene has no sound yet"


def has_sound(window: Window) -> bool:
    """Whether the scene has a sound."""
    return window.studio.sounds.sound is not None


add = Command[Window](
    name="add-sound",
    text="Add Sound…",
    menu="Timeline",
    order=70,
    tip="Lay a sound along the frames: it is heard while the scene plays, and films carry it",
    words="audio music track song wav mp3 flac ogg",
    run=lambda window: window.file_dialogs.ask_and_add_sound(),
)

begin = Command[Window](
    name="begin-sound-here",
    text="Begin Sound Here",
    menu="Timeline",
    order=71,
    tip="Let the sound begin at this frame",
    words="audio music offset shift",
    enabled=has_sound,
    needs=NONE_YET,
    run=lambda window: window.studio.sounds.begin_here(),
)

beats = Command[Window](
    name="mark-beats",
    text="Mark Beats",
    menu="Timeline",
    order=72,
    tip="Put a marker at each beat of the sound",
    words="audio music rhythm tempo onsets",
    enabled=has_sound,
    needs=NONE_YET,
    run=lambda window: window.studio.sounds.mark_beats(),
)

remove = Command[Window](
    name="remove-sound",
    text="Remove Sound",
    menu="Timeline",
    order=73,
    tip="Take the sound away; what follows it stays as it is",
    words="audio music delete",
    enabled=has_sound,
    needs=NONE_YET,
    run=lambda window: window.studio.sounds.remove(),
)

hear = Command[Window](
    name="hear-sound",
    text="Sound",
    menu="Playback",
    order=35,
    tip="Hear the sound of the scene while it plays and is scrubbed",
    words="audio music mute silence volume",
    checked=lambda window: window.studio.loudspeaker.on,
    run=lambda window: window.studio.loudspeaker.set_on(not window.studio.loudspeaker.on),
)
