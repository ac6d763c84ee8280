"""Forms: lines of a name, a field and small buttons; those of parameters follow from their declarations."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLayout, QToolButton, QWidget

from revanim.engine.parameter import Floats, Parameter
from revanim.sentence import Sentence, listed
from revanim.session.drag import Drag
from revanim.session.studio import Studio
from revanim.session.words import capital, tr
from revanim.window.kit.fields.arithmetic import Change
from revanim.window.kit.fields.limits import Limits
from revanim.window.kit.fields.number_field import NumberField
from revanim.window.kit.icons import icon
from revanim.window.kit.title import title
from revanim.window.kit.widgets import icon_button, label, row

NAMES, ROW, GAP = 78, 24, 4  # pixels of the column of names at least, of a line, and after a long name
LABELS = 56  # pixels of the names of details at least
LONG = ("velocity", "acceleration")  # names that the column has room for in every language
XYZ = {"x": "axis_x", "y": "axis_y", "z": "axis_z"}  # names of the columns, and their tokens
ABBREVIATIONS = ("vp9", "av1", "svg", "usd")
OWN_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space}
Run = Callable[[int, Change, Drag | None], object]  # change column `axis`; raises RevanimError where it cannot be


class Form(QWidget):
    """Names at the left, fields at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(4)
        longest = max(self.fontMetrics().horizontalAdvance(capital(tr(name))) for name in LONG)
        self._names = max(NAMES, longest + GAP)
        self._grid.setColumnMinimumWidth(0, self._names)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(self._grid)

    def add(self, name: str, control: QWidget | QLayout, tip: str, *tail: QWidget) -> QLabel:
        """Add a line, and return its name."""
        line = self._grid.rowCount()
        shown = label(name, "name", tip)
        shown.setMinimumWidth(0)
        shown.setMaximumWidth(self._names)
        shown.setMinimumHeight(ROW)
        self._grid.addWidget(shown, line, 0, Qt.AlignmentFlag.AlignTop)
        columns = 1 if tail else 2
        if isinstance(control, QWidget):
            self._grid.addWidget(control, line, 1, 1, columns)
        else:
            self._grid.addLayout(control, line, 1, 1, columns)
        if tail:
            self._grid.addLayout(row(*tail), line, 2)
        return shown


class Details(QGridLayout):
    """Lines of a name in the dim colour and its value: details that few people open."""

    def __init__(self, above: int, right: int) -> None:
        super().__init__()
        self.setContentsMargins(0, above, right, 4)
        self.setHorizontalSpacing(8)
        self.setVerticalSpacing(4)
        self.setColumnMinimumWidth(0, LABELS)
        self.setColumnStretch(1, 1)

    def add(self, name: str, control: QLayout, tip: str = "") -> None:
        """Add a line."""
        line = self.rowCount()
        self.addWidget(label(name, "name", tip), line, 0)
        self.addLayout(control, line, 1)


class NumberRow(QWidget):
    """The numbers of one quantity side by side: one, or x, y and z."""

    def __init__(
        self,
        studio: Studio,
        name: str,
        tip: str,
        run: Run,
        unit: str = "",
        columns: Mapping[str, str] | None = None,
        limits: Limits | None = None,
    ) -> None:
        super().__init__()
        self._run, self._studio = run, studio
        self.fields = [
            self._field(axis, (name, column), tip, unit, limits) for axis, column in enumerate(columns or ("",))
        ]
        for field, tint in zip(self.fields, (columns or {"": ""}).values(), strict=True):
            field.tint = tint
            field.setProperty("tinted", bool(tint))
        self.setLayout(row(*self.fields, spacing=4))

    def _field(self, axis: int, names: tuple[str, str], tip: str, unit: str, limits: Limits | None) -> NumberField:
        session, name = self._studio.session, listed(map(Sentence, filter(None, names)))

        def run(change: Change, drag: Drag | None) -> None:
            self._run(axis, change, drag)

        def take_back(drag: Drag) -> None:
            if drag.origin is not None:
                session.edit(Sentence("Set {name}", name=name), drag.origin, drag)

        told = f"{tip} ({tr(unit)})" if unit else tip
        made = NumberField(tr(name), told, run, session.hinted.emit, take_back, tr(unit), limits)
        made.setObjectName("-".join(filter(None, names)))
        return made

    def display(self, table: Floats | None, word: str = "") -> None:
        """Show values, float64[k, axes], or a word where there are none."""
        for axis, field in enumerate(self.fields):
            field.display(table[:, axis] if table is not None else field.values[:0], word)


class ParameterRow:
    """What a parameter is set with: numbers or a choice, a button that resets it, and one that animates it."""

    def __init__(
        self,
        studio: Studio,
        parameter: Parameter,
        run: Run,
        reset: Callable[[], object],
        animate: Callable[[], object],
    ) -> None:
        self.parameter, name = parameter, parameter.name
        self.numbers = self.choice = None
        if parameter.choices:
            self.choice = choice_of(parameter)
            self.choice.activated.connect(lambda index: run(0, lambda values: values * 0 + index, None))
        else:
            self.numbers = numbers_of(studio, parameter, run)
        self.reset = tail_button("reset", reset, tr("Reset {name} to its default", name=tr(name)), f"reset-{name}")
        self.animate = tail_button(
            "key-still", animate, tr("Animate {name}: set a key at the playhead (I)", name=tr(name)), f"animate-{name}"
        )
        if parameter.choices:  # shown before it has a place, it would be a window of its own for an instant
            self.animate.hide()

    @property
    def control(self) -> QWidget:
        """The field or the choice."""
        return self.numbers or self.choice  # type: ignore[return-value]  # it has one of them

    def show_key(self, animated: bool, here: bool) -> None:
        """Show whether the value changes over the frames, and whether it has a key at the playhead."""
        drawing = "key-here" if here else "key" if animated else "key-still"
        self.animate.setIcon(icon(drawing, color="key_selected" if animated else "dim"))
        self.animate.setProperty("keyed", "here" if here else "animated" if animated else "")

    def display(self, table: Floats | None, default: bool) -> None:
        """Show values, float64[k, axes], or None where they are derived."""
        if self.choice is not None and table is not None:
            alike = (table == table[0]).all()
            self.choice.setCurrentIndex(int(table[0, 0]) if alike else -1)
        if self.numbers is not None:
            self.numbers.display(table, tr("derived") if table is None else "")
        self.reset.setVisible(not default)
        self.animate.setEnabled(table is not None)


class Choice(QComboBox):
    """A box with choices; the wheel scrolls the panel and not the choice, and the arrow keys are its own."""

    def __init__(self, name: str, tip: str, texts: Sequence[str] = ()) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(tr(name))
        self.setToolTip(tip)
        self.addItems(list(texts))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in OWN_KEYS:
            event.accept()
        return super().event(event)


def in_form(parameters: Sequence[Parameter]) -> list[Parameter]:
    """Return those parameters that a form shows; a table of weights has no fields."""
    return [parameter for parameter in parameters if parameter.shown and not parameter.shape]


def choice_of(parameter: Parameter) -> Choice:
    """Return the box of a parameter that has choices."""
    return Choice(parameter.name, tr(parameter.help), [tr(choice_name(choice)) for choice in parameter.choices])


def numbers_of(studio: Studio, parameter: Parameter, run: Run) -> NumberRow:
    """Return the fields of a parameter that is a number or a vector."""
    columns = XYZ if parameter.axes > 1 else None
    return NumberRow(studio, parameter.name, tr(parameter.help), run, parameter.unit, columns, limits_of(parameter))


def limits_of(parameter: Parameter) -> Limits:
    """Return what the numbers of a parameter may be."""
    return Limits(parameter.low, parameter.high, parameter.whole)


def choice_name(choice: str) -> str:
    """Return the name of a choice as one reads it."""
    return choice.upper() if choice in ABBREVIATIONS else title(choice)


def tail_button(drawing: str, run: Callable[[], object], tip: str, name: str) -> QToolButton:
    """Return a button at the end of a line; its place stays when it is hidden."""
    made = icon_button(drawing, run, tip)
    made.setObjectName(name)
    made.setAccessibleName(tip)
    made.setFixedSize(20, 22)
    policy = made.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    made.setSizePolicy(policy)
    return made
