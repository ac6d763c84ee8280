"""What PySide6 and numba load of a Linux system, and the Debian or Ubuntu package that brings each.

`packaging/dev.py` reads this file too, with a Python that has no package installed: it imports nothing.
"""

FOR_PICTURES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
}
FOR_X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
}
FOR_THREADS = {"libgomp.so.1": "libgomp1"}
FOR_BUNDLES = {"libffi.so.8": "libffi8"}  # what a bundle's Python needs before it can ask for any other
