"""The section of the selected bodies: where they are and how fast at the shown frame, and what each is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from revanim.engine.forces.coulomb import coulomb
from revanim.engine.parameter import Floats
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.error import RevanimError
from revanim.scene.edits import set_bodies, set_forces, set_motion
from revanim.scene.edits.targets import set_targets
from revanim.scene.part import acting_on, count_of, kind_of
from revanim.scene.parts.carried import carried
from revanim.scene.scene import Index, Part, Scene, lives_of
from revanim.scene.values import read, write
from revanim.sentence import N_, Sentence, named
from revanim.session.counts import number
from revanim.session.drag import Drag
from revanim.session.studio import Studio
from revanim.session.words import capital, tr
from revanim.session.work.bodies import say_home, still_walking, way_here
from revanim.window.kit.fields.arithmetic import Change
from revanim.window.kit.fields.form import XYZ, Form, NumberRow
from revanim.window.kit.fields.limits import Limits
from revanim.window.kit.fields.swatch import Rgb, Swatch
from revanim.window.kit.widgets import column, label
from revanim.window.sections.section import Section
from revanim.window.viewport.targets import have_targets, posed

TEACH = N_("Select bodies to see and change them: click one, drag a box around some, or press Ctrl+A for all.")
AIMED = N_("Where they shall be at this frame; another place moves the target, and they follow when you solve")
AIMING = N_("Where they are at the shown frame; keys are set by themselves, so another place becomes their target")
ANY = Limits()
FRAMES = Limits(-FARTHEST_FRAME, FARTHEST_FRAME, whole=True)


@dataclass(frozen=True)
class Quantity:
    """Something that each body has of its own, float64[k, axes] for k of them."""

    name: str
    tip: str
    unit: str
    read: Callable[[Scene, Index], Floats]
    write: Callable[[Scene, Index, Floats], Scene]
    columns: Mapping[str, str] | None = None
    limits: Limits = ANY
    still: bool = False  # does not change how they move, so home may stay where it is


def charged_part(scene: Scene) -> Part | None:
    """Return the force that gives bodies a charge, if there is one."""
    return next((part for part in scene.forces if part.kind == coulomb.name), None)


def rows_of(values: NDArray[Any], who: Index) -> NDArray[Any]:
    """Return the rows of some bodies, in their order; all of them need not be picked."""
    return values if who.size == len(values) else values.take(who, axis=0)


def charges(scene: Scene, who: Index) -> Floats:
    """Return the charges of some bodies, float64[k, 1]; there is no row for who has none."""
    part = charged_part(scene)
    if part is None:
        return np.zeros((0, 1))
    table = read(part, kind_of(part).parameters[0], charged_rows(part, scene, who), scene.timing.home)
    return np.zeros((0, 1)) if table is None else table


def charged_rows(part: Part, scene: Scene, who: Index) -> Index:
    """Return where some bodies stand in a force."""
    return np.flatnonzero(np.isin(acting_on(part, scene.bodies.count), who))


def set_charges(scene: Scene, who: Index, table: Floats) -> Scene:
    """Return the scene with other charges."""
    part = charged_part(scene)
    assert part is not None
    rows, count = charged_rows(part, scene, who), count_of(part, scene.bodies.count)
    changed = write(part, kind_of(part).parameters[0], rows, scene.timing.home, table, count)
    return set_forces(scene, [changed if one is part else one for one in scene.forces])


QUANTITIES = (
    Quantity(
        "position", N_("Where they are at the shown frame"), "length",
        lambda scene, who: rows_of(scene.bodies.position, who),
        lambda scene, who, table: set_motion(scene, who, position=table), columns=XYZ,
    ),
    Quantity(
        N_("velocity"), N_("How fast they are there"), N_("length/s"),
        lambda scene, who: rows_of(scene.bodies.velocity, who),
        lambda scene, who, table: set_motion(scene, who, velocity=table), columns=XYZ,
    ),
    Quantity(
        "mass", N_("How heavy each of them is"), "mass", lambda scene, who: scene.bodies.mass[who, None],
        lambda scene, who, table: set_bodies(scene, who, mass=table[:, 0]), limits=Limits(low=0.0),
    ),
    Quantity(
        N_("born"), N_("The first frame of each, before which it takes no part and is not seen"), "",
        lambda scene, who: lives_of(scene.bodies).born[who, None].astype(float),
        lambda scene, who, table: set_bodies(scene, who, born=table[:, 0]), limits=FRAMES,
    ),
    Quantity(
        N_("ends"), N_("The last frame of each, after which it takes no part and is not seen"), "",
        lambda scene, who: lives_of(scene.bodies).dies[who, None].astype(float),
        lambda scene, who, table: set_bodies(scene, who, dies=table[:, 0]), limits=FRAMES,
    ),
    Quantity("charge", N_("The electric charge of each"), "charge", charges, set_charges),
    Quantity(
        "radius", N_("How large each is painted"), "length", lambda scene, who: scene.bodies.radius[who, None],
        lambda scene, who, table: set_bodies(scene, who, radius=table[:, 0]), limits=Limits(low=0.0), still=True,
    ),
)  # fmt: skip


class BodiesSection(QWidget):
    """What several bodies have in common; typing sets it for all of them."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.setObjectName("bodies")
        self.section = Section(tr("Bodies"), tip=tr("The selected bodies, as they are at the shown frame"))
        self.setLayout(column(self.section))
        self.studio = studio
        self.teach = label(tr(TEACH), "name", wrap=True)
        self._form = Form()
        self.count = label(name="value")
        self._form.add(tr("Selected"), self.count, tr("How many bodies are selected"))
        self._names: dict[str, QLabel] = {}
        self.rows = {quantity.name: self._row(quantity) for quantity in QUANTITIES}
        self.color = Swatch(studio, self._paint)
        self._form.add(tr("Colour"), self.color, tr("What colour each is painted in"))
        self.pinned = QCheckBox(tr("never moves"))
        self.pinned.setObjectName("pinned")
        self.pinned.setToolTip(tr("Pinned bodies stay where they are"))
        self.pinned.clicked.connect(self._pin)
        self._form.add(tr("Pinned"), self.pinned, tr("Pinned bodies stay where they are"))
        self.section.body.addWidget(self.teach)
        self.section.body.addWidget(self._form)
        self.refresh()

    def _row(self, quantity: Quantity) -> NumberRow:
        run = partial(self._run, quantity)
        made = NumberRow(
            self.studio, quantity.name, tr(quantity.tip), run, quantity.unit, quantity.columns, quantity.limits
        )
        self._names[quantity.name] = self._form.add(capital(tr(quantity.name)), made, tr(quantity.tip))
        return made

    # What it does

    @property
    def _who(self) -> Index:
        return np.flatnonzero(self.studio.session.selection)

    def _run(self, quantity: Quantity, axis: int, change: Change, drag: Drag | None) -> None:
        if quantity.name == "position" and self.studio.keyframes.aiming:
            self._aim(axis, change, drag)
            return
        scene, who = self._start(drag, quantity.still), self._who
        table = quantity.read(scene, who).copy()
        table[:, axis] = change(table[:, axis])
        self._edit(Sentence("Set {name}", name=named(quantity.name)), quantity.write(scene, who, table), drag)

    def _aim(self, axis: int, change: Change, drag: Drag | None) -> None:
        """Let the selected bodies have their places at this frame for targets; they stay until that is solved."""
        studio, selection = self.studio, self.studio.session.selection
        studio.playback.stop()
        who = np.flatnonzero(selection & ~studio.session.scene.bodies.pinned)
        if not who.size or not studio.session.arrived:
            raise RevanimError(still_walking(studio.session) if who.size else "Pinned bodies have no targets.")
        scene = studio.session.scene if drag is None or drag.before is None else drag.before
        if drag is not None:
            drag.origin = drag.before = scene
        table = posed(studio, scene)[who]
        table[:, axis] = change(table[:, axis])
        studio.session.edit(Sentence("Set target"), set_targets(scene, studio.session.frame, who, table), drag)

    def _start(self, drag: Drag | None, still: bool) -> Scene:
        """Return the scene that an edit starts from: at home where it is shown, unless nothing moves by it."""
        if drag is not None and drag.before is not None:
            return drag.before
        if not still:
            self.studio.playback.stop()
        stand = way_here(self.studio.session)
        if stand is None and not still:
            raise RevanimError(still_walking(self.studio.session))
        scene = self.studio.session.scene if still or stand is None else stand()
        if drag is not None:
            drag.origin, drag.before = self.studio.session.scene, scene
        return scene

    def _edit(self, text: Sentence, scene: Scene, drag: Drag | None = None) -> None:
        before = self.studio.session.scene
        self.studio.session.edit(text, scene, drag)
        if self.studio.session.scene.timing.home != before.timing.home:
            say_home(self.studio.session, before)

    def _set(self, text: Sentence, still: bool, **values: ArrayLike) -> None:
        try:
            self._edit(text, set_bodies(self._start(None, still), self._who, **values))
        except RevanimError as error:
            self.studio.session.failed.emit(error.sentence)

    def _paint(self, color: Rgb) -> None:
        self._set(Sentence("Set colour"), True, color=np.array(color))

    def _pin(self) -> None:
        pinned = self.pinned.isChecked()
        self._set(Sentence("Pin") if pinned else Sentence("Unpin"), False, pinned=pinned)

    # What it shows

    def refresh(self) -> None:
        """Show the selected bodies as they are now."""
        who = self._who
        self.teach.setVisible(not who.size)
        self._form.setVisible(bool(who.size))
        if who.size:
            self._tell(self.studio.session.scene, who)

    def _tell(self, scene: Scene, who: Index) -> None:
        count, chosen = number(scene.bodies.count), number(who.size)
        self.count.setText(
            tr("body {body} of {count}", body=who[0], count=count)
            if who.size == 1
            else tr("{chosen} bodies of {count}", chosen=chosen, count=count)
        )
        for quantity in QUANTITIES[2:]:
            self.rows[quantity.name].display(quantity.read(scene, who))
        self._tell_lives(scene, who)
        charged = charged_part(scene) is not None
        self.rows["charge"].setVisible(charged)
        self._names["charge"].setVisible(charged)
        self.color.display(rows_of(scene.bodies.color, who))
        self._tell_pinned(scene.bodies.pinned[who])
        self.rows["velocity"].setEnabled(not (scene.bodies.pinned | carried(scene))[who].all())
        for name in ("position", "velocity"):
            self.rows[name].fields[2].setEnabled(not scene.planar)
        self.follow()

    def follow(self) -> None:
        """Show where the bodies are now, or shall be, and how fast they are."""
        who, shot, bodies = self._who, self.studio.session.shot, self.studio.session.scene.bodies
        if who.size:
            shown = shot if shot is not None and len(shot.position) == bodies.count else bodies
            self.rows["velocity"].display(rows_of(shown.velocity, who))
            if self.studio.keyframes.aiming and shown is shot:
                self._show_places(posed(self.studio, self.studio.keyframes.draft)[who], have_targets(self.studio, who))
            else:
                self._show_places(rows_of(shown.position, who), False)

    def _show_places(self, place: Floats, aimed: bool) -> None:
        """Show where the bodies are, or where they shall be: what typing changes."""
        name = self._names["position"]
        name.setText(capital(tr("target" if aimed else "position")))
        name.setToolTip(tr(AIMED if aimed else AIMING if self.studio.keyframes.aiming else QUANTITIES[0].tip))
        name.setProperty("aimed", aimed)
        name.style().polish(name)
        self.rows["position"].display(place)

    def _tell_lives(self, scene: Scene, who: Index) -> None:
        """Show the frames only where bodies have some, and a word for those that have none."""
        lives = lives_of(scene.bodies)
        for name, frames in (("born", lives.born[who]), ("ends", lives.dies[who])):
            self.rows[name].setVisible(scene.bodies.lives is not None)
            self._names[name].setVisible(scene.bodies.lives is not None)
            if (np.abs(frames) >= FARTHEST_FRAME).all():
                self.rows[name].display(None, tr("always"))

    def _tell_pinned(self, pinned: NDArray[np.bool_]) -> None:
        some = pinned.any() and not pinned.all()
        state = Qt.CheckState.PartiallyChecked if some else Qt.CheckState.Checked
        self.pinned.setTristate(bool(some))
        self.pinned.setCheckState(state if pinned.any() else Qt.CheckState.Unchecked)
