"""Paint the icons of the program and of its documents in all sizes.

    python packaging/icons.py FOLDER

Run by a Python that has PySide6 and Pillow. Writes what Linux desktops look for below `hicolor/`, and `revanim.ico` and
`revanim.icns` for Windows and macOS.
"""

import shutil
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[1]
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICONS = {
    "apps/revanim": ROOT / "resources" / "icons" / "revanim.svg",
    "mimetypes/application-x-revanim+zip": ROOT / "packaging" / "linux" / "document.svg",
}


def main(folder: Path) -> None:
    """Write every icon."""
    for name, source in ICONS.items():
        for size in SIZES:
            paint(source, size, folder / "hicolor" / f"{size}x{size}" / f"{name}.png")
        scalable = folder / "hicolor" / "scalable" / f"{name}.svg"
        scalable.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, scalable)
    large = Image.open(folder / "hicolor/512x512/apps/revanim.png")
    large.save(folder / "revanim.ico", sizes=[(size, size) for size in SIZES if size <= 256])
    large.save(folder / "revanim.icns")


def paint(source: Path, size: int, path: Path) -> None:
    """Write an SVG as a square PNG."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(source)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(path)):
        raise OSError(f"{path} cannot be written")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
