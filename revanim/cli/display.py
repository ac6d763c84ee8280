"""Whether a window can be opened here, asked before Qt is: where it cannot, Qt aborts without a plain word."""

import os
import sys

from revanim.cli.libraries import FOR_BUNDLES, FOR_PICTURES, FOR_X11
from revanim.error import RevanimError

BESIDE = "The command line works without: revanim --help."


def check_display() -> None:
    """Raise RevanimError where Qt would find no display, or lacks a library of the system to use it."""
    if sys.platform != "linux":
        return
    platform, name = os.environ.get("QT_QPA_PLATFORM", ""), os.environ.get("DISPLAY", "")
    on_x11 = platform.startswith("xcb") or not (platform or os.environ.get("WAYLAND_DISPLAY"))
    if on_x11 and not name:
        raise RevanimError("There is no display to open a window on. {BESIDE}", BESIDE=BESIDE)
    check_libraries(FOR_PICTURES | (FOR_X11 if on_x11 else {}))
    if on_x11 and not answers():
        raise RevanimError(
            "The display {name} cannot be reached, so there is no window. {BESIDE}", name=name, BESIDE=BESIDE
        )


def check_libraries(needed: dict[str, str] = FOR_PICTURES) -> None:
    """Raise RevanimError that names the packages of what the system cannot load."""
    if not can_ask():
        needed = FOR_BUNDLES
    missing = [library for library in needed if not loads(library)]
    if missing:
        packages = " ".join(needed[library] for library in missing)
        raise RevanimError(
            "revanim needs {names}, which this system does not have;"
            " on Debian or Ubuntu: sudo apt-get install {packages}",
            names=", ".join(missing),
            packages=packages,
        )


def can_ask() -> bool:
    """Tell whether Python itself has the library with which it asks for others."""
    try:
        import ctypes  # noqa: F401
    except ImportError:
        return False
    return True


def loads(library: str) -> bool:
    """Tell whether the system finds a shared library."""
    try:
        from ctypes import CDLL

        CDLL(library)
    except (ImportError, OSError):
        return False
    return True


def answers() -> bool:
    """Tell whether the X server of this session lets us in."""
    import ctypes

    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused
