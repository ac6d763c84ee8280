"""The section of one force or move: whether it acts, on whom, and a line for each of its parameters."""

from dataclasses import replace
from functools import partial
from operator import is_

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from revanim.engine.kind import AnyKind
from revanim.engine.parameter import Animated, Keyed, Parameter
from revanim.scene.edits.links import WAYS
from revanim.scene.keys import key_at
from revanim.scene.part import count_of, kind_of
from revanim.scene.scene import Index, Part, Value
from revanim.scene.values import (
    as_preset,
    chosen_rows,
    default_of,
    derived,
    is_default,
    preset_of,
    read,
    reset,
    write,
)
from revanim.sentence import N_, Sentence, named
from revanim.session.counts import links, number
from revanim.session.drag import Drag
from revanim.session.studio import Studio
from revanim.session.tracks.tracks import Track
from revanim.session.words import capital, tr
from revanim.session.work.forces import Place
from revanim.session.work.titles import title_of
from revanim.window.kit.fields.arithmetic import Change
from revanim.window.kit.fields.field import Field, field
from revanim.window.kit.fields.form import Form, ParameterRow, in_form
from revanim.window.kit.icons import icon
from revanim.window.kit.widgets import column, icon_button
from revanim.window.sections.assets import Gain
from revanim.window.sections.section import Section

ANIMATED = Sentence("It has a key here; what is typed or dragged at another frame becomes one there")


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
        if kind.role == "cue":
            self._form.add(tr("Follows"), self.whom, tr("Whose middle it looks at, as far as it follows"))
        else:
            tip = tr("Whom it acts on") if part.links is None else tr("Between whom it acts")
            self._form.add(tr("Acts on"), self.whom, tip)
        self.words = self._words() if kind.says else None
        self.preset = self._preset_button(kind)
        self.rows = [self._row(parameter) for parameter in in_form(kind.parameters)]
        self.section.body.addWidget(self._form)
        if kind.gain:
            self.section.body.addWidget(Gain(studio, place, kind.gain))
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

    def _words(self) -> Field:
        """Return a field for what it says."""
        made = field(str, N_("text"), tr("What it says"), self._say, self.studio.session.hinted, None)
        self._form.add(tr("Text"), made, tr("What it says"))
        return made

    def _say(self, text: str) -> None:
        self.studio.forces.change(Sentence("Set text"), self.place, lambda part: replace(part, text=text))

    def _preset_button(self, kind: AnyKind) -> QToolButton | None:
        """Return a button with values that go together, where the kind has some."""
        if not kind.presets:
            return None
        button = QToolButton()
        button.setObjectName("whom")
        button.setAccessibleName(tr("Like"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for name in kind.presets:
            menu.addAction(tr(name), partial(self._be_like, name))
        button.setMenu(menu)
        self._form.add(tr("Like"), button, tr("Values that go together; each can be changed afterwards"))
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
        made.animate.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.animate.customContextMenuRequested.connect(
            lambda point: self._offer(parameter, made.animate.mapToGlobal(point))
        )
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
        if self.words is not None:
            self.words.display(part.text)
        rows = self._chosen()
        if self.preset is not None:
            self.preset.setText(tr(preset_of(part, rows, session.frame) or "Custom"))
        for each in self.rows:
            value = part.values[each.parameter.name]
            table = read(part, each.parameter, rows, self.studio.session.frame)
            usual = is_default(part, each.parameter, self._fresh[each.parameter.name], rows)
            each.display(table, usual)
            each.show_key(isinstance(value, Animated), self._keyed_here(value))

    def _keyed_here(self, value: Value) -> bool:
        """Whether a value has a key at the playhead."""
        return isinstance(value, Keyed) and key_at(value, self.studio.session.frame) is not None

    @property
    def animated(self) -> bool:
        """Whether something of it changes over the frames."""
        return any(isinstance(value, Animated) for value in self.part.values.values())

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
            table = derived(self.studio.session.scene, part, rows) if table is None else table.copy()
            table[:, axis] = change(table[:, axis])
            return write(part, parameter, rows, frame, table, count_of(part, count))

        self.studio.forces.put(Sentence("Set {name}", name=named(parameter.name)), self.place, changed, drag)

    def _be_like(self, name: str) -> None:
        rows, frame, count = self._chosen(), self.studio.session.frame, self.studio.session.scene.bodies.count
        self.studio.forces.change(
            Sentence("Make {part} like {name}", part=title_of(self.part), name=Sentence(name)),
            self.place,
            lambda part: as_preset(part, name, rows, frame, count_of(part, count)),
        )

    def _reset(self, parameter: Parameter) -> None:
        scene, rows = self.studio.session.scene, self._chosen()
        self.studio.forces.change(
            Sentence("Reset {name}", name=named(parameter.name)),
            self.place,
            lambda part: reset(scene, part, parameter, rows),
        )

    def _animate(self, parameter: Parameter) -> None:
        """Set a key at the playhead, or take away the one that is there."""
        still = not isinstance(self.part.values[parameter.name], Animated)
        self.studio.tracks.toggle(self.place, parameter)
        if still:
            self.studio.session.noted.emit(ANIMATED)

    def _offer(self, parameter: Parameter, place: QPoint) -> None:
        """Open the menu of a value that changes over the frames."""
        tracks, track = self.studio.tracks, Track(self.place, parameter)
        if not tracks.lives(track):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        here = tracks.key_here(track) is not None
        menu.addAction(tr("Delete key") if here else tr("Set key"), partial(self._animate, parameter))
        for text, direction in ((tr("Previous Key"), -1), (tr("Next Key"), 1)):
            frame = tracks.neighbour(track, direction)
            menu.addAction(text, partial(self.studio.session.show, frame or 0)).setEnabled(frame is not None)
        menu.addSeparator()
        menu.addAction(tr("Show Its Curve"), partial(self._show_curve, track))
        menu.addAction(tr("Stay at This Value"), partial(tracks.still, self.place, parameter))
        menu.popup(place)

    def _show_curve(self, track: Track) -> None:
        self.studio.forces.animating.emit()
        self.studio.forces.look_at(track.place)

    def _mute(self) -> None:
        self.studio.forces.mute(self.place)

    def _remove(self) -> None:
        self.studio.forces.remove(self.place)


def value_under(widget: QWidget | None) -> ParameterRow | None:
    """Return the line of the value that a widget belongs to, if it is in the section of a force or move."""
    section = widget
    while section is not None and not isinstance(section, PartSection):
        section = section.parentWidget()
    if section is None or widget is None:
        return None
    height = widget.mapTo(section, QPoint(0, widget.height() // 2)).y()
    for row in section.rows:
        top = row.control.mapTo(section, QPoint(0, 0)).y()
        if top <= height <= top + row.control.height():
            return row
    return None


def whom(part: Part, count: int, group: str) -> str:
    """Return whom a part acts on, in a few words."""
    if part.links is not None:
        return links(len(part.links))
    if part.bodies is None:
        return tr("All bodies")
    return group or tr("{some} of {count} bodies", some=number(part.bodies.size), count=number(count))
