"""What a person lets the solver change: a box for everything, and behind folds what forces are made of, and limits."""

from functools import partial

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from revanim.engine.forces.nudge import nudge
from revanim.scene.part import installed
from revanim.scene.scene import Scene
from revanim.sentence import N_, Sentence
from revanim.session.studio import Studio
from revanim.session.words import called, tr
from revanim.session.work.titles import title_of_kind
from revanim.solve.controls.control import names
from revanim.window.keyframes.control_details import ControlDetails
from revanim.window.kit.fields.field import field
from revanim.window.kit.fields.numbers import counted
from revanim.window.kit.widgets import column, holder, label, row
from revanim.window.sections.fold import fold_button

MOST_ITERATIONS = 100_000
# The controls that every scene has, as an artist calls them.
PLAIN = {
    "velocity": (N_("Velocities at home"), N_("How fast the bodies start")),
    "position": (N_("Positions at home"), N_("Where the bodies start")),
    nudge.name: (N_("Nudges later"), N_("Small pushes between the start and the last keyframe")),
    "mass": (N_("Masses"), N_("How heavy the bodies are")),
}


class MayChange(QWidget):
    """The boxes; they are dim where the solver chooses by itself."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio, self.choices = studio, studio.solving.choices
        self.boxes: dict[str, QCheckBox] = {}
        self.details: dict[str, ControlDetails] = {}  # of what is ticked
        most = partial(counted, MOST_ITERATIONS, Sentence("iterations"))
        tip = tr("After so many steps downhill it stops, if it has not hit before")
        self.iterations = field(most, N_("iterations"), tip, self._set_iterations, studio.session.failed)
        self._plain, self._forces, self._limits = QGridLayout(), column(spacing=4), column(spacing=4)
        forces, limits = holder(self._forces), holder(self._limits)
        self.forces = fold_button(tr("Forces"), forces, tr("Let the solver change what the forces are made of"))
        self.limits = fold_button(
            tr("Limits"), limits, tr("Of whom, within which bounds and at what price things may change")
        )
        more = row(self.forces, 8, self.limits, None, label(tr("Iterations"), "name"), self.iterations, spacing=8)
        self.setLayout(column(self._plain, more, forces, limits, spacing=8))
        studio.session.scene_changed.connect(self._compare)
        self.choices.changed.connect(self.refresh)
        self._make_boxes()

    def _compare(self, before: Scene, scene: Scene) -> None:
        if before.forces is not scene.forces:
            self._make_boxes()

    def _make_boxes(self) -> None:
        """Make a box for everything that the scene lets a solver change."""
        for box in self.boxes.values():
            box.hide()
            box.deleteLater()
        known = names(self.studio.session.scene)
        self.boxes = {name: self._box(name) for name in known}
        self.forces.setVisible(len(known) > len(PLAIN))
        self.refresh()

    def _box(self, name: str) -> QCheckBox:
        box = QCheckBox(title(name))
        box.setObjectName(name)
        box.setToolTip(tr(PLAIN[name][1]) if name in PLAIN else tr("The parameter {name}", name=title(name)))
        box.clicked.connect(lambda ticked: self.choices.allow(name, ticked))
        if name in PLAIN:
            self._plain.addWidget(box, *divmod(list(PLAIN).index(name), 2))
        else:
            self._forces.addWidget(box)
        return box

    def _set_iterations(self, count: int) -> None:
        self.choices.iterations = count
        self.refresh()

    def refresh(self) -> None:
        """Show what is chosen, and details of everything that is ticked."""
        self.iterations.display(str(self.choices.iterations))
        for name, box in self.boxes.items():
            box.setChecked(name in self.choices.controls)
            box.setProperty("dim", self.choices.automatic)
            box.setEnabled(not self.choices.only_range)
        self._show_limits()

    def _show_limits(self) -> None:
        for name in set(self.details) - set(self.choices.controls):
            gone = self.details.pop(name)
            gone.hide()
            gone.deleteLater()
        for name in self.choices.controls:
            if name not in self.details:
                self.details[name] = ControlDetails(self.studio, name, title(name))
                self._limits.addWidget(self.details[name])
                self.details[name].show()
            self.details[name].refresh()
        self.limits.setEnabled(bool(self.choices.controls))


def title(name: str) -> str:
    """Return the name of a control as an artist reads it."""
    if name in PLAIN:
        return tr(PLAIN[name][0])
    part, _, parameter = name.partition(".")
    kind_name, bracket, which = part.partition("[")
    kind = installed(kind_name)
    part = f"{tr(title_of_kind(kind))} {bracket}{which}".rstrip() if kind else called(part)
    return f"{part} · {called(parameter)}" if parameter else part
