"""What revanim is, whose science it stands on, and under which licences its parts are."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from revanim.app.icons import mark
from revanim.app.log import version_of
from revanim.app.sheet import scrolled
from revanim.app.widgets import column, label, row

if TYPE_CHECKING:
    from revanim.app.window import Window

MARK = 56
PROMISE = "Physics you scrub like a flipbook, onward and back."
HOW = """The state of every body is kept in 64-bit integers. A step adds to the places an integer computed from the \
speeds alone, and to the speeds one computed from the places alone; so each can be taken back, bit for bit. Nothing \
is stored between frames: going back is walking back. The same way carries the gradient that makes bodies hit a pose."""
SOURCES = (
    ("Exact return", "Jos Stam, An Exact Bitwise Reversible Integrator, 2022", "https://arxiv.org/abs/2207.07695"),
    (
        "Integers and high order",
        "Hanno Rein and Daniel Tamayo, JANUS: a bit-wise reversible integrator for N-body dynamics, MNRAS 473, 2018",
        "https://arxiv.org/abs/1704.07715",
    ),
    (
        "The first of its kind",
        "Dominique Levesque and Loup Verlet, Molecular dynamics and time reversibility, J. Stat. Phys. 72, 1993",
        "https://doi.org/10.1007/BF01048102",
    ),
    ("Fourth order", "Masuo Suzuki, Fractal decomposition of exponential operators, Phys. Lett. A 146, 1990", ""),
    (
        "Sixth order and more",
        "Blanes and Moan, 2002; Kahan and Li, 1997; Sofroniou and Spaletta, 2005",
        "",
    ),
    ("Solving", "Liu and Nocedal, On the limited memory BFGS method, 1989; Levenberg, 1944; Marquardt, 1963", ""),
    (
        "Figure eight",
        "Cristopher Moore, 1993; Alain Chenciner and Richard Montgomery, 2000",
        "https://arxiv.org/abs/math/0011268",
    ),
    ("Solar system", "JPL DE421: Folkner, Williams and Boggs, IPN Progress Report 42-178, 2009", ""),
)
BUNDLED = (
    ("revanim", "MIT", "revanim"),
    ("Inter, by Rasmus Andersson and others", "SIL Open Font License 1.1", ""),
    ("Qt and PySide6", "LGPL 3", "PySide6-Essentials"),
    ("NumPy", "BSD", "numpy"),
    ("Numba and llvmlite", "BSD", "numba"),
    ("SciPy", "BSD", "scipy"),
    ("pyqtgraph", "MIT", "pyqtgraph"),
    ("fontTools", "MIT", "fonttools"),
    ("Pillow", "MIT-CMU", "pillow"),
    ("trimesh", "MIT", "trimesh"),
)


class AboutPage(QWidget):
    """The mark, the promise, the science and the licences."""

    title = "About revanim"
    room = (640, 560)

    def __init__(self, window: Window) -> None:
        super().__init__()
        picture = label()
        picture.setPixmap(mark(MARK))
        picture.setAccessibleName("The mark of revanim")
        name = column(label(f"revanim {version_of('revanim')}", "display"), label(PROMISE, "name"), spacing=2)
        science = "".join(map(source_line, SOURCES))
        parts = "".join(
            f"<tr><td>{escape(name)} {version_of(package) if package else ''}</td>"
            f'<td style="padding-left: 24px">{escape(licence)}</td></tr>'
            for name, licence, package in BUNDLED
        )
        texts = [
            label(HOW, wrap=True),
            label("The science", "heading"),
            linked(science),
            label("What is in it", "heading"),
            linked(f"<table>{parts}</table>"),
        ]
        self.setLayout(
            column(scrolled(column(row(picture, name, None, spacing=16), 8, *texts, None, spacing=8)), spacing=8)
        )
        self.first: QWidget | None = None


def source_line(source: tuple[str, str, str]) -> str:
    """Return a source as a paragraph; its title leads to the paper."""
    what, text, address = source
    shown = f'<a href="{address}">{escape(text)}</a>' if address else escape(text)
    return f"<p style='margin: 0 0 6px 0'><b>{escape(what)}</b><br>{shown}</p>"


def linked(text: str) -> QLabel:
    """Return a text with addresses that the browser opens."""
    made = label(text, wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setOpenExternalLinks(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    return made
