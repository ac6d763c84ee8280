"""What is in the scene: groups of bodies, forces, moves and keyframes, each a row to click, switch, rename and drag."""

from functools import partial

import numpy as np
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from revanim.scene.edits import remove_bodies
from revanim.scene.edits.parts import PARTS
from revanim.scene.scene import Scene
from revanim.sentence import Sentence
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.session.work import bodies as editing
from revanim.session.work import groups as grouping
from revanim.session.work.forces import Place
from revanim.window.kit.widgets import column, icon_button, let_search, row
from revanim.window.outline.model import EYE, OutlineModel
from revanim.window.outline.rows import Row
from revanim.window.outline.tree import OutlineTree
from revanim.window.panel import Panel
from revanim.window.sections.assets import ask_to_keep

SIZE = (304, 240)
Flag = QItemSelectionModel.SelectionFlag


class Search(QLineEdit):
    """A line to search with; Esc shows everything again."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setPlaceholderText(tr("Search"))
        self.setAccessibleName(tr("Search the outliner"))
        self.setToolTip(tr("Show the rows that have all these words"))
        let_search(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
        else:
            super().keyPressEvent(event)


class Outliner(QWidget):
    """A search line above the tree; what is selected in the tree is selected everywhere, and back."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.studio = studio
        self.rows = OutlineModel(studio, self)
        self.tree = OutlineTree(self.rows)
        self.search = Search()
        self.group = icon_button("group", self._group, tr("Group the selected bodies"))
        self.group.setObjectName("group")
        self.group.setProperty("command", "group")
        self.setLayout(column(row(self.search, self.group, spacing=4, margins=(8, 6, 8, 4)), self.tree))
        self._listen()
        self._mark()

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def _listen(self) -> None:
        studio, tree = self.studio, self.tree
        studio.session.scene_changed.connect(self._refresh)
        studio.session.selection_changed.connect(self._mark)
        studio.forces.changed.connect(self._mark)
        studio.keyframes.changed.connect(self._mark)
        self.search.textChanged.connect(self._search)
        self.rows.renamed.connect(
            lambda row, name: grouping.change(studio.session, row.index, Sentence("Rename group"), name=name)
        )
        tree.pressed_on.connect(self._choose)
        tree.switched.connect(self._switch)
        tree.dropped.connect(self._reorder)
        tree.removed.connect(self._remove)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._open_menu)

    # What it shows

    def _refresh(self, before: Scene, scene: Scene) -> None:
        shown = ("groups", *PARTS, "keyframes")
        same_bodies = before.bodies.count == scene.bodies.count and before.bodies.pinned is scene.bodies.pinned
        if not same_bodies or any(getattr(before, part) is not getattr(scene, part) for part in shown):
            self.rows.build()
            self._mark()

    def _search(self, text: str) -> None:
        self.rows.wanted = text
        self.rows.build()
        self._mark()

    def _mark(self) -> None:
        """Select the rows of the selected bodies and keyframes."""
        marked = QItemSelection()
        for heading in self.rows.root.rows:
            for each in heading.rows:
                for one in (each, *each.rows):
                    if self._is_selected(one):
                        index = self.rows.index_of(one)
                        marked.select(index, index)
        self.tree.selectionModel().select(marked, Flag.ClearAndSelect | Flag.Rows)
        self.group.setEnabled(bool(self.studio.session.selection.any()))

    def _is_selected(self, row: Row) -> bool:
        if row.bodies is not None:
            selection = self.studio.session.selection
            fits = selection.size == self.rows.scene.bodies.count  # not while the bodies change
            return bool(fits and row.bodies.size and selection[row.bodies].all())
        if row.key is not None:
            return row.key in self.studio.keyframes.selected
        return place_of(row) == self.studio.forces.place

    # What a click does

    @property
    def chosen(self) -> list[Row]:
        """The rows that are marked in the tree."""
        return [self.rows.row_at(index) for index in self.tree.selectionModel().selectedRows()]

    def _choose(self, row: Row) -> None:
        """Select the bodies of the marked rows; look at a force, or go to a keyframe, and leave the bodies alone."""
        studio = self.studio
        if row.bodies is not None:
            selection = np.zeros(studio.session.scene.bodies.count, np.bool_)
            for each in self.chosen:
                if each.bodies is not None:
                    selection[each.bodies] = True
            studio.session.select(selection)
        elif row.key is not None:
            studio.playback.stop()
            studio.keyframes.select(each.key for each in self.chosen if each.key is not None)
            studio.session.show(row.key.frame)
        elif row.kind != "heading":
            studio.forces.look_at(place_of(row))

    def _switch(self, row: Row, column: int) -> None:
        if row.kind != "group":
            self.studio.forces.mute(part_place(row))
        elif column == EYE:
            self._hide(row)
        else:
            self._lock(row)

    def _hide(self, row: Row) -> None:
        grouping.change(
            self.studio.session,
            row.index,
            Sentence("Hide group") if row.shown else Sentence("Show group"),
            hidden=bool(row.shown),
        )

    def _lock(self, row: Row) -> None:
        text = Sentence("Unlock group") if row.locked else Sentence("Lock group")
        grouping.change(self.studio.session, row.index, text, locked=not row.locked)

    def _reorder(self, row: Row, before: int) -> None:
        if row.kind == "group":
            grouping.reorder(self.studio.session, row.index, before)
        else:
            self.studio.forces.reorder(part_place(row), before)

    def _remove(self) -> None:
        """Take away the row that has the focus: a group dissolves, and its bodies stay."""
        row = self.rows.row_at(self.tree.currentIndex())
        if row.kind == "group":
            grouping.dissolve(self.studio.session, row.index)
        elif row.key is not None:
            self.studio.keyframes.remove()
        elif row.kind in PARTS:
            self.studio.forces.remove(part_place(row))
        elif row.bodies is not None:
            self._delete_bodies()

    def _delete_bodies(self) -> None:
        gone = np.flatnonzero(self.studio.session.selection)
        editing.edit(self.studio.session, Sentence("Delete bodies"), lambda scene: remove_bodies(scene, gone))

    # The context menu

    def _open_menu(self, point: QPoint) -> None:
        index = self.tree.indexAt(point)
        if index.isValid():
            self.menu_of(self.rows.row_at(index)).popup(self.tree.viewport().mapToGlobal(point))

    def menu_of(self, row: Row) -> QMenu:
        """Return what can be done with a row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if row.bodies is not None:
            menu.addAction(tr("Select"), partial(self._select, row))
        if row.kind == "group":
            self._add_group_actions(menu, row)
        elif row.kind in PARTS:
            place = part_place(row)
            menu.addAction(tr("Show its settings"), partial(self.studio.forces.look_at, place))
            menu.addAction(tr("Mute") if row.shown else tr("Unmute"), partial(self.studio.forces.mute, place))
            menu.addAction(tr("Save as Asset…"), partial(ask_to_keep, self.studio, self, place))
            menu.addSeparator()
            menu.addAction(tr("Remove"), partial(self.studio.forces.remove, place))
        elif row.key is not None:
            menu.addAction(
                tr("Go to frame {frame}", frame=row.key.frame), partial(self.studio.session.show, row.key.frame)
            )
            menu.addAction(tr("Nail"), partial(self.studio.keyframes.nail, [row.key])).setEnabled(not row.key.nail)
            menu.addAction(tr("Delete"), self.studio.keyframes.remove)
        elif row.bodies is not None:
            menu.addAction(tr("Delete bodies"), self._delete_bodies)
        return menu

    def _add_group_actions(self, menu: QMenu, row: Row) -> None:
        menu.addAction(tr("Rename"), lambda: self.tree.edit(self.rows.index_of(row)))
        isolated = self.studio.viewing.only is not None
        menu.addAction(tr("Show all again") if isolated else tr("Isolate"), partial(self._isolate, row))
        menu.addAction(tr("Hide") if row.shown else tr("Show"), partial(self._hide, row))
        menu.addAction(tr("Unlock") if row.locked else tr("Lock"), partial(self._lock, row))
        menu.addSeparator()
        menu.addAction(tr("Dissolve group"), partial(grouping.dissolve, self.studio.session, row.index))
        menu.addAction(tr("Delete its bodies"), partial(self._delete_all, row))

    def _isolate(self, row: Row) -> None:
        """Leave only the bodies of a group in the picture, or show all again."""
        self._select(row)
        self.studio.viewing.isolate()

    def _group(self) -> None:
        grouping.group(self.studio.session)

    def _delete_all(self, row: Row) -> None:
        self._select(row)
        self._delete_bodies()

    def _select(self, row: Row) -> None:
        selection = np.zeros(self.studio.session.scene.bodies.count, np.bool_)
        selection[row.bodies] = True
        self.studio.session.select(selection)


def part_place(row: Row) -> Place:
    """Return where the part of a row stands."""
    return Place(next(among for among in PARTS if among == row.kind), row.index)


def place_of(row: Row) -> Place | None:
    """Return where the part of a row stands, if it is one."""
    return part_place(row) if row.kind in PARTS else None


outliner = Panel(name="outliner", title="Outliner", order=5, build=Outliner)
