"""Another language at once: the window builds its widgets again over the same session.

Texts are written when a widget is built, so others take other widgets. The work is in the session, which goes on. What
a person has set up in the widgets themselves goes from each to the one that stands in its place: both were built by the
same code over the same session, so the n-th of its type in an area of the window is the n-th again.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol, runtime_checkable

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
from revanim.session.words import speak, spoken
from revanim.window.cards.source_card import SourceCard, show_card
from revanim.window.frame.banner import Banner
from revanim.window.frame.questions import Questions
from revanim.window.frame.recover import ask_to_recover
from revanim.window.frame.sheet import Sheet
from revanim.window.frame.tour import Tour
from revanim.window.preference import preferences
from revanim.window.window import Window

Areas = dict[str, QWidget]  # of the window, by name
Pair = tuple[QWidget, QWidget]  # a widget, and the one that stands in its place
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


@runtime_checkable
class Heir(Protocol):
    """A widget with a state of its own, which is not in the session."""

    def inherit(self, before: Any) -> None:
        """Take over that state from the widget that stood in its place before."""


def switch_language(window: Window, language: str) -> None:
    """Let an open window speak another language; work in the background goes on."""
    if language == spoken():
        return
    speak(language)
    window.studio.session.name_steps()
    rebuild(window)
    forget()


def rebuild(window: Window) -> None:
    """Build every widget of the window again, let each inherit from the one before, and destroy those."""
    focus, actions, old = QApplication.focusWidget(), list(window.actions_by_name.values()), areas_of(window)
    with frozen_screen(window):
        state, stripped = window.saveState(), window.strip.isHidden()
        take_out(window, old)
        window.furnish()
        arrange(window, state)
        window.strip.setHidden(stripped)
        open_again(window, old)
        pairs = list(copy_states(old, areas_of(window)))
        scroll(pairs)
        next((after for before, after in pairs if before is focus), window.viewport).setFocus()
        for gone in (*old.values(), *actions):
            delete(gone)
        window.refresh()


@contextmanager
def frozen_screen(window: Window) -> Iterator[None]:
    """Keep what is on the screen until everything is in its place."""
    animated = window.isAnimated()
    window.setAnimated(False)
    window.setUpdatesEnabled(False)
    try:
        yield
    finally:
        window.setUpdatesEnabled(True)
        window.setAnimated(animated)


def areas_of(window: Window) -> Areas:
    """Return the areas that the window consists of."""
    menu, centre = window.menuBar(), window.centralWidget()
    assert centre is not None
    docks = {dock.objectName(): dock for dock in (window.foot, *window.docks)}
    over = [one for one in window.findChildren(QWidget, options=DIRECT) if isinstance(one, Sheet | Tour)]
    pages = {type(one).__name__: one for one in over if not one.isHidden()}
    return {"menu": menu, "status": window.status, "centre": centre, **docks, **pages}


def take_out(window: Window, areas: Areas) -> None:
    """Take the areas out of the window; their threads end, and they send no more signals."""
    window.studio.session.parting.emit()
    window.welcome.blockSignals(True)
    for area in areas.values():
        area.blockSignals(True)
        if isinstance(area, QDockWidget):
            window.removeDockWidget(area)
        area.setParent(None)


def arrange(window: Window, state: QByteArray) -> None:
    """Put the panels where they were; those that come to the front only in passing are not built.

    What Qt would show soon is shown now: the panels would take its room meanwhile, and keep it.
    """
    for area in (window.menuBar(), window.status, window.centralWidget()):
        if area is not None:
            area.show()
    for dock in window.docks:
        dock.blockSignals(True)
    window.restoreState(state)
    for dock in window.docks:
        dock.blockSignals(False)
        dock.visibilityChanged.emit(not dock.visibleRegion().isEmpty())


def open_again(window: Window, old: Areas) -> None:
    """Show the sheet, tour, card and banners again that were open, and apply the preferences of widgets."""
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
    asked = old["centre"].findChild(Questions)
    assert asked is not None
    window.questions.inherit(asked)
    if any(banner is not asked.banner for banner in old["centre"].findChildren(Banner)):
        ask_to_recover(window)


def copy_states(old: Areas, new: Areas) -> Iterator[Pair]:
    """Give every widget the state of the one before; yield them in pairs."""
    for name, area in new.items():
        copy_state(old[name], area)
        yield old[name], area
        for before, after in alike(old[name], area):
            copy_state(before, after)
            yield before, after


def alike(before: QWidget, after: QWidget) -> Iterator[Pair]:
    """Yield the widgets in two areas that were built alike, each with the one in its place; outer ones first."""
    there, here = by_type(before), by_type(after)
    for kind, built in here.items():
        if len(there[kind]) == len(built):
            yield from zip(there[kind], built, strict=True)


def by_type(area: QWidget) -> dict[type[QWidget], list[QWidget]]:
    """Return the widgets in an area by their type, in the order in which they were made."""
    kinds: dict[type[QWidget], list[QWidget]] = defaultdict(list)
    for each in area.findChildren(QWidget):
        kinds[type(each)].append(each)
    return kinds


def copy_state(before: QWidget, after: QWidget) -> None:
    """Give a widget the state of the one before: what it inherits by itself, its check mark, or its search text."""
    if isinstance(after, Heir):
        after.inherit(before)
    elif isinstance(after, QToolButton) and after.defaultAction() is not None:
        return  # its action knows
    elif isinstance(before, QAbstractButton) and isinstance(after, QAbstractButton) and after.isCheckable():
        after.setChecked(before.isChecked())
    elif isinstance(before, QLineEdit) and isinstance(after, QLineEdit) and after.property("search"):
        after.setText(before.text())


def scroll(pairs: list[Pair]) -> None:
    """Scroll what is longer than its place to where it was, once it knows how long it is."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    for before, after in pairs:
        if isinstance(before, QAbstractScrollArea) and isinstance(after, QAbstractScrollArea):
            after.verticalScrollBar().setValue(before.verticalScrollBar().value())
