"""What revanim is, whose science it stands on, and under which licences the packages in it are."""

import sys
from html import escape
from itertools import starmap
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from revanim.sentence import N_
from revanim.session.files.log import ABSENT, version_of
from revanim.session.words import tr
from revanim.window.frame.nameplate import nameplate
from revanim.window.frame.sheets.sources import SOURCES, Source
from revanim.window.kit.widgets import column, label, row, scrolled
from revanim.window.window import Window

MARK = 56
HOW = N_(
    """The state of every body is kept in 64-bit integers. A step adds to the places an integer computed from the \
speeds alone, and to the speeds one computed from the places alone; so each can be taken back, bit for bit. Nothing \
is stored between frames: going back is walking back. The same way carries the gradient that makes bodies hit a pose."""
)
LOSSES = N_(
    """What slows bodies down sends many pasts to one present, and forgets which it was; a bit that is forgotten \
becomes heat, k T ln 2 at least (Landauer). So that a motion with drag and bounces can go back all the same, \
just these bits are kept, on a tape for each body, and nothing else is. Going back takes them off again, one \
by one, until at home none is left: it is computed back and not stored (Bennett). The ledger shows how many \
there are."""
)
FLUIDS = N_(
    """Fluids run backward too: an exactly reversible integrator of the incompressible Euler equations in vortex form, \
with its exact adjoint, the challenge that closes Stam 2022. Inviscid, regularised cores, no reconnection, free space \
or mirrors. Blobs solve the Euler equations regularised at their core, and converge to them as it shrinks and they \
become more (Beale and Majda). It is not the first reversible fluid: smoothed particles (Kum and Hoover 1995, Kincl \
and Pavelka 2023) and lattice gases were, and Mullen and others 2009 in exact arithmetic."""
)
BUNDLED = (
    ("revanim", "MIT", "revanim"),
    ("Inter, Rasmus Andersson", "SIL Open Font License 1.1", ""),
    ("Qt, PySide6", "LGPL 3", "PySide6-Essentials"),
    ("NumPy", "BSD", "numpy"),
    ("Numba, llvmlite", "BSD", "numba"),
    ("SciPy", "BSD", "scipy"),
    ("pyqtgraph", "MIT", "pyqtgraph"),
    ("fontTools", "MIT", "fonttools"),
    ("Pillow", "MIT-CMU", "pillow"),
    ("polib", "MIT", "polib"),
    ("trimesh", "MIT", "trimesh"),
    ("Mapbox Earcut", "ISC", "mapbox_earcut"),
    ("HarfBuzz (uharfbuzz)", "Apache 2.0", "uharfbuzz"),
    ("tinycss2", "BSD", "tinycss2"),
    ("PyAV with FFmpeg, x264 and x265", "GPL 2 or later", "av"),
    ("OpenUSD", "Tomorrow Open Source Technology License 1.0", "usd-core"),
)
GPL = N_(
    """Videos are encoded by x264 and x265, which come with PyAV and are under the GNU General Public License. So an \
installer that brings them is handed on under that licence as a whole; the code of revanim alone stays under MIT."""
)
TEXTS = Path(sys.executable).parent / "licences"  # which installers put beside the program


class AboutPage(QWidget):
    """The mark, the promise, the science and the licences."""

    title = N_("About revanim")
    room = (640, 560)

    def __init__(self, window: Window) -> None:
        super().__init__()
        head = row(*nameplate(f"revanim {version_of('revanim')}", MARK), None, spacing=16)
        science = "".join(topic(name, sources) for name, sources in SOURCES.items())
        packages = "".join(starmap(package_row, BUNDLED))
        texts = [
            label(tr(HOW), wrap=True),
            label(tr(LOSSES), wrap=True),
            label(tr(FLUIDS), wrap=True),
            label(tr("The science"), "heading"),
            linked(science),
            label(tr("What is in it"), "heading"),
            linked(f"<table>{packages}</table>"),
            label(tr(GPL), wrap=True),
        ]
        if TEXTS.is_dir():
            texts.append(linked(f'<a href="{TEXTS.as_uri()}">{escape(tr("The texts of all licences"))}</a>'))
        self.setLayout(column(scrolled(column(head, 8, *texts, None, spacing=8)), spacing=8))
        self.first: QWidget | None = None


def package_row(name: str, licence: str, package: str) -> str:
    """Return a row on a package that is here; those for export may not be installed."""
    known = version_of(package) if package else ""
    if known == ABSENT:
        return ""
    return f'<tr><td>{escape(name)} {known}</td><td style="padding-left: 24px">{escape(licence)}</td></tr>'


def topic(name: str, sources: tuple[Source, ...]) -> str:
    """Return what is known of one matter, as paragraphs."""
    return f"<p style='margin: 10px 0 4px 0'><b>{escape(tr(name))}</b></p>" + "".join(map(paragraph, sources))


def paragraph(source: Source) -> str:
    """Return a source as a paragraph; its title leads to the paper."""
    title = escape(source.title)
    shown = f'<a href="{source.address}">{title}</a>' if source.address else f"<i>{title}</i>"
    return f"<p style='margin: 0 0 6px 0'>{shown}<br>{escape(source.authors)}. {escape(source.where)}</p>"


def linked(text: str) -> QLabel:
    """Return a text with addresses that the browser opens."""
    made = label(text, wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setOpenExternalLinks(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    return made
