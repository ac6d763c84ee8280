"""The drawing of the rooms and the rules of the house, compared with what the files say."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path, PurePath

import pytest

import revanim
from revanim.resources import resource

PACKAGE = Path(revanim.__file__).parent

GROUND = {"sentence", "error", "collect", "resources"}  # what every room stands on
BELOW = {
    "sentence": set(),
    "error": {"sentence"},
    "resources": set(),
    "collect": {"sentence", "error"},
    "engine": GROUND,
    "scene": GROUND | {"engine"},
    "farm": GROUND | {"engine", "scene"},
    "solve": GROUND | {"engine", "scene", "farm"},
    "draw": GROUND | {"engine", "scene"},
    "export": GROUND | {"engine", "scene", "draw", "farm"},
    "contents": GROUND | {"engine", "scene", "draw", "solve", "export"},
    "__init__": {"contents"},
    "session": GROUND | {"engine", "scene", "draw", "solve", "export", "__init__"},
    "window": GROUND | {"engine", "scene", "draw", "solve", "export", "__init__", "session"},
    "launch": GROUND | {"engine", "scene", "draw", "solve", "export", "__init__", "session", "window"},
    "cli": GROUND | {"engine", "scene", "farm", "draw", "solve", "export", "__init__", "launch"},
    "__main__": {"cli"},
}
QT = ("PySide6", "shiboken6", "pyqtgraph")
WITH_QT = ("draw", "session", "window", "launch")
WITH_WIDGETS = ("window", "launch")
WIDGETS = ("PySide6.QtWidgets", "PySide6.QtOpenGLWidgets", "pyqtgraph")

# Exceptions, protocols, type variables and the standard library's ways to declare data are no hierarchies of ours.
STANDARD = {"Exception", "RevanimError", "Protocol", "Generic", "NamedTuple", "TypedDict", "Enum", "IntEnum", "StrEnum"}

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONGER = {"engine/motion.py:walk": 75}  # what it hands on to another kernel in each stage takes longer than the stage
MOST_FILES = 21

# Inside a room, from the ground up: a folder or file imports from its own floor and from those below.
FLOORS: dict[str, list[set[str]]] = {
    "scene": [
        {"scene", "looks", "named", "passed", "srgb", "gradient"},
        {"given", "curve", "keys", "attribute"},
        {"cues", "part", "parts", "keyframe"},
        {"check"},
        {"ease", "make", "file"},
        {"build", "values", "driven", "gauge"},
        {"edits"},
        {"tables"},
        {"pose", "source", "importer"},
        {"attributes", "poses", "sources", "imports", "eases", "filming", "gallery"},
    ],
    "draw": [
        {"look", "buffer", "camera", "shot", "span", "eye"},
        {"colormap", "shapes", "trail"},
        {"seen", "lines", "skins", "strip", "style"},
        {"background"},
        {"backdrop"},
        {"walls"},
        {"light", "solid", "worn"},
        {"styles", "backgrounds"},
        {"picture", "dress"},
        {"presets"},
        {"overlay", "thumbnail"},
        {"plate"},
    ],
    "session": [
        {"words", "counts", "clock", "drag"},
        {"threads"},
        {"session"},
        {"work", "files"},
        {"tracks"},
        {"studio"},
    ],
    "window": [
        {"kit"},
        {"panel", "viewport", "timeline", "outline", "curves", "keyframes", "sections", "cards"},
        {"command", "preference", "shortcuts", "presets", "panels"},
        {"frame", "welcome", "window"},
        {"commands", "preferences"},
    ],
}

ITEMS = (
    "engine/forces",
    "engine/moves",
    "engine/schemes",
    "scene/poses",
    "scene/sources",
    "scene/eases",
    "draw/styles",
    "draw/backgrounds",
    "export/exporters",
    "window/viewport/tools",
)
ALSO_WORDS = {
    "current",
    "density",
    "disc",
    "drag",
    "glow",
    "gradient",
    "grid",
    "image",
    "mesh",
    "points",
    "ring",
    "svg",
    "text",
    "usd",
}
ALSO_WORDS |= {"add", "kick", "move", "pose", "rotate", "scale", "turn"}  # icons, commands, stages, a unit of CSS
ALSO_WORDS |= {"box", "floor", "sphere"}  # of a gizmo, of arithmetic, of a USD file
MAY_NAME = ("export/preset.py", "scene/gallery/", "scene/looks/", "window/presets/")


@cache
def sources() -> dict[PurePath, str]:
    """Return what every file of the package says."""
    return {path.relative_to(PACKAGE): path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def trees() -> dict[PurePath, ast.Module]:
    """Return the same, parsed."""
    return {path: ast.parse(text) for path, text in sources().items()}


def none_of(complaints: Iterable[str]) -> None:
    """Fail with the complaints as sentences, one a line."""
    said = list(complaints)
    assert not said, "\n" + "\n".join(said)


def room_of(path: PurePath) -> str:
    """Return the room a file lies in; a file at the top is named like a room of its own."""
    return path.parts[0].removesuffix(".py")


def room_holding(name: str) -> str:
    """Return the room of a dotted name of revanim; `revanim` itself and its public names are in `__init__`."""
    first = name.partition(".")[2].partition(".")[0]
    return first if first in BELOW else "__init__"


@cache
def imports() -> list[tuple[str, str, str]]:
    """Return place, room and full name of all that is imported: at the top, inside functions and for type checkers.

    Relative imports do not appear: ruff refuses them.
    """
    found = []
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                parent = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
                found += [(f"{path}:{node.lineno}", room_of(path), parent + alias.name) for alias in node.names]
    return found


def lies_in(name: str, packages: tuple[str, ...]) -> bool:
    """Tell whether a dotted name is one of the packages or lies inside one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_every_file_lies_in_a_room_of_the_drawing() -> None:
    none_of(f"{path} lies in no room of the drawing." for path in trees() if room_of(path) not in BELOW)


def test_a_room_imports_only_from_the_rooms_below_it() -> None:
    none_of(
        f"{place}: {room} imports {name}, which does not lie below it."
        for place, room, name in imports()
        if lies_in(name, ("revanim",)) and room_holding(name) not in BELOW[room] | {room}
    )


def test_only_draw_and_above_import_qt_and_only_the_window_imports_widgets() -> None:
    none_of(
        f"{place}: {room} imports {name}; Qt is for {', '.join(WITH_QT)}, its widgets for {' and '.join(WITH_WIDGETS)}."
        for place, room, name in imports()
        if (lies_in(name, QT) and room not in WITH_QT) or (lies_in(name, WIDGETS) and room not in WITH_WIDGETS)
    )


SLOW = {"PySide6", "numba", "scipy", "multiprocessing"}
ASK = f"import sys; print(*{SLOW} & set(sys.modules))"
QUICK = {
    "import revanim": "import revanim",
    "--help": "from revanim.cli import main\ntry: main(['--help'])\nexcept SystemExit: print()",
    "info": f"from revanim.cli import main; main(['info', {str(resource('scenes', 'ring.revanim'))!r}])",
}


@pytest.mark.parametrize("command", QUICK)
def test_what_shall_be_quick_loads_nothing_slow(command: str) -> None:
    question = f"{QUICK[command]}\n{ASK}"
    said = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True).stdout
    loaded = said.splitlines()[-1]
    assert not loaded, f"{command} loads {loaded}."


def test_the_window_loads_no_scipy_by_itself() -> None:
    question = f"import revanim.launch.start\n{ASK}"
    loaded = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True).stdout.split()
    assert "scipy" not in loaded
    assert "numba" not in loaded  # a thread of the window loads it meanwhile


def names_from_qt(tree: ast.Module) -> set[str]:
    """Return the names under which a file knows what it imported from Qt."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name.split(".")[0] for alias in node.names if lies_in(alias.name, QT)}
        elif isinstance(node, ast.ImportFrom) and lies_in(node.module or "", QT):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


def first_name(expression: ast.expr) -> str:
    """Return `pg` for `pg.PlotWidget`, and `Protocol` for `Protocol[T]`."""
    while isinstance(expression, ast.Attribute | ast.Subscript):
        expression = expression.value
    return ast.unparse(expression)


def test_only_classes_of_qt_are_inherited_from() -> None:
    none_of(
        f"{path}:{node.lineno}: {node.name} inherits from {ast.unparse(parent)}, which is not Qt's."
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for parent in node.bases
        if first_name(parent) not in names_from_qt(tree) | STANDARD
    )


def test_files_stay_short() -> None:
    lengths = {path: text.count("\n") for path, text in sources().items()}
    none_of(f"{path} has {length} lines." for path, length in lengths.items() if length > LONGEST_FILE)


def code_lines(function: ast.FunctionDef) -> int:
    """Return the number of lines below the signature and the docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return function.end_lineno - body[0].lineno + 1 if body else 0


def test_functions_stay_short() -> None:
    none_of(
        f"{path}:{node.lineno}: {node.name} has {code_lines(node)} lines of code."
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and code_lines(node) > LONGER.get(f"{path.as_posix()}:{node.name}", LONGEST_FUNCTION)
    )


def test_every_module_says_what_it_is() -> None:
    none_of(f"{path} has no docstring." for path, tree in trees().items() if not ast.get_docstring(tree))


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {path.parent for path in trees()}
    none_of(f"{folder} has no __init__.py." for folder in sorted(folders) if folder / "__init__.py" not in trees())


def test_folders_stay_small() -> None:
    files = Counter(path.parent for path in trees() if path.name != "__init__.py")
    none_of(f"{folder} has {count} files." for folder, count in files.items() if count > MOST_FILES)


def module_of(path: PurePath) -> str:
    """Return the dotted name of a file."""
    parts = ("revanim", *path.with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def arrows() -> dict[str, set[str]]:
    """Return which of our modules each imports, also inside functions and for type checkers only."""
    modules = {module_of(path) for path in trees()}
    found: dict[str, set[str]] = {module: set() for module in modules}
    for path, tree in trees().items():
        for node in ast.walk(tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                whole = {alias.name: f"{node.module}.{alias.name}" for alias in node.names}
                names = [full if full in modules else node.module for full in whole.values()]
            found[module_of(path)] |= {name for name in names if name in modules}
    return found


def circles() -> Iterator[list[str]]:
    """Yield the groups of modules that import each other, directly or by way of others (Tarjan 1972)."""
    index, low, waiting = dict[str, int](), dict[str, int](), list[str]()

    def visit(module: str) -> Iterator[list[str]]:
        index[module] = low[module] = len(index)
        waiting.append(module)
        for other in sorted(arrows()[module]):
            if other not in index:
                yield from visit(other)
                low[module] = min(low[module], low[other])
            elif other in waiting:
                low[module] = min(low[module], index[other])
        if low[module] == index[module]:
            at = waiting.index(module)
            group, waiting[at:] = waiting[at:], []
            if len(group) > 1:
                yield sorted(group)

    for module in sorted(arrows()):
        if module not in index:
            yield from visit(module)


def test_no_imports_go_in_a_circle() -> None:
    none_of(f"{len(group)} files import each other: {', '.join(group)}." for group in circles())


def floor_of(module: str, room: str) -> int | None:
    """Return on which floor of a room a module lies; None where the room has no floors."""
    inside = module.removeprefix(f"revanim.{room}").strip(".").split(".")[0]
    return next((level for level, names in enumerate(FLOORS[room]) if inside in names), None)


@pytest.mark.parametrize("room", FLOORS)
def test_what_lies_in_a_room_imports_only_from_floors_below(room: str) -> None:
    inside = {module: others for module, others in arrows().items() if module.startswith(f"revanim.{room}.")}
    none_of(
        f"{module} imports {other}, which lies on a floor above it."
        for module, others in inside.items()
        for other in others & inside.keys()
        if (floor_of(module, room) or 0) < (floor_of(other, room) or 0)
    )


def names_in(folder: str) -> set[str]:
    """Return the names of the items that a folder declares: those of its files."""
    return {path.stem for path in trees() if path.parent == PurePath(folder) and path.stem != "__init__"}


def test_nobody_asks_of_which_class_the_declaration_of_a_part_is() -> None:
    none_of(
        f"{path}:{node.lineno} asks whether something is a {ast.unparse(node.args[1])}; its role or its kernels say so."
        for path, tree in trees().items()
        if room_of(path) in ("engine", "scene", "solve")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance"
        if re.search(r"\b(Kind|Kernels|ForceKind|ForceKernels|MoveKind|MoveKernels)\b", ast.unparse(node.args[1]))
    )


@cache
def strings() -> list[tuple[PurePath, int, str]]:
    """Return every string, the file that has it, and the line."""
    return [
        (path, node.lineno, node.value)
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@pytest.mark.parametrize("folder", ITEMS)
def test_no_other_file_names_an_item(folder: str) -> None:
    names = {spelt for name in names_in(folder) for spelt in (name, name.replace("_", "-"))} - ALSO_WORDS
    none_of(
        f"{path}:{line} names {text!r}; let its declaration say what is needed of it."
        for path, line, text in strings()
        if text in names and not str(path).startswith((f"{folder}/", *MAY_NAME))
    )
