"""How the scene is painted: every number and choice of its look, each an undo step."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QLayout, QWidget

from revanim.draw.background import backgrounds
from revanim.draw.dress.palette import with_look
from revanim.draw.look import Rgb
from revanim.draw.style import styles
from revanim.scene.attribute import attributes
from revanim.scene.check import LARGEST_PICTURE, MOST_FRAMES, MOST_SKINS
from revanim.scene.edits import set_look
from revanim.scene.edits.picture.camera import has_camera
from revanim.scene.scene import Look as Looks
from revanim.sentence import N_, Sentence
from revanim.session.drag import Drag, origin_of
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.kit.fields.arithmetic import Change
from revanim.window.kit.fields.form import Choice, Form, NumberRow
from revanim.window.kit.fields.limits import Limits
from revanim.window.kit.fields.numbers import as_whole
from revanim.window.kit.fields.swatch import Swatch
from revanim.window.kit.widgets import column, push_button, row, scrolled
from revanim.window.panel import Panel
from revanim.window.sections.look_presets import LookPresets
from revanim.window.sections.look_ramps import LookRamps
from revanim.window.sections.section import Section

SIZE = (304, 360)
NUMBERS = {  # field of the look: its label, tip, unit and limits
    N_("trail"): (Sentence("Trail"), N_("How far back the trails reach"), "frames", Limits(0, MOST_FRAMES, True)),
    N_("ahead"): (
        Sentence("Way ahead"),
        N_("How far the bodies' way ahead is drawn"),
        "frames",
        Limits(0, MOST_FRAMES, True),
    ),
    N_("skins"): (
        Sentence("Skins"),
        N_("How many onion skins there are on either side"),
        "",
        Limits(0, MOST_SKINS, True),
    ),
    N_("spacing"): (
        Sentence("Spacing"),
        N_("How many frames lie between two skins"),
        "frames",
        Limits(1, MOST_FRAMES, True),
    ),
    "size": (Sentence("Size"), N_("Bodies are painted so many times as large"), "×", Limits(0.01, 100)),
    N_("spin"): (Sentence("Spin"), N_("How fast what bodies wear turns"), "1/s", Limits(-100, 100)),
    N_("exposure"): (Sentence("Exposure"), N_("How bright a glowing picture is"), "×", Limits(0.001, 1000)),
    N_("halo"): (
        Sentence("Halo"),
        N_("How much light the lens spreads in a glowing picture"),
        "×",
        Limits(0, 100),
    ),
}
SWITCHES = {
    "tinted": (
        Sentence("in orange and cyan"),
        N_("Draw trails in the colours of past and future, not in those of the bodies"),
    ),
    "velocities": (Sentence("Velocities"), N_("Draw arrows that say how fast bodies are")),
    "accelerations": (
        Sentence("Accelerations"),
        N_("Draw arrows that say how all forces together drive the bodies"),
    ),
    "centre": (Sentence("Centre of mass"), N_("Mark the centre of all mass")),
    "names": (Sentence("Names"), N_("Write names at groups, and numbers at bodies that are in none")),
    "links": (Sentence("Links"), N_("Draw springs and rods")),
    "surfaces": (Sentence("Cloths"), N_("Draw what springs weave as a surface, in a look that is solid")),
    "shadows": (Sentence("Shadows"), N_("Draw soft shadows on the floor, in a look that is solid")),
    "grid": (Sentence("Floor"), N_("Draw the floor")),
    "axes": (Sentence("Axes"), N_("Draw the axes of the scene")),
}
SIDES = {"width": "", "height": ""}  # columns
PIXELS = Limits(1, LARGEST_PICTURE, whole=True)


class Look(QWidget):
    """Sections of what is drawn beside the bodies, of the bodies, of what lies behind, and of the camera."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.studio = studio
        self.numbers = {name: self._number(name) for name in NUMBERS}
        self.switches = {name: self._switch(name) for name in SWITCHES}
        ordered = sorted(attributes().values(), key=lambda attribute: attribute.order)
        colored = {"": Sentence("Their own colours")} | {each.name: Sentence(each.title) for each in ordered}
        self.color_by = self._choice(N_("color_by"), tr("Colour the bodies by what they do"), colored)
        painted = {style.name: Sentence(style.title) for style in styles().values()}
        self.style_ = self._choice(N_("style"), tr("How bodies are painted"), painted)
        behind = {background.name: Sentence(background.title) for background in backgrounds().values()}
        self.background = self._choice(N_("background"), tr("What lies behind the bodies"), behind)
        self.plain = Swatch(studio, self._set_color)
        self.picture = NumberRow(studio, N_("picture"), tr("Pixels of files"), self._set_side, "", SIDES, PIXELS)
        self.set_camera = push_button(
            tr("Set from view"),
            studio.filming.put,
            "small",
            tr("Put the camera here"),
        )
        self.through = push_button(
            tr("Look through"), studio.viewing.look_through, "small", tr("See what files will show (0), or go back")
        )
        self.key = push_button(tr("Set key"), studio.filming.set_key, "small", tr("Let it be here at this frame"))
        self.ramps = LookRamps(studio)
        self._lay_out()
        studio.session.scene_changed.connect(self.refresh)
        studio.viewing.changed.connect(self.refresh)
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def _lay_out(self) -> None:
        on = self.switches
        arrows = column(on["velocities"], on["accelerations"], on["centre"], on["names"], spacing=4)
        drawn = column(on["links"], on["surfaces"], on["shadows"], on["grid"], on["axes"], spacing=4)
        camera = row(self.set_camera, self.through, None, spacing=4)
        ramps = Section(tr("By Values"))
        ramps.body.addWidget(self.ramps)
        sections = (
            self._section(tr("Time"), "trail", "ahead", (tr("Trails"), on["tinted"]), "skins", "spacing"),
            self._section(
                tr("Bodies"),
                (tr("Colours"), self.color_by),
                (tr("Style"), self.style_),
                "size",
                "spin",
                (tr("Marks"), arrows),
            ),
            ramps,
            self._section(tr("Light", "lamp"), "exposure", "halo"),
            self._section(
                tr("Behind"), (tr("Background"), self.background), (tr("Plain"), self.plain), (tr("Draw"), drawn)
            ),
            self._section(
                tr("Camera"), (tr("Camera"), camera), (tr("Keys"), row(self.key, None)), (tr("Picture"), self.picture)
            ),
        )
        presets = Section(tr("Looks to begin with"))
        presets.body.addWidget(LookPresets(self.studio))
        self.setLayout(column(scrolled(column(presets, *sections, None, spacing=1))))

    def _section(self, title: str, *lines: str | tuple[str, QWidget | QLayout]) -> Section:
        section, form = Section(title), Form()
        for line in lines:
            if isinstance(line, str):
                text, tip, *_ = NUMBERS[line]
                form.add(tr(text), self.numbers[line], tr(tip))
            else:
                form.add(line[0], line[1], "")
        section.body.addWidget(form)
        return section

    def _number(self, name: str) -> NumberRow:
        _, tip, unit, limits = NUMBERS[name]
        return NumberRow(self.studio, name, tr(tip), partial(self._set_number, name), unit, None, limits)

    def _switch(self, name: str) -> QCheckBox:
        text, tip = SWITCHES[name]
        made = QCheckBox(tr(text))
        made.setObjectName(name)
        made.setAccessibleName(tr(text))
        made.setToolTip(tr(tip))
        made.clicked.connect(
            lambda on: self._set(Sentence("Show {part}" if on else "Hide {part}", part=text), **{name: on})
        )
        return made

    def _choice(self, name: str, tip: str, items: dict[str, Sentence]) -> Choice:
        made = Choice(name, tip)
        for value, text in items.items():
            made.addItem(tr(text), value)
        made.activated.connect(lambda: self._set(items[made.currentData()], **{name: made.currentData()}))
        return made

    # What it does

    def _set(self, text: Sentence, **changes: Any) -> None:
        if not self.studio.session.attempt(text, lambda scene: with_look(scene, **changes)):
            self.refresh()

    def _set_color(self, color: Rgb) -> None:
        """Choose the colour of what lies behind, and a background that has it."""
        name = next(each.name for each in backgrounds().values() if each.colors)
        self._set(Sentence("Background"), background=name, plain=color)

    def _drag(self, text: Sentence, drag: Drag | None, changes: Callable[[Looks], dict[str, Any]]) -> None:
        """Change the look as it was when the drag began."""
        scene = origin_of(drag, self.studio.session.scene)
        self.studio.session.edit(text, set_look(scene, **changes(scene.look)), drag)

    def _set_number(self, name: str, axis: int, change: Change, drag: Drag | None) -> None:
        def changes(look: Looks) -> dict[str, Any]:
            value = float(change(np.array([getattr(look, name)], np.float64))[0])
            return {name: as_whole(value) if NUMBERS[name][3].whole else value}

        self._drag(Sentence("Set {name}", name=NUMBERS[name][0]), drag, changes)

    def _set_side(self, axis: int, change: Change, drag: Drag | None) -> None:
        def changes(look: Looks) -> dict[str, Any]:
            sides = list(look.picture)
            sides[axis] = as_whole(float(change(np.array([sides[axis]], np.float64))[0]))
            return {"picture": tuple(sides)}

        self._drag(Sentence("Set picture size"), drag, changes)

    # What it shows

    def refresh(self) -> None:
        """Show the look as it is now."""
        look = self.studio.session.scene.look
        for name, control in self.numbers.items():
            control.display(np.array([[getattr(look, name)]], np.float64))
        for name, switch in self.switches.items():
            switch.setChecked(getattr(look, name))
        for choice, value in (
            (self.color_by, look.color_by),
            (self.style_, look.style),
            (self.background, look.background),
        ):
            choice.setPlaceholderText(value)  # is seen where that is not installed
            choice.setCurrentIndex(choice.findData(value))
        self.plain.display(np.array([look.plain], np.uint8))
        self.picture.display(np.array([look.picture], np.float64))
        self.through.setEnabled(has_camera(self.studio.session.scene))
        self.through.setText(tr("Leave") if self.studio.viewing.through else tr("Look through"))


look = Panel(name="look", title="Look", order=25, build=Look, beside="properties")
