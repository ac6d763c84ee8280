"""Bodies on the clipboard: a small scene in the format of the file, so that two windows can exchange them."""

import atexit
import io
import sys
from dataclasses import replace

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

from revanim.error import RevanimError
from revanim.scene import edits
from revanim.scene.file import MIMETYPE, decode, encode
from revanim.scene.scene import Scene
from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.work import bodies as editing


def copy(session: Session) -> bool:
    """Copy the selected bodies, as they are shown, with their links, forces and groups."""
    session.pause()
    scene, who = editing.scene_here(session), editing.chosen(session)
    if scene is None or not who.size:
        return False
    alone = replace(edits.only(scene, who), keyframes=(), markers=(), take="", takes=())
    data = QMimeData()
    data.setData(MIMETYPE, QByteArray(encode(alone, thumbnail=b"", packed=False)))
    QGuiApplication.clipboard().setMimeData(data)
    return True


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


def held() -> Scene:
    """Return the scene on the clipboard."""
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()  # None where nobody has copied anything yet
    if data is None or not data.hasFormat(MIMETYPE):
        raise RevanimError("There are no bodies on the clipboard; select some and copy them first.")
    return decode(io.BytesIO(bytes(data.data(MIMETYPE).data())), Sentence("What is on the clipboard"))


def _let_go() -> None:
    """Empty a clipboard that ends with the process: Qt would delete what it holds when Python is gone, and crash."""
    if sys.platform == "linux" and QGuiApplication.instance():
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard() or QGuiApplication.platformName() == "offscreen":  # that one owns nothing, it says
            clipboard.clear()


atexit.register(_let_go)
