"""What the bundle is made of: which modules and files go in, and which stay out because nothing asks for them.

Standard library only: PyInstaller's `bundle.spec` and the tests both read this.
"""

from pathlib import Path, PurePosixPath

# Never reached from the window or the command line, and large or eager to pull in more.
EXCLUDED = [
    "IPython",
    "PIL.ImageQt",
    "PIL.ImageTk",
    "PySide6.QtNetwork",
    "PySide6.QtTest",
    "_tkinter",
    "curses",
    "distributed",
    "hypothesis",
    "ipywidgets",
    "jax",
    "lib2to3",
    "matplotlib",
    "mypy",
    "numba.cuda",
    "numba.tests",
    "numpy.testing.tests",
    "pip",
    "pkg_resources",
    "pyqtgraph.canvas",
    "pyqtgraph.examples",
    "pyqtgraph.flowchart",
    "pyqtgraph.jupyter",
    "pyqtgraph.opengl",
    "pytest",
    "rebound",
    "scipy.datasets",
    "scipy.fft.tests",
    "scipy.integrate.tests",
    "setuptools",
    "test",
    "tkinter",
    "torch",
    "trimesh.viewer",
    "wheel",
]

# What USD needs to write and to read points: it asks for each by its name, and for a library beside it.
USD = ["Ar", "Gf", "Kind", "Pcp", "Plug", "Sdf", "Tf", "Trace", "Ts", "Usd", "UsdGeom", "Vt", "Work"]

# Asked for by name, where PyInstaller does not look.
HIDDEN = [
    "numba._devicearray",  # of numba.cuda, the rest of which stays out
    *(f"pxr.{name}._{name[0].lower()}{name[1:]}" for name in USD),
]

# Parts of files that PyInstaller brings because they lie beside something that is needed.
UNNEEDED = (
    "PySide6/Qt6Network",
    "PySide6/opengl32sw",
    "PySide6/lib/libQt6EglFSDeviceIntegration",
    "PySide6/lib/libQt6EglFsKmsSupport",
    "PySide6/lib/libQt6Network",
    "PySide6/lib/libQt6Qml",
    "PySide6/lib/libQt6Quick",
    "PySide6/lib/libQt6VirtualKeyboard",
    "PySide6/lib/libQt6WebEngine",
    "PySide6/plugins/egldeviceintegrations",
    "PySide6/plugins/generic",
    "PySide6/plugins/imageformats/libqpdf",
    "PySide6/plugins/networkinformation",
    "PySide6/plugins/platforminputcontexts/libqtvirtualkeyboard",
    "PySide6/plugins/platforms/libqeglfs",
    "PySide6/plugins/platforms/libqlinuxfb",
    "PySide6/plugins/platforms/libqminimalegl",
    "PySide6/plugins/platforms/libqvkkhrdisplay",
    "PySide6/plugins/platforms/libqvnc",
    "PySide6/plugins/platformthemes/libqgtk3",  # would need all of GTK; portals bring the desktop's own dialogs
    "PySide6/plugins/platforms/qdirect2d",
    "PySide6/plugins/tls",
    "numba/np/ufunc/tbbpool",
)

# Where and how packages were installed to be bundled.
OF_THE_BUILDER = (".dist-info/RECORD", ".dist-info/direct_url.json")

# Whose symbols nobody needs: 100 MB. Libraries that auditwheel has mended break when stripped, numpy's among them.
STRIPPED = ("libpython*", "python3*/lib-dynload/*.so", "llvmlite/binding/*.so", "pxr/*/*.so", "usd_core.libs/libusd*")

# What names folders of the Python that it was built with, which are not there elsewhere.
RELOCATED = ("libpython*", "python3*/lib-dynload/*.so")

# What a Mac is told about our files.
DOCUMENTS = {
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": "revanim scene",
            "CFBundleTypeRole": "Editor",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": ["io.github.revanim.scene"],
        }
    ],
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": "io.github.revanim.scene",
            "UTTypeDescription": "revanim scene",
            "UTTypeConformsTo": ["public.data", "public.zip-archive"],
            "UTTypeTagSpecification": {
                "public.filename-extension": ["revanim"],
                "public.mime-type": ["application/x-revanim+zip"],
            },
        }
    ],
    "LSApplicationCategoryType": "public.app-category.graphics-design",
    "NSHighResolutionCapable": True,
}


def modules(package: Path) -> list[str]:
    """Return the dotted names of all modules below a package, items that only `collect` asks for among them."""
    found = (file.relative_to(package.parent) for file in sorted(package.rglob("*.py")))
    files = (file.with_suffix("") for file in found if file.parts[1] != "resources")
    return [".".join(name.parts).removesuffix(".__init__") for name in files]


def is_of_the_system(source: str) -> bool:
    """Tell whether a library is the system's own, and would quarrel with a newer system's if it travelled."""
    return PurePosixPath(source).is_relative_to("/lib") or (
        PurePosixPath(source).is_relative_to("/usr")
        and not PurePosixPath(source).is_relative_to("/usr/local")
        and "python3" not in source
    )


def is_needed(place: str, source: str) -> bool:
    """Tell whether a file belongs into the bundle, at this place."""
    place = place.replace("\\", "/").replace("PySide6/Qt/", "PySide6/")  # one folder less on Windows
    if place.startswith(UNNEEDED) or is_of_the_system(source):
        return False
    if place.startswith("PySide6/translations"):
        return PurePosixPath(place).name.startswith("qtbase_")
    return not any(part in place for part in ("/tests/", "/__pycache__/", *OF_THE_BUILDER))
