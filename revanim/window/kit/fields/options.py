"""A form for the options of an export or a source: no undo, and each format remembers what was chosen."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from revanim.engine.parameter import Floats, Parameter
from revanim.session.drag import Drag
from revanim.session.studio import Studio
from revanim.session.words import called, capital, tr
from revanim.window.kit.fields.arithmetic import Change
from revanim.window.kit.fields.field import field
from revanim.window.kit.fields.form import Choice, Form, NumberRow, choice_of, in_form, limits_of, numbers_of
from revanim.window.kit.fields.text_choice import TextChoice
from revanim.window.kit.widgets import column

SWITCH = ("no", "yes")


class OptionsForm(QWidget):
    """A line for each parameter, below those that a form has already.

    `values` are numbers, float64[3] of a vector and names of choices, as whoever declares the parameters takes them.
    """

    changed = Signal()

    def __init__(
        self,
        studio: Studio,
        parameters: Sequence[Parameter],
        given: Mapping[str, Any],
        form: Form | None = None,
    ) -> None:
        super().__init__()
        self.studio, form = studio, form or Form()
        self.values: dict[str, Any] = {}
        self._rows: dict[str, NumberRow] = {}
        for parameter in parameters:
            self.values[parameter.name] = given.get(parameter.name, beginning(parameter))
        for parameter in in_form(parameters):
            form.add(capital(called(parameter.name)), self._control(parameter), tr(parameter.help))
        self.setLayout(column(form))

    def _control(self, parameter: Parameter) -> QWidget:
        if parameter.text:
            return self._text(parameter)
        if parameter.choices == SWITCH:
            return self._switch(parameter)
        return self._choice(parameter) if parameter.choices else self._numbers(parameter)

    def _switch(self, parameter: Parameter) -> QCheckBox:
        box = QCheckBox()
        box.setObjectName(parameter.name)
        box.setAccessibleName(called(parameter.name))
        box.setToolTip(tr(parameter.help))
        box.setChecked(self.values[parameter.name] == SWITCH[True])
        box.clicked.connect(lambda on: self._set(parameter, SWITCH[on]))
        return box

    def _text(self, parameter: Parameter) -> QWidget:
        enter = partial(self._set, parameter)
        made = field(str.strip, parameter.name, tr(parameter.help), enter, self.studio.session.hinted, None)
        made.display(self.values[parameter.name])
        return TextChoice(parameter, made, enter) if parameter.offers else made

    def _choice(self, parameter: Parameter) -> Choice:
        box = choice_of(parameter)
        box.setCurrentIndex(parameter.choices.index(self.values[parameter.name]))
        box.activated.connect(lambda index: self._set(parameter, parameter.choices[index]))
        return box

    def _numbers(self, parameter: Parameter) -> NumberRow:
        limits = limits_of(parameter)

        def run(axis: int, change: Change, drag: Drag | None) -> None:
            table = row_of(self.values[parameter.name])
            table[:, axis] = limits.hold(change(table[:, axis]))
            numbers.display(table)
            self._set(parameter, table[0] if parameter.axes > 1 else float(table[0, 0]))

        self._rows[parameter.name] = numbers = numbers_of(self.studio, parameter, run)
        numbers.display(row_of(self.values[parameter.name]))
        return numbers

    def put(self, name: str, value: float) -> None:
        """Show another number, as if it had been entered; nobody hears of it."""
        self.values[name] = value
        self._rows[name].display(row_of(value))

    def _set(self, parameter: Parameter, value: Any) -> None:
        self.values[parameter.name] = value
        self.changed.emit()


def beginning(parameter: Parameter) -> Any:
    """Return the default of a parameter as one of the values."""
    if parameter.text:
        return str(parameter.default)
    if parameter.choices:
        return parameter.choices[int(np.asarray(parameter.default))]
    return parameter.default_value if parameter.value_shape else parameter.default


def row_of(value: Any) -> Floats:
    """Return a value as a table of its own, float64[1, axes]."""
    return np.array(value, np.float64).reshape(1, -1)
