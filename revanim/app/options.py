"""A form for the options of what is done once: no undo, and each kind of thing remembers what it was done with."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from revanim.app.arithmetic import Change
from revanim.app.drag import Drag, Limits
from revanim.app.form import Choice, Form
from revanim.app.number_field import NumberField
from revanim.app.session import Session
from revanim.app.widgets import column
from revanim.app.words import called, capital, said, tr
from revanim.engine.parameter import Parameter

SWITCH = ("no", "yes")


class Options(QWidget):
    """A line for each parameter; `values` are numbers and names of choices, as whoever declares them takes them."""

    changed = Signal()

    def __init__(self, session: Session, parameters: Sequence[Parameter], given: Mapping[str, Any]) -> None:
        super().__init__()
        self.session, form = session, Form()
        self.values: dict[str, Any] = {}
        for parameter in parameters:
            default = parameter.choices[int(np.asarray(parameter.default))] if parameter.choices else parameter.default
            self.values[parameter.name] = given.get(parameter.name, default)
            form.add(capital(called(parameter.name)), self._control(parameter), said(parameter.help))
        self.setLayout(column(form))

    def _control(self, parameter: Parameter) -> QWidget:
        if parameter.choices == SWITCH:
            return self._switch(parameter)
        return self._choice(parameter) if parameter.choices else self._number(parameter)

    def _switch(self, parameter: Parameter) -> QWidget:
        box = QCheckBox()
        box.setObjectName(parameter.name)
        box.setAccessibleName(called(parameter.name))
        box.setToolTip(said(parameter.help))
        box.setChecked(self.values[parameter.name] == SWITCH[True])
        box.clicked.connect(lambda on: self._set(parameter, SWITCH[on]))
        return box

    def _choice(self, parameter: Parameter) -> QWidget:
        box = Choice(parameter.name, tr(parameter.help), [tr(spoken(choice)) for choice in parameter.choices])
        box.setCurrentIndex(parameter.choices.index(self.values[parameter.name]))
        box.activated.connect(lambda index: self._set(parameter, parameter.choices[index]))
        return box

    def _number(self, parameter: Parameter) -> QWidget:
        name, limits = parameter.name, Limits(parameter.low, parameter.high, parameter.whole)

        def run(change: Change, drag: Drag | None) -> None:
            self._set(parameter, float(limits.hold(change(np.array([self.values[name]], np.float64)))[0]))
            field.display(np.array([self.values[name]]))

        told = f"{tr(parameter.help)} ({tr(parameter.unit)})" if parameter.unit else tr(parameter.help)
        hint = self.session.hinted.emit
        field = NumberField(called(name), told, run, hint, lambda drag: None, tr(parameter.unit), limits)
        field.setObjectName(name)
        field.display(np.array([self.values[name]], np.float64))
        return field

    def _set(self, parameter: Parameter, value: Any) -> None:
        self.values[parameter.name] = value
        self.changed.emit()


def spoken(name: str) -> str:
    """Return a choice's name as one reads it."""
    return name.upper() if name in ("vp9", "av1", "svg") else name.replace("_", " ").replace("-", " ").capitalize()
