"""Bodies or keys on the clipboard: a small scene in the format of the file, so that two windows can exchange them."""

import atexit
import io
import sys
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

from revanim.error import RevanimError
from revanim.scene import edits
from revanim.scene.file import MIMETYPE, decode, encode
from revanim.scene.scene import Keyframe, Scene
from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.work import bodies as editing
from revanim.session.work.keyframes import Keyframes

KEYS = f"{MIMETYPE}; of=keys"


VALUES = f"{MIMETYPE}; of=values"


def copy(session: Session) -> bool:
    """Copy the selected bodies, as they are shown, with their links, forces and groups."""
    session.pause()
    scene, who = editing.scene_here(session), editing.chosen(session)
    if scene is None or not who.size:
        return False
    alone = replace(edits.only(scene, who), keyframes=(), markers=(), take="", takes=())
    _put(MIMETYPE, alone)
    return True


def copy_keys(session: Session, keys: Iterable[Keyframe]) -> None:
    """Copy keyframes: a scene of the same bodies with nothing else."""
    chosen = tuple(sorted(keys, key=lambda key: key.frame))
    moves = edits.set_moves(session.scene, ())  # whose lanes the bodies carry
    _put(KEYS, replace(moves, forces=(), groups=(), keyframes=chosen, markers=(), take="", takes=()))


def _put(form: str, scene: Scene) -> None:
    data = QMimeData()
    data.setData(form, QByteArray(encode(scene, thumbnail=b"", packed=False)))
    QGuiApplication.clipboard().setMimeData(data)


def paste(session: Session) -> bool:
    """Put copies of the bodies on the clipboard into the scene as it is shown, a little aside, and select them."""
    try:
        other = held()
    except RevanimError as error:
        session.failed.emit(error.sentence)
        return False
    return editing.edit_and_select(
        session, Sentence("Paste"), lambda scene: edits.join(scene, editing.aside(session, other))
    )


def paste_keys(keyframes: Keyframes) -> None:
    """Set copies of the keys on the clipboard, the first of them at the playhead, and select them."""
    session = keyframes.session
    try:
        keys, count = held(KEYS).keyframes, session.scene.bodies.count
        if any(key.bodies.size and key.bodies.max() >= count for key in keys):
            raise RevanimError("The keys on the clipboard are about bodies that this scene does not have.")
    except RevanimError as error:
        session.failed.emit(error.sentence)
        return
    keyframes.move(frozenset(keys), session.frame - keys[0].frame, copy=True)


def mark_values() -> None:
    """Say that what was copied last are keys of values: whoever has them keeps them."""
    data = QMimeData()
    data.setData(VALUES, QByteArray(b"1"))
    QGuiApplication.clipboard().setMimeData(data)


def holds(form: str) -> bool:
    """Whether what was copied last is of a form: MIMETYPE, KEYS or VALUES."""
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()  # None where nobody has copied anything yet
    return data is not None and data.hasFormat(form)


def held(form: str = MIMETYPE) -> Scene:
    """Return the scene on the clipboard."""
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()
    if data is None or not data.hasFormat(form):
        raise RevanimError("There are no bodies on the clipboard; select some and copy them first.")
    return decode(io.BytesIO(bytes(data.data(form).data())), Sentence("What is on the clipboard"))


def _let_go() -> None:
    """Empty a clipboard that ends with the process: Qt would delete what it holds when Python is gone, and crash."""
    if sys.platform == "linux" and QGuiApplication.instance():
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard() or QGuiApplication.platformName() == "offscreen":  # that one owns nothing, it says
            clipboard.clear()


atexit.register(_let_go)
