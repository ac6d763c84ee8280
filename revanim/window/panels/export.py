"""Export: a format with its options, and the queue of files that are being written."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QWidget

from revanim.engine.parameter import Parameter
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.error import RevanimError
from revanim.export.exporter import PACE, Exporter, exporters, facts
from revanim.export.preset import PRESETS, VIDEO
from revanim.sentence import N_
from revanim.session.files import settings
from revanim.session.studio import Studio
from revanim.session.words import figures, tr
from revanim.session.work.exports import QueuedExport, State
from revanim.window.kit.fields.form import Choice
from revanim.window.kit.fields.options import OptionsForm
from revanim.window.kit.widgets import column, holder, icon_button, in_turn, label, push_button, row, scrolled
from revanim.window.panel import Panel
from revanim.window.sections.section import Section

SIZE = (304, 420)
OWN, WALKS = N_("Own settings"), N_("Walking to the first frame")
TEACH = N_("Nothing is waiting. What is written here never stops the rest of the window.")
FIRST = Parameter("first", 1.0, "", -FARTHEST_FRAME, FARTHEST_FRAME, "The first frame of the file.", whole=True)
LAST = Parameter("last", 1.0, "", -FARTHEST_FRAME, FARTHEST_FRAME, "The last frame of the file.", whole=True)
FRAMES = ("first", "last")
OF_THE_SCENE = ("width", "height")  # options that every scene begins with again


class Export(QWidget):
    """Choose a preset or a format, change what it asks for, and put it into the queue."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.studio = studio
        self.known = sorted(exporters().values(), key=lambda exporter: exporter.title)
        self.preset = Choice(
            N_("preset"), tr("Options that go well together"), [tr(OWN), *(tr(each.title) for each in PRESETS)]
        )
        self.preset.activated.connect(self._take_preset)
        self.format = Choice(N_("format"), tr("What is written"), [tr(exporter.title) for exporter in self.known])
        self.format.setMaxVisibleItems(20)
        self.format.activated.connect(lambda: self._ask({**remembered(self.exporter), **self._kept}))
        self.about, self.facts = label(name="name", wrap=True), label(name="value", wrap=True)
        self.options = OptionsForm(studio, (), {})
        self.button = push_button(tr("Export…"), self.ask, "primary", tr("Choose a file, and put it into the queue"))
        self.rows: dict[QueuedExport, QueueRow] = {}
        self._wide = 0.0  # pixels, of the picture that is asked for
        self._new: QueueRow | None = None  # which may lie below what is shown
        self.teach = label(tr(TEACH), "name", wrap=True)
        self.clear = push_button(tr("Clear"), studio.exports.clear, "small", tr("Forget what is done"))
        self.clear.setMaximumWidth(self.clear.sizeHint().width())
        self._lay_out()
        studio.exports.changed.connect(self._refresh_queue)
        studio.exports.progressed.connect(self._advance)
        studio.session.opened.connect(self._begin_anew)
        studio.session.range_changed.connect(self._begin_anew)
        studio.session.scene_changed.connect(self._refresh_facts)
        studio.session.opened.connect(self._refresh_facts)
        self.choose(VIDEO.exporter)
        self._refresh_queue()

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def inherit(self, before: "Export") -> None:
        """Ask for the same format, with what has been chosen of it."""
        preset = before.preset.currentIndex()
        self.format.setCurrentIndex(self.known.index(before.exporter))
        self._ask(before.options.values)
        self.preset.setCurrentIndex(preset)

    def _lay_out(self) -> None:
        self._place = column(self.options)
        self._queue = Section(tr("Queue"), self.clear)
        self._queue.body.addWidget(self.teach)
        asked = (self.preset, self.format, self.about, 2, holder(self._place))
        form = column(*asked, spacing=8, margins=(12, 10, 8, 8))
        self._area = scrolled(column(form, self._queue, None))
        self._area.verticalScrollBar().rangeChanged.connect(self._reveal)
        foot = row(self.facts, None, self.button, spacing=8, margins=(12, 8, 12, 12))
        self.setLayout(column(self._area, foot))

    @property
    def exporter(self) -> Exporter:
        """The one that is chosen."""
        return self.known[self.format.currentIndex()]

    def choose(self, name: str) -> None:
        """Choose a format by its name, with the options it was last used with."""
        self.format.setCurrentIndex([exporter.name for exporter in self.known].index(name))
        self._ask(remembered(self.exporter))

    # What it asks

    @property
    def _kept(self) -> dict[str, Any]:
        """What another format begins with as well: the frames, and the size of pictures."""
        return {name: value for name, value in self.options.values.items() if name in (*FRAMES, *OF_THE_SCENE)}

    def _begin_anew(self) -> None:
        self._ask({name: value for name, value in self.values.items() if name not in OF_THE_SCENE})

    def _take_preset(self, index: int) -> None:
        if index > 0:
            preset = PRESETS[index - 1]
            self.format.setCurrentIndex([exporter.name for exporter in self.known].index(preset.exporter))
            self._ask(preset.options)
            self.preset.setCurrentIndex(index)

    def _ask(self, given: Mapping[str, Any]) -> None:
        """Ask what the chosen format wants to know, beginning with values that are given."""
        first, last = self.studio.session.range
        width, height = self.studio.session.scene.look.picture
        given = {name: value for name, value in given.items() if value or name in FRAMES}
        wide = given.get("width", width)
        here = {"first": first, "last": last, "width": wide, "height": round(wide * height / width)}
        fresh = OptionsForm(self.studio, (FIRST, LAST, *PACE, *self.exporter.parameters), {**here, **given})
        self._wide = float(wide)
        fresh.changed.connect(self._keep_shape)
        fresh.changed.connect(self._leave_preset)
        self._place.replaceWidget(self.options, fresh)
        self.options.hide()
        self.options.deleteLater()
        self.options = fresh
        fresh.show()
        in_turn(self)
        self._leave_preset()
        self.about.setText(
            f"{tr(self.exporter.help)} {tr('Opens in {programs}.', programs=tr(self.exporter.opens_in))}"
        )

    def _keep_shape(self) -> None:
        """Let the height follow the width; the height alone gives the picture another shape."""
        values = self.options.values
        if "width" not in values or values["width"] == self._wide or not self._wide:
            return
        self.options.put("height", float(round(values["height"] * values["width"] / self._wide)))
        self._wide = values["width"]

    def _leave_preset(self) -> None:
        self.preset.setCurrentIndex(0)
        self._refresh_facts()

    def _refresh_facts(self) -> None:
        try:
            self.facts.setText(tr(facts(self.studio.session.scene, self.exporter, self.frames, self.values)))
        except RevanimError as error:
            self.facts.setText(tr(error.sentence))

    @property
    def frames(self) -> tuple[int, int]:
        """The first and the last frame."""
        return int(self.options.values["first"]), int(self.options.values["last"])

    @property
    def values(self) -> dict[str, Any]:
        """The options of the format."""
        return {name: value for name, value in self.options.values.items() if name not in FRAMES}

    # What it does

    def ask(self) -> None:
        """Ask for a file, and put the export into the queue."""
        suffix = self.exporter.suffixes[0]
        folder = Path(settings.remembered("export-folder") or Path.home())
        suffixes = " ".join(f"*{each}" for each in self.exporter.suffixes)
        name = f"{self.studio.files.title}{suffix}"
        dialog = QFileDialog(self, tr("Export"), str(folder / name), f"{tr(self.exporter.title)} ({suffixes})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.fileSelected.connect(lambda chosen: self.export(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, path: Path) -> None:
        """Put the export into the queue."""
        settings.remember("export-folder", str(path.parent))
        kept = {name: value for name, value in self.values.items() if name not in OF_THE_SCENE}
        settings.remember(f"export/{self.exporter.name}", json.dumps(kept))
        self.studio.exports.add(
            QueuedExport(self.studio.viewing.to_save(), path, self.exporter.name, self.frames, dict(self.values))
        )

    def _reveal(self) -> None:
        """Scroll to a new export once it has made room for itself."""
        if self._new is not None:
            shown, self._new = self._new, None
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(shown))

    def _advance(self, queued: QueuedExport) -> None:
        self.rows[queued].refresh()

    def _refresh_queue(self) -> None:
        queue = self.studio.exports.queue
        for queued in [queued for queued in self.rows if queued not in queue]:
            gone = self.rows.pop(queued)
            gone.hide()
            gone.deleteLater()
        for queued in queue:
            if queued not in self.rows:
                self.rows[queued] = QueueRow(self.studio, queued)
                self._queue.body.addWidget(self.rows[queued])
                self._new = self.rows[queued]
            self.rows[queued].refresh()
        self.teach.setVisible(not queue)
        self.clear.setEnabled(any(queued.over for queued in queue))


class QueueRow(QFrame):
    """An export of the queue: its name, how far it is, and what can be done with it."""

    def __init__(self, studio: Studio, queued: QueuedExport) -> None:
        super().__init__()
        self.queued = queued
        self.setObjectName("key")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name, self.state = label(queued.path.name, tip=str(queued.path)), label(name="name", wrap=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setMaximum(1000)
        self.cancel = icon_button("close", lambda: studio.exports.cancel(queued), tr("Cancel; nothing is left behind"))
        self.open = icon_button("play", self._open, tr("Open the file"))
        self.folder = icon_button("open", self._open_folder, tr("Open its folder"))
        tools = row(self.name, None, self.open, self.folder, self.cancel)
        self.setLayout(column(tools, self.progress, self.state, spacing=2, margins=(8, 2, 4, 6)))
        self.refresh()

    def refresh(self) -> None:
        """Show what has become of the export."""
        queued = self.queued
        writing, done = queued.state is State.WRITING, queued.state is State.DONE
        self.progress.setValue(round(1000 * queued.fraction))
        self.progress.setVisible(writing)
        self.cancel.setVisible(not queued.over)
        self.open.setVisible(done and queued.path.exists())
        self.folder.setVisible(done)
        self.state.setText(tr(queued.why) or become(queued))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.queued.path)))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.queued.path.parent)))


def become(queued: QueuedExport) -> str:
    """Return the state of an export in a few words."""
    if queued.state is State.WRITING:
        left = queued.seconds * (1 - queued.fraction) / queued.fraction if queued.fraction else 0.0
        percent = round(100 * queued.fraction)
        return tr("{part} %  ·  {left} s left", part=percent, left=round(left)) if left else tr(WALKS)
    first, last = queued.frames
    took = figures(f"  ·  {queued.seconds:.1f} s") if queued.state is State.DONE else ""
    return f"{tr(queued.state.value)}  ·  {tr('frames {first} to {last}', first=first, last=last)}{took}"


def remembered(exporter: Exporter) -> dict[str, Any]:
    """Return the options that a format was last used with, as far as it still has them."""
    try:
        kept = dict(json.loads(settings.remembered(f"export/{exporter.name}") or "{}"))
    except (ValueError, TypeError):
        kept = {}
    known = {parameter.name: parameter for parameter in (*PACE, *exporter.parameters)}
    return {name: value for name, value in kept.items() if name in known and fits(known[name], value)}


def fits(parameter: Parameter, value: Any) -> bool:
    """Whether a value that was kept is one that the parameter takes."""
    if parameter.choices:
        return value in parameter.choices
    return isinstance(value, int | float) and parameter.low <= value <= parameter.high


export = Panel(name="export", title="Export", order=60, build=Export, beside="properties")
