"""The section of one force or move: whether it acts, on whom, and a line for each of its parameters."""

from dataclasses import replace
from functools import partial
from operator import is_

import numpy as np
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from revanim.engine.parameter import Curve, Floats, Parameter
from revanim.scene.curve import flat, value_at
from revanim.scene.edits.links import WAYS
from revanim.scene.part import count_of, kind_of
from revanim.scene.scene import Index, Part, Value
from revanim.scene.values import chosen_rows, default_of, derived, is_default, read, reset, write
from revanim.sentence import Sentence, named
from revanim.session.counts import links, number
from revanim.session.drag import Drag
from revanim.session.studio import Studio
from revanim.session.words import capital, tr
from revanim.session.work.forces import Place, title_of
from revanim.window.kit.fields.arithmetic import Change
from revanim.window.kit.fields.form import Form, ParameterRow, in_form
from revanim.window.kit.icons import icon
from revanim.window.kit.widgets import column, icon_button
from revanim.window.sections.section import Section

ANIMATED = Sentence("What is typed or dragged is now set at the playhead; Curves shows all of it")


class PartSection(QWidget):
    """Shows the force or move at a place, as it is at the playhead for the selected bodies, or for all."""

    def __init__(self, studio: Studio, place: Place) -> None:
        super().__init__()
        self.studio, self.place = studio, place
        part, kind = self.part, kind_of(self.part)
        self.mute = icon_button("eye", self._mute, tr("Mute: leave it out of the motion"))
        self.mute.setCheckable(True)
        remove = icon_button("remove", self._remove, tr("Remove {part}", part=title_of(part)))
        remove.setObjectName("remove")
        self.section = Section(capital(tr(title_of(part))), self.mute, remove, tip=tr(kind.help))
        self.setLayout(column(self.section))
        self.setObjectName(f"part-{place.among}-{place.index}")
        self._form = Form()
        self.whom = self._whom_button(part)
        self._form.add(
            tr("Acts on"), self.whom, tr("Whom it acts on") if part.links is None else tr("Between whom it acts")
        )
        self.rows = [self._row(parameter) for parameter in in_form(kind.parameters)]
        self.section.body.addWidget(self._form)
        self._shown: tuple[object, ...] = ()
        self._fresh: dict[str, Value] = {}  # the defaults of the part as it is shown

    @property
    def part(self) -> Part:
        """What it shows."""
        return self.studio.forces.at(self.place)

    def _whom_button(self, part: Part) -> QToolButton:
        button = QToolButton()
        button.setObjectName("whom")
        button.setAccessibleName(tr("Acts on"))
        button.setToolTip(tr("Choose the bodies it acts on"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        button.setMenu(menu)
        return button

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        parts, place = self.studio.forces, self.place
        if self.part.links is not None:
            for way in WAYS:
                menu.addAction(tr("Link anew: {way}", way=tr(way)), partial(parts.link, place, way))
            return
        menu.addAction(tr("All bodies"), partial(parts.act_on, place, None))
        chosen = np.flatnonzero(self.studio.session.selection)
        menu.addAction(tr("The selected bodies"), partial(parts.act_on, place, chosen)).setEnabled(chosen.size > 0)
        if self.studio.session.scene.groups:
            menu.addSeparator()
        for group in self.studio.session.scene.groups:
            menu.addAction(group.name, partial(parts.act_on, place, group.bodies))

    def _row(self, parameter: Parameter) -> ParameterRow:
        run, again = partial(self._run, parameter), partial(self._reset, parameter)
        made = ParameterRow(self.studio, parameter, run, again, partial(self._animate, parameter))
        self._form.add(capital(tr(parameter.name)), made.control, tr(parameter.help), made.reset, made.animate)
        return made

    # What it shows

    def refresh(self) -> None:
        """Show the part as it is now, unless it is shown so: an edit and a selection often come together."""
        part, scene, session = self.part, self.studio.session.scene, self.studio.session
        now = (part, scene.bodies, scene.groups, session.selection, session.frame)
        if self._shown and all(map(is_, now, self._shown)):
            return
        if now[:2] != self._shown[:2]:
            self._fresh = {p.name: default_of(scene, part, p) for p in in_form(kind_of(part).parameters)}
        self._shown = now
        self.mute.setIcon(icon("eye-off" if part.muted else "eye"))
        self.mute.setChecked(part.muted)
        self.section.heading.setProperty("muted", part.muted)
        self.section.heading.style().polish(self.section.heading)
        self.whom.setText(whom(part, scene.bodies.count, self._group_name(part)))
        rows = self._chosen()
        for each in self.rows:
            value = part.values[each.parameter.name]
            table = read(part, each.parameter, rows, self.studio.session.frame)
            usual = is_default(part, each.parameter, self._fresh[each.parameter.name], rows)
            each.display(table, usual, isinstance(value, Curve))

    @property
    def animated(self) -> bool:
        """Whether something of it changes over the frames."""
        return any(isinstance(value, Curve) for value in self.part.values.values())

    def _chosen(self) -> Index:
        return chosen_rows(self.part, self.studio.session.selection)

    def _group_name(self, part: Part) -> str:
        groups = self.studio.session.scene.groups
        return next((g.name for g in groups if part.bodies is not None and np.array_equal(g.bodies, part.bodies)), "")

    # What it does

    def _run(self, parameter: Parameter, axis: int, change: Change, drag: Drag | None) -> None:
        rows, frame, count = self._chosen(), self.studio.session.frame, self.studio.session.scene.bodies.count

        def changed(part: Part) -> Part:
            table = read(part, parameter, rows, frame)
            table = derived(self.studio.session.scene, part)[rows, None] if table is None else table.copy()
            table[:, axis] = change(table[:, axis])
            return write(part, parameter, rows, frame, table, count_of(part, count))

        self.studio.forces.put(Sentence("Set {name}", name=named(parameter.name)), self.place, changed, drag)

    def _reset(self, parameter: Parameter) -> None:
        scene, rows = self.studio.session.scene, self._chosen()
        self.studio.forces.change(
            Sentence("Reset {name}", name=named(parameter.name)),
            self.place,
            lambda part: reset(scene, part, parameter, rows),
        )

    def _animate(self, parameter: Parameter) -> None:
        """Let a parameter change over the frames, or leave it at the value that it has at the playhead."""
        timing, frame = self.studio.session.scene.timing, self.studio.session.frame

        def turned(part: Part) -> Part:
            value = part.values[parameter.name]
            if value is None:
                return part
            other: Curve | Floats = (
                value_at(value, frame, parameter.outside)
                if isinstance(value, Curve)
                else flat(value, timing.first, timing.last)
            )
            return replace(part, values={**part.values, parameter.name: other})

        on = isinstance(self.part.values[parameter.name], Curve)
        name = named(parameter.name)
        text = Sentence("Still {name}", name=name) if on else Sentence("Animate {name}", name=name)
        if not on:
            self.studio.forces.animating.emit()  # first, so that the curve is seen to come
        self.studio.forces.change(text, self.place, turned)
        if not on:
            self.studio.forces.look_at(self.place)
            self.studio.session.noted.emit(ANIMATED)

    def _mute(self) -> None:
        self.studio.forces.mute(self.place)

    def _remove(self) -> None:
        self.studio.forces.remove(self.place)


def whom(part: Part, count: int, group: str) -> str:
    """Return whom a part acts on, in a few words."""
    if part.links is not None:
        return links(len(part.links))
    if part.bodies is None:
        return tr("All bodies")
    return group or tr("{some} of {count} bodies", some=number(part.bodies.size), count=number(count))
