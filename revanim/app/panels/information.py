"""What the scene is made of, and the proof that it walks back."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFormLayout, QProgressBar, QScrollArea, QWidget

from revanim.app.panel import Panel
from revanim.app.session import Session
from revanim.app.theme import theme
from revanim.app.widgets import column, holder, label, push_button
from revanim.app.worker import Report, Worker
from revanim.engine.parameter import Curve, Parameter
from revanim.engine.scheme import schemes
from revanim.engine.verify import Verdict, verify
from revanim.scene.build import make_playhead
from revanim.scene.part import kind_of
from revanim.scene.scene import Part, Scene, Value

SIZE = (304, 320)
VERIFY = "Verify there and back"
Rows = Iterator[tuple[str, str, str]]  # name, value, tip


class Information(QWidget):
    """Lists bodies, scheme, grid and forces; the button below walks there and back and counts the bits that differ."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self._worker: Worker | None = None
        self.button = push_button(VERIFY, self._press, "verify", "Walk the range there and back; compare every bit")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setMaximum(1000)
        self.verdict = label(name="name", wrap=True)
        self._list = QFormLayout()
        self._lay_out()
        session.scene_changed.connect(self._refresh)
        session.closing.connect(self._stop)
        self._fill(session.scene)

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def _lay_out(self) -> None:
        self._list.setContentsMargins(12, 8, 12, 8)
        self._list.setHorizontalSpacing(12)
        self._list.setVerticalSpacing(6)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder(self._list))
        foot = column(self.verdict, self.progress, self.button, spacing=8, margins=(12, 8, 12, 12))
        self.setLayout(column(area, foot))
        self.progress.hide()
        self.verdict.hide()

    def _refresh(self, before: Scene, scene: Scene) -> None:
        self._stop()
        self._fill(scene)

    def _fill(self, scene: Scene) -> None:
        while self._list.rowCount():
            self._list.removeRow(0)
        for name, value, tip in rows(scene):
            self._add(name, value, tip)

    def _add(self, name: str, value: str, tip: str) -> None:
        if value:
            self._list.addRow(label(name, "name", tip), label(value, "value", tip, wrap=True))
        else:
            heading = label(name, "heading", tip)
            heading.setIndent(0)  # a label with padding would stand in by half a letter
            self._list.addRow(heading)

    # The proof

    def _press(self) -> None:
        if self._worker:
            self._stop()
            return
        scene = self.session.scene

        def work(report: Report) -> Verdict:
            return verify(make_playhead(scene), scene.timing.first, scene.timing.last, report)

        self._worker = Worker(self, work)
        self._worker.reported.connect(lambda part: self.progress.setValue(round(1000 * part)))
        self._worker.done.connect(self._judge)
        self._worker.failed.connect(self.session.failed)
        self._worker.finished.connect(self._finish)
        self.button.setText("Stop")
        self.verdict.hide()
        self.progress.setValue(0)
        self.progress.show()

    def _judge(self, verdict: Verdict) -> None:
        color = theme.tokens.error if verdict.bits_different else theme.tokens.ok
        self.verdict.show()
        self.verdict.setText(f'<span style="color: {color}">●</span>&nbsp; {verdict}')

    def _finish(self) -> None:
        self._worker = None
        self.button.setText(VERIFY)
        self.progress.hide()

    def _stop(self) -> None:
        self.verdict.hide()
        if self._worker:
            self._worker.stop()


def rows(scene: Scene) -> Rows:
    """Return what there is to read about a scene."""
    bodies, timing, grid = scene.bodies, scene.timing, scene.bodies.grid
    scheme = schemes()[scene.scheme]
    yield "Bodies", f"{bodies.count:,}".replace(",", "\u202f"), "How many bodies there are"
    if bodies.pinned.any():
        yield "Pinned", str(np.count_nonzero(bodies.pinned)), "Bodies that never move"
    yield "Mass", f"{bodies.mass.sum():.4g}", "Of all bodies together"
    yield "Plane", "z = 0, exactly" if scene.planar else "in space", "Whether the bodies stay in a plane"
    yield "Scheme", f"{scene.scheme}, order {scheme.order}", scheme.source
    yield "Steps", f"{timing.steps_per_frame} a frame", f"Each takes {timing.step_seconds:.4g} s"
    yield "Home", f"frame {timing.home}", "The frame whose state the scene holds"
    yield "Range", f"± {grid.length_range:.4g}", "The farthest place that the grid can hold, along each axis"
    yield "Resolution", f"{grid.length_unit:.2g}", "The distance between two neighbouring places on the grid"
    for part in (*scene.forces, *scene.moves):
        yield from part_rows(part, bodies.count)


def part_rows(part: Part, count: int) -> Rows:
    """Return what there is to read about a force or a move."""
    kind = kind_of(part)
    yield kind.name.replace("_", " ").capitalize(), "", kind.help
    if part.links is not None:
        yield "Links", str(len(part.links)), "Pairs of bodies that it acts along"
    if part.bodies is not None:
        yield "On", f"{len(part.bodies)} of {count} bodies", "Whom it acts on"
    for parameter in kind.parameters:
        yield parameter.name.capitalize(), value_text(part.values[parameter.name], parameter), parameter.help


def value_text(value: Value, parameter: Parameter) -> str:
    """Return a value with its unit, or the span of values where it varies."""
    if value is None:
        return "derived"
    if isinstance(value, Curve):
        return f"a curve of {len(value.values)} rows"
    if parameter.choices and value.ndim == 0:
        return parameter.choices[int(value)]
    if value.ndim == 0:
        text = f"{float(value):.4g}"
    elif value.shape == (parameter.axes,):
        text = ", ".join(f"{number:.4g}" for number in value)
    else:
        text = f"{value.min():.4g} to {value.max():.4g}"
    return f"{text} {parameter.unit}".strip()


information = Panel(name="information", title="Scene", order=10, build=Information)
