"""The alternatives of the scene: one is in front, another may be seen beside it as a ghost."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from revanim.scene.edits.takes import FIRST, keep_take, remove_take, rename_take, switch_take, take_names
from revanim.scene.scene import Scene
from revanim.sentence import N_, Sentence
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.kit.widgets import column, label, push_button, row
from revanim.window.panel import Panel

SIZE = (304, 200)
TEACH = N_("A take is another version of this scene in the same file: keep the one you have, and go on trying.")
Flag = Qt.ItemFlag


class Takes(QWidget):
    """Double-click brings a take to the front, F2 renames it; each change is one undo step."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.studio = studio
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Takes"))
        self.list.setToolTip(tr("Double-click brings a take to the front; F2 gives it another name"))
        self.list.setEditTriggers(QListWidget.EditTrigger.EditKeyPressed)
        self.teach = label(tr(TEACH), "name", wrap=True)
        self.teach.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.keep = push_button(
            tr("Keep as take"), self._keep, "keep", tr("Keep what there is as a take, and go on in a new one")
        )
        self.compare = push_button(
            tr("Compare"), self._compare, "compare", tr("Show the chosen take beside this one, as a ghost")
        )
        self.compare.setCheckable(True)
        self.remove = push_button(tr("Remove"), self._remove, "remove", tr("Drop the chosen take; Undo brings it back"))
        self._lay_out()
        self.list.itemActivated.connect(self._switch)
        self.list.itemChanged.connect(self._rename)
        self.list.currentItemChanged.connect(self._refresh_buttons)
        studio.session.scene_changed.connect(self._compare_scenes)
        studio.takes.changed.connect(self._refresh_buttons)
        self._fill()

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def inherit(self, before: "Takes") -> None:
        """Mark the same take."""
        self.list.setCurrentRow(before.list.currentRow())

    def _lay_out(self) -> None:
        foot = row(self.keep, self.compare, self.remove, spacing=8)
        self.setLayout(column(self.teach, self.list, foot, spacing=8, margins=(12, 8, 12, 12)))

    @property
    def chosen(self) -> str:
        """The take that is marked in the list."""
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else ""

    @property
    def front(self) -> str:
        """The take that the scene is."""
        return self.studio.session.scene.take or FIRST

    def _compare_scenes(self, before: Scene, scene: Scene) -> None:
        if before.takes is not scene.takes or before.take != scene.take:
            self._fill()

    def _fill(self) -> None:
        chosen, names = self.chosen, take_names(self.studio.session.scene) if self.studio.session.scene.takes else []
        self.list.blockSignals(True)
        self.list.clear()
        for name in names:
            item = QListWidgetItem(f"{name}{in_front()}" if name == self.front else name)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(Flag.ItemIsEnabled | Flag.ItemIsSelectable | Flag.ItemIsEditable)
            self.list.addItem(item)
            if name == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.list.setVisible(bool(names))
        self.teach.setVisible(not names)
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        behind = bool(self.chosen) and self.chosen != self.front
        self.compare.setEnabled(behind or bool(self.studio.takes.name))
        self.compare.setChecked(bool(self.studio.takes.name))
        self.remove.setEnabled(behind)

    def _keep(self) -> None:
        names = take_names(self.studio.session.scene)
        number = next(n for n in range(2, len(names) + 3) if tr("Take {number}", number=n) not in names)
        self.studio.session.attempt(
            Sentence("Keep as take"), lambda scene: keep_take(scene, tr("Take {number}", number=number))
        )

    def _switch(self, item: QListWidgetItem) -> None:
        name = item.data(Qt.ItemDataRole.UserRole)
        if name != self.front:
            self.studio.session.attempt(Sentence("Switch to {name}", name=name), lambda scene: switch_take(scene, name))

    def _rename(self, item: QListWidgetItem) -> None:
        name, new = item.data(Qt.ItemDataRole.UserRole), item.text().removesuffix(in_front()).strip()
        if not self.studio.session.attempt(Sentence("Rename take"), lambda scene: rename_take(scene, name, new)):
            self._fill()

    def _remove(self) -> None:
        name = self.chosen
        self.studio.session.attempt(Sentence("Remove take"), lambda scene: remove_take(scene, name))

    def _compare(self) -> None:
        self.studio.takes.show("" if self.studio.takes.name else self.chosen)


def in_front() -> str:
    """Return the mark behind the name of the take that is in front."""
    return f"   {tr('in front')}"


takes = Panel(name="takes", title="Takes", order=50, build=Takes, beside="outliner")
