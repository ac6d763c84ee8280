"""Properties of the selected bodies, of every force and move, and of the scene, each under a heading that folds."""

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from revanim.scene.scene import Scene
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.session.work.forces import Place
from revanim.window.kit.widgets import column, holder, in_turn, scrolled
from revanim.window.panel import Panel
from revanim.window.sections.bodies import BodiesSection
from revanim.window.sections.part import PartSection
from revanim.window.sections.part_menu import fill
from revanim.window.sections.scene import SceneSection

SIZE = (304, 360)
BEAT = 66  # milliseconds between two readings while frames pass: the eye is on the picture


class Properties(QWidget):
    """Sections below each other."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.studio = studio
        self.scene, self.bodies = SceneSection(studio), BodiesSection(studio)
        self.parts: list[PartSection] = []
        self._kinds: list[tuple[Place, str]] = []
        self.add = self._add_button()
        self._list = column()
        self._timer = QTimer(self, interval=BEAT, singleShot=True)
        self._timer.timeout.connect(self._follow)
        self._lay_out()
        studio.session.scene_changed.connect(self._refresh)
        studio.session.selection_changed.connect(self._refresh_chosen)
        studio.session.frame_shown.connect(self._wait)
        studio.session.frame_changed.connect(self._wait)
        studio.keyframes.changed.connect(self._wait)
        studio.forces.changed.connect(self._look)
        self._refresh(None, studio.session.scene)

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def _lay_out(self) -> None:
        foot = column(self.add, margins=(12, 8, 12, 12))
        self._area = scrolled(column(self.bodies, holder(self._list), foot, self.scene, None, spacing=1))
        self.setLayout(column(self._area))

    def _add_button(self) -> QPushButton:
        button = QPushButton(tr("Add force…"))
        button.setObjectName("add-force")
        button.setToolTip(tr("Let another force or move act on the bodies"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        fill(menu, self.studio)
        button.setMenu(menu)
        return button

    # What it shows

    def _refresh(self, before: Scene | None, scene: Scene) -> None:
        if self._kinds_now() != self._kinds:
            self._kinds = self._kinds_now()
            self._build()
        self.scene.refresh()
        self._refresh_chosen()

    def _kinds_now(self) -> list[tuple[Place, str]]:
        return [(place, part.kind) for place, part in self.studio.forces.all()]

    def _build(self) -> None:
        """Make a section for each part; who was folded stays so."""
        folded = {(part.place, part.section.heading.text()) for part in self.parts if not part.section.unfolded}
        for old in self.parts:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.parts = [PartSection(self.studio, place) for place, _ in self.studio.forces.all()]
        for section in self.parts:
            section.section.unfold((section.place, section.section.heading.text()) not in folded)
            self._list.addWidget(section)
            section.show()
        in_turn(self)

    def _refresh_chosen(self) -> None:
        if self._kinds_now() != self._kinds:
            return  # bodies and their forces are going; the news of the scene follows
        self.bodies.refresh()
        for section in self.parts:
            section.refresh()

    def _wait(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _follow(self) -> None:
        if self.isVisible():
            self.scene.follow()
            self.bodies.follow()
            for section in self.parts:
                if section.animated:
                    section.refresh()

    def _look(self) -> None:
        """Unfold the section of the part that is looked at, and scroll to it once it has its place."""
        place = self.studio.forces.place
        for section in self.parts:
            if section.place == place:
                section.section.unfold()
                QTimer.singleShot(0, section, partial(self._area.ensureWidgetVisible, section, 0, 0))


properties = Panel(name="properties", title="Properties", order=10, build=Properties)
