"""The window in another language, at once: it is furnished anew over the same session.

Texts are written when a widget is built, so others take other widgets. The work is in the session, which goes on. What
a person has set up in the widgets themselves goes from each to the one that stands in its place: both were built by the
same code over the same session, so the n-th of its kind in a part of the window is the n-th again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDockWidget,
    QLineEdit,
    QToolButton,
    QWidget,
)
from shiboken6 import delete

from revanim.session.threads.garbage import forget
from revanim.session.words import reword, speak, spoken
from revanim.window.frame.lost import offer_lost_work
from revanim.window.frame.offer import Offer
from revanim.window.frame.sheet import Sheet
from revanim.window.frame.tour import Tour
from revanim.window.preference import preferences
from revanim.window.viewport.source_card import SourceCard, show_card

if TYPE_CHECKING:
    from revanim.window.window import Window

Parts = dict[str, QWidget]
Pair = tuple[QWidget, QWidget]  # a widget, and the one that stands in its place
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


@runtime_checkable
class Heir(Protocol):
    """A widget that knows more than the session does."""

    def inherit(self, before: Any) -> None:
        """Take over what a person has set up in the one that stood in its place before."""


def speak_now(window: Window, language: str) -> None:
    """Let an open window speak another language; the work goes on meanwhile, and nothing of it is touched."""
    before = spoken()
    if language == before.code:
        return
    speak(language)
    history, jobs = window.studio.session.history, window.studio.jobs.running
    for edit in map(history.command, range(history.count())):
        edit.setText(reword(edit.text(), before))
    for job in jobs:
        job.name = reword(job.name, before)
    furnish_anew(window)
    forget()


def furnish_anew(window: Window) -> None:
    """Build every widget of the window once more, let each inherit, and destroy those that were there."""
    focus, actions, old = QApplication.focusWidget(), list(window.actions_by_name.values()), parts_of(window)
    with standing_still(window):
        state, stripped = window.saveState(), window.strip.isHidden()
        take_out(window, old)
        window.furnish()
        arrange(window, state)
        window.strip.setHidden(stripped)
        open_again(window, old)
        pairs = list(hand_down(old, parts_of(window)))
        scroll(pairs)
        next((after for before, after in pairs if before is focus), window.viewport).setFocus()
        for gone in (*old.values(), *actions):
            delete(gone)
        window.refresh()


@contextmanager
def standing_still(window: Window) -> Iterator[None]:
    """Let the screen show what it shows until all is in its place."""
    animated = window.isAnimated()
    window.setAnimated(False)
    window.setUpdatesEnabled(False)
    yield
    window.setUpdatesEnabled(True)
    window.setAnimated(animated)


def parts_of(window: Window) -> Parts:
    """Return what the window is made of, by name."""
    menu, centre = window.menuBar(), window.centralWidget()
    assert centre is not None
    docks = {dock.objectName(): dock for dock in (window.foot, *window.docks)}
    over = [one for one in window.findChildren(QWidget, options=DIRECT) if isinstance(one, Sheet | Tour)]
    pages = {type(one).__name__: one for one in over if not one.isHidden()}
    return {"menu": menu, "status": window.status, "centre": centre, **docks, **pages}


def take_out(window: Window, parts: Parts) -> None:
    """Leave the window bare; the parts end their threads, and say no more."""
    window.studio.session.parting.emit()
    window.welcome.blockSignals(True)
    for part in parts.values():
        part.blockSignals(True)
        if isinstance(part, QDockWidget):
            window.removeDockWidget(part)
        part.setParent(None)


def arrange(window: Window, state: QByteArray) -> None:
    """Put the panels where they were; those that come to the front in passing are not looked at.

    What Qt would show soon is shown now: the panels would take its room meanwhile, and keep it.
    """
    for part in (window.menuBar(), window.status, window.centralWidget()):
        if part is not None:
            part.show()
    for dock in window.docks:
        dock.blockSignals(True)
    window.restoreState(state)
    for dock in window.docks:
        dock.blockSignals(False)
        dock.visibilityChanged.emit(not dock.visibleRegion().isEmpty())


def open_again(window: Window, old: Parts) -> None:
    """Show what comes and goes where it was to be seen, and tell the widgets what a person prefers of them."""
    for preference in preferences().values():
        if preference.worn:
            preference.apply(window, preference.value)
    for before in old.values():
        if isinstance(before, Sheet):
            Sheet(window, type(before.page)(window))
        elif isinstance(before, Tour):
            Tour(window)
    card = next(iter(old["centre"].findChildren(SourceCard)), None)
    if card is not None and not card.isHidden():
        show_card(window.viewport, card.maker)
    if old["centre"].findChild(Offer) is not None:
        offer_lost_work(window)


def hand_down(old: Parts, new: Parts) -> Iterator[Pair]:
    """Let every widget be as the one before was set up; yield each with that one."""
    for name, part in new.items():
        give(old[name], part)
        yield old[name], part
        for before, after in alike(old[name], part):
            give(before, after)
            yield before, after


def alike(before: QWidget, after: QWidget) -> Iterator[Pair]:
    """Yield what is in two parts that were built alike, each with the one in its place; outer ones first."""
    there, here = of_each_kind(before), of_each_kind(after)
    for kind, built in here.items():
        if len(there[kind]) == len(built):
            yield from zip(there[kind], built, strict=True)


def of_each_kind(part: QWidget) -> dict[type[QWidget], list[QWidget]]:
    """Return the widgets in a part by their type, in the order in which they were made."""
    kinds: dict[type[QWidget], list[QWidget]] = defaultdict(list)
    for each in part.findChildren(QWidget):
        kinds[type(each)].append(each)
    return kinds


def give(before: QWidget, after: QWidget) -> None:
    """Let a widget be as it was set up: what it inherits by itself, else whether it is folded and what is searched."""
    if isinstance(after, Heir):
        after.inherit(before)
    elif isinstance(after, QToolButton) and after.defaultAction() is not None:
        return  # its action knows
    elif isinstance(before, QAbstractButton) and isinstance(after, QAbstractButton) and after.isCheckable():
        after.setChecked(before.isChecked())
    elif isinstance(before, QLineEdit) and isinstance(after, QLineEdit) and after.property("search"):
        after.setText(before.text())


def scroll(pairs: list[Pair]) -> None:
    """Let what is longer than its place show the same part of it, once it knows how long it is."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    for before, after in pairs:
        if isinstance(before, QAbstractScrollArea) and isinstance(after, QAbstractScrollArea):
            after.verticalScrollBar().setValue(before.verticalScrollBar().value())
