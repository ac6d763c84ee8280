"""A word that folds details away or shows them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget


def fold_button(text: str, folded: QWidget, tip: str) -> QToolButton:
    """Return the word that folds a widget away, or opens it; it begins folded."""
    made = QToolButton()
    made.setObjectName("fold")
    made.setToolTip(tip)
    made.setCheckable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def unfold(open_: bool) -> None:
        made.setText(f"{'▾' if open_ else '▸'} {text}")
        folded.setVisible(open_)

    made.toggled.connect(unfold)
    made.setText(f"▸ {text}")
    folded.hide()
    return made
