"""Looks to begin with, as small pictures: one click puts one on, and another takes it off."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from revanim.draw.dress.preset import LookPreset, dressed, look_presets, wears
from revanim.draw.dress.sample import sample, sample_shot
from revanim.draw.look import Tokens
from revanim.draw.picture import picture
from revanim.sentence import Sentence
from revanim.session.studio import Studio
from revanim.session.threads.runner import Runner
from revanim.session.words import tr
from revanim.window.kit.theme import theme
from revanim.window.kit.widgets import row

WIDTH, HEIGHT = 42, 32  # of a picture
FINER = 3  # it is painted so many times as large, and shrunk: its lines are as thin as in a large picture
Pictures = dict[str, QImage]  # by the names of the presets


class LookPresets(QWidget):
    """A row of pictures; that of the look which the scene has is marked."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.buttons = {preset.name: self._button(preset) for preset in look_presets().values()}
        self.setLayout(row(*self.buttons.values(), None, spacing=2))
        self._runner = Runner[Tokens, Pictures](self, self._paint, self._show, until=studio.session.parting)
        studio.session.scene_changed.connect(self.refresh)
        theme.changed.connect(self._order)
        self._order()
        self.refresh()

    def _button(self, preset: LookPreset) -> QToolButton:
        made = QToolButton()
        made.setObjectName("look-preset")
        made.setText(tr(preset.title))
        made.setAccessibleName(tr(preset.title))
        made.setToolTip(tr(preset.help))
        made.setCheckable(True)
        made.setIconSize(QSize(WIDTH, HEIGHT))
        made.setIcon(blank())
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.clicked.connect(partial(self._wear, preset))
        return made

    def _wear(self, preset: LookPreset) -> None:
        text = Sentence("Look {name}", name=Sentence(preset.title))
        self.studio.session.attempt(text, lambda scene: dressed(scene, preset))
        self.refresh()

    def _order(self) -> None:
        """Ask for the pictures in the colours of the theme."""
        self._runner.order(theme.tokens)

    def _paint(self, tokens: Tokens) -> None:
        """Paint them in a thread: the first time each style loads the code that paints it."""
        painted: Pictures = {}
        for preset in look_presets().values():
            if self._runner.waiting:
                return
            scene = dressed(sample(), preset)
            image = picture(scene, sample_shot(), FINER * WIDTH, FINER * HEIGHT, tokens=tokens)
            image.setDevicePixelRatio(FINER)
            painted = {**painted, preset.name: image}
            self._runner.tell(painted)

    def _show(self, painted: Pictures) -> None:
        for name, image in painted.items():
            self.buttons[name].setIcon(QIcon(QPixmap.fromImage(image)))

    def refresh(self) -> None:
        """Mark what the scene wears."""
        look = self.studio.session.scene.look
        for preset in look_presets().values():
            self.buttons[preset.name].setChecked(wears(look, preset))


def blank() -> QIcon:
    """Return an icon as large as a picture, in whose place a picture comes."""
    empty = QPixmap(WIDTH, HEIGHT)
    empty.fill(Qt.GlobalColor.transparent)
    return QIcon(empty)
