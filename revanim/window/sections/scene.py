"""The section of the scene itself: its name, how its time is cut into steps, where it is at home, and its facts."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from revanim.engine.parameter import Floats
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.engine.scheme import schemes
from revanim.scene.absent import scheme_of
from revanim.scene.edits import rename, set_note, set_planar, set_scheme, set_timing
from revanim.scene.scene import Scene, Timing
from revanim.sentence import N_, Sentence
from revanim.session.counts import number
from revanim.session.drag import Drag, origin_of
from revanim.session.studio import Studio
from revanim.session.words import capital, figures, tr
from revanim.session.work.bodies import say_home, scene_here
from revanim.window.kit.fields.arithmetic import Change
from revanim.window.kit.fields.field import Field, field
from revanim.window.kit.fields.form import Choice, Form, NumberRow
from revanim.window.kit.fields.limits import Limits
from revanim.window.kit.fields.numbers import as_whole
from revanim.window.kit.widgets import column, label, push_button, row
from revanim.window.sections.fold import fold_button
from revanim.window.sections.proof import Proof
from revanim.window.sections.section import Section

FRAMES = Limits(-FARTHEST_FRAME, FARTHEST_FRAME, whole=True)
TIMES = {  # field of the timing: its label, tip, unit and limits
    N_("fps"): (N_("Rate"), N_("How many frames a second has"), N_("frames/s"), Limits(0.01, 10_000)),
    N_("steps_per_frame"): (
        N_("Steps"),
        N_("More of them follow fast turns more closely"),
        N_("a frame"),
        Limits(1, 100_000, True),
    ),
}
LONGEST = 200  # letters of a note
RANGE = {"first": "", "last": ""}  # columns


class SceneSection(QWidget):
    """What belongs to the whole scene."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.setObjectName("scene")
        self.section = Section(tr("Scene"), tip=tr("What belongs to the whole scene"))
        self.setLayout(column(self.section))
        self.studio = studio
        self._form = Form()
        self.name = self._text(
            N_("name"), tr("What the scene is called"), lambda text: self._try(Sentence("Rename"), rename, text)
        )
        self.scheme = self._scheme_choice()
        self.times = {name: self._time(name) for name in TIMES}
        self.range = NumberRow(
            studio, N_("range"), tr("The first and the last frame"), self._set_range, "", RANGE, FRAMES
        )
        self._form.add(tr("Range"), self.range, tr("The first and the last frame of the scene"))
        self.home = push_button(
            "", self._set_home, "small", tr("Let the scene stand at the shown frame; nothing moves")
        )
        self._form.add(tr("Home"), row(self.home, None), tr("The frame whose state the scene holds, bit for bit"))
        self.planar = self._plane_box()
        self.note = self._text(
            N_("note"), tr("One sentence about the scene"), lambda text: self._try(Sentence("Note"), set_note, text)
        )
        self.facts = Form()
        self.proof = Proof(studio)
        fold = fold_button(tr("Facts"), self.facts, tr("What the scene is made of"))
        for widget in (self._form, fold, self.facts, self.proof):
            self.section.body.addWidget(widget)
        self._facts = {name: self._fact(name, tip) for name, _, tip in facts(studio.session.scene)}
        self.refresh()

    def _text(self, name: str, tip: str, entered: Callable[[str], object]) -> Field:
        made = field(str.strip, name, tip, entered, self.studio.session.hinted, None)
        made.setObjectName(f"scene-{name}")
        made.setMaxLength(LONGEST)
        self._form.add(capital(tr(name)), made, tip)
        return made

    def _scheme_choice(self) -> Choice:
        made = Choice(N_("scheme"), "")
        for scheme in schemes().values():
            made.addItem(tr("{name}, order {order}", name=scheme.name, order=scheme.order), scheme.name)
        made.activated.connect(self._set_scheme)
        self._form.add(tr("Scheme"), made, tr("How a step is put together; a higher order is more exact, and slower"))
        return made

    def _plane_box(self) -> QCheckBox:
        made = QCheckBox(tr("all in one plane"))
        made.setObjectName("planar")
        made.setToolTip(tr("Lay the bodies into the plane z = 0, where they stay exactly"))
        made.clicked.connect(
            lambda on: self._try(Sentence("Lay flat") if on else Sentence("Leave the plane"), set_planar, on)
        )
        self._form.add(tr("Plane"), made, tr("Whether the bodies stay in the plane z = 0"))
        return made

    def _time(self, name: str) -> NumberRow:
        text, tip, unit, limits = TIMES[name]
        made = NumberRow(self.studio, name, tr(tip), partial(self._set_time, name), unit, None, limits)
        self._form.add(tr(text), made, tr(tip))
        return made

    def _fact(self, name: str, tip: str) -> QLabel:
        made = label(name="value", tip=tip)
        self.facts.add(name, made, tip)
        return made

    # What it does

    def _try(self, text: Sentence, change: Callable[..., Scene], *values: object) -> None:
        if not self.studio.session.attempt(text, lambda scene: change(scene, *values)):
            self.refresh()

    def _set_scheme(self) -> None:
        self._try(Sentence("Set scheme"), set_scheme, self.scheme.currentData())

    def _set_time(self, name: str, axis: int, change: Change, drag: Drag | None) -> None:
        scene = origin_of(drag, self.studio.session.scene)
        value = float(change(np.array([getattr(scene.timing, name)], np.float64))[0])
        whole = value if name == "fps" else as_whole(value)
        timed = set_timing(scene, **{name: whole}, keep=self.studio.timeline.keep)
        self.studio.session.edit(Sentence("Set {name}", name=Sentence(TIMES[name][0])), timed, drag)

    def _set_range(self, axis: int, change: Change, drag: Drag | None) -> None:
        scene = origin_of(drag, self.studio.session.scene)
        value = as_whole(float(change(frames(scene.timing)[0, axis : axis + 1])[0]))
        first, last = (value, scene.timing.last) if axis == 0 else (scene.timing.first, value)
        self.studio.session.edit(Sentence("Set range"), set_timing(scene, first=first, last=last), drag)

    def _set_home(self) -> None:
        scene, before = scene_here(self.studio.session), self.studio.session.scene
        if scene is not None and scene is not before:
            self.studio.session.edit(Sentence("Set home"), scene)
            say_home(self.studio.session, before)

    # What it shows

    def refresh(self) -> None:
        """Show the scene as it is now."""
        scene = self.studio.session.scene
        self.name.display(scene.name)
        self.note.display(scene.note)
        self.note.setCursorPosition(0)
        self.scheme.setPlaceholderText(scene.scheme)  # is seen where that is not installed
        self.scheme.setCurrentIndex(self.scheme.findData(scene.scheme))
        self.scheme.setToolTip(tr(scheme_of(scene).source))
        for name, control in self.times.items():
            control.display(np.array([[getattr(scene.timing, name)]], np.float64))
        self.range.display(frames(scene.timing))
        self.planar.setChecked(scene.planar)
        for name, value, _ in facts(scene):
            self._facts[name].setText(value)
        self.follow()

    def follow(self) -> None:
        """Say where home is, and offer the shown frame."""
        home, frame = self.studio.session.scene.timing.home, self.studio.session.frame
        self.home.setText(
            tr("frame {home}", home=home)
            if home == frame
            else tr("frame {home}  →  make it {frame}", home=home, frame=frame)
        )
        self.home.setEnabled(home != frame)


def frames(timing: Timing) -> Floats:
    """Return the first and the last frame, float64[1, 2]."""
    return np.array([[timing.first, timing.last]], np.float64)


def facts(scene: Scene) -> Iterator[tuple[str, str, str]]:
    """Return what there is to read about a scene: name, value and tip."""
    bodies, timing, grid = scene.bodies, scene.timing, scene.bodies.grid
    yield tr("Bodies"), number(bodies.count), tr("How many bodies there are")
    yield tr("Pinned"), number(int(bodies.pinned.sum())), tr("Bodies that never move")
    yield tr("Mass"), figures(f"{bodies.mass.sum():.4g}"), tr("Of all bodies together")
    yield tr("A step"), figures(f"{timing.step_seconds:.4g} s"), tr("How long each step of the scheme takes")
    yield tr("Places"), within(grid.length_range), tr("The farthest place that the grid can hold, along each axis")
    finest = figures(f"{grid.length_unit:.2g}")
    yield tr("Resolution"), finest, tr("The distance between two neighbouring places on the grid")
    yield tr("Speeds"), within(grid.speed_range), tr("The greatest speed that the grid can hold, along each axis")


def within(reach: float) -> str:
    """Return symmetric limits."""
    return tr("within ± {reach}", reach=figures(f"{reach:.4g}"))
