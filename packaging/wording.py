"""What the window says, found in the sources: texts that are handed to `tr`, sentences of errors, and declared items.

Nobody marks a text twice: whoever shows it calls `tr`, and from there it is followed to where it is written.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache

from origins import DEEP, Module, Node, calls, modules, name_of, origins, source_of, template

Key = tuple[str, str]  # what it is about, and the text
Found = Iterator[tuple[str, str]]  # a text, and the place of its file
SIGNALS = {"failed", "told", "hinted"}  # of a session: what is sent there is a sentence
WHOLE: dict[str, set[str]] = {  # functions of rooms without a language whose every text is shown; empty means all
    "draw/overlay/facts.py": {"_facts"},
    "draw/overlay/legend.py": {"paint_legend"},
    "draw/overlay/targets.py": {"miss_text"},
    "engine/verify.py": {"__str__"},
    "export/exporter.py": {"counted"},
    "export/pictures.py": {"measured"},
    "export/points.py": {"weighed"},
    "scene/pose.py": {"taken"},
    "solve/reasons.py": set(),
}
FIELDS = {"group", "help", "hint", "menu", "needs", "note", "nothing", "opens_in", "text", "tip", "title", "unit"}
SILENT = {"Codec", "Source", "Tokens"}  # whose fields of those names are no words of ours
NAMED = {
    "draw/backgrounds",
    "draw/styles",
    "engine/forces",
    "engine/moves",
    "scene/attributes",
    "scene/gallery",
    "scene/poses",
    "scene/sources",
}
REASONS = (  # of the system, as `reason` in scene/file/__init__.py repeats them
    "disk quota exceeded",
    "file exists",
    "file name too long",
    "input/output error",
    "is a directory",
    "no space left on device",
    "no such file or directory",
    "not a directory",
    "operation not permitted",
    "permission denied",
    "read-only file system",
)
DATA = ("scene/file", "scene/gallery", "scene/sources")  # what stands in a file, and is not said


def wording() -> Iterator[tuple[Key, str]]:
    """Yield each text that the window may say, and where it is written."""
    for module, call in calls()["tr"]:
        about = call.args[1] if len(call.args) > 1 else None
        for text, place in texts(module, call.args[0]):
            yield ("", text), place
            if isinstance(about, ast.Constant):
                yield (str(about.value), text), place
    for text, place in (*mapped(), *shown_sentences(), *declared(), *names()):
        yield ("", text), place
    for text in REASONS:
        yield ("", text), "revanim/scene/file/__init__.py"


def mapped() -> Found:
    """Yield the texts of `map(tr, texts)`, and of `map(said, sentences)`."""
    for module, call in calls()["map"]:
        if name_of(call.args[0]) in ("tr", "said"):
            yield from texts(module, call.args[1])


def shown_sentences() -> Found:
    """Yield each sentence that is shown without anybody calling `tr`, and the words that stand in its places."""
    for module, node in sentences():
        yield from texts(module, node)
        parts = [part for part in ast.walk(node) if isinstance(part, ast.FormattedValue) and part.conversion < 0]
        for part in parts:
            yield from (
                (text, place)
                for text, place in texts(module, part.value)
                if is_fragment(text) and not place.startswith(tuple(f"revanim/{data}" for data in DATA))
            )


def declared() -> Found:
    """Yield the fields of dataclasses that are shown, the titles of pages, and the members of enumerations."""
    for home, owner in classes():
        shown = FIELDS | {"options"} if owner.name == "Preference" else FIELDS
        fields = [name_of(node.target) for node in owner.body if isinstance(node, ast.AnnAssign)]
        member = any(name_of(base).endswith("Enum") for base in owner.bases)
        for node in owner.body:
            if isinstance(node, ast.Assign) and (member or name_of(node.targets[0]) in FIELDS):
                yield from texts(home, node.value)
        for module, call in calls()[owner.name]:
            if home in (module, source_of(module, owner.name)):
                given = [value for name, value in zip(fields, call.args, strict=False) if name in shown]
                given += [keyword.value for keyword in call.keywords if keyword.arg in shown.intersection(fields)]
                for value in given:
                    yield from texts(module, value)


def names() -> Found:
    """Yield what items are called: by their files, and for parameters and choices by what they are declared as."""
    for place, module in modules().items():
        folder, _, file = place.rpartition("/")
        if folder in NAMED and file != "__init__.py":
            name = plain(file.removesuffix(".py"))
            yield name if folder != "scene/gallery" else name.capitalize(), module.place
        if folder == "scene/gallery":
            for node in ast.walk(module.tree):
                if isinstance(node, ast.keyword) and node.arg in ("name", "note"):
                    yield from texts(module, node.value)
    for owner in ("Parameter", "Quantity"):
        for module, call in calls()[owner]:
            yield from ((plain(text), place) for text, place in texts(module, call.args[0]))
            for choice in (keyword.value for keyword in call.keywords if keyword.arg == "choices"):
                yield from ((plain(text).capitalize(), place) for text, place in texts(module, choice))


def plain(name: str) -> str:
    """Return a name of the code as one writes it."""
    return name.replace("_", " ").replace("-", " ")


def sentences() -> Iterator[tuple[Module, Node]]:
    """Yield each expression whose text is shown without anybody calling `tr`."""
    for module, call in calls()["RevanimError"]:
        yield from ((module, argument) for argument in call.args[:1])
    for module, call in calls()["emit"]:
        if isinstance(call.func, ast.Attribute) and name_of(call.func.value) in SIGNALS and call.args:
            yield module, call.args[0]
    for module, call in (*calls()["tell"], *calls()["said"]):
        yield from ((module, argument) for argument in call.args[:1])
    for place, names in WHOLE.items():
        module = modules()[place]
        for function in ast.walk(module.tree):
            if isinstance(function, ast.FunctionDef) and function.name in (names or {function.name}):
                yield from ((module, node) for node in ast.walk(function) if is_text(module, node))


def is_text(module: Module, node: Node) -> bool:
    """Whether a node is a text by itself, and no docstring, name of something, or part of another."""
    parent = module.parents.get(node)
    if isinstance(parent, ast.JoinedStr | ast.FormattedValue | ast.Expr | ast.Subscript):
        return False
    text = template(node)
    return text is not None and re.search(r"[A-Za-z]{2,}", re.sub(r"{\w*}", "", text)) is not None


def is_fragment(text: str) -> bool:
    """Whether what stands in a place of a sentence is made of words, and is no name of a file or the like."""
    rest = re.sub(r"{\w*}", "", text)
    return re.search(r"[A-Za-z]{3}", rest) is not None and re.search(r"[^A-Za-z0-9,;:'() -]", rest) is None


def texts(module: Module, node: Node) -> Found:
    """Yield each text that an expression may be, and where it is written."""
    for home, literal in origins(module, node, DEEP):
        text = template(literal)
        if text and re.search(r"[^\W\d_]", re.sub(r"{\w*}", "", text)):
            yield text, home.place


@cache
def classes() -> list[tuple[Module, ast.ClassDef]]:
    """Return every class there is."""
    found = [(each, node) for each in modules().values() for node in each.tree.body if isinstance(node, ast.ClassDef)]
    return [(each, node) for each, node in found if node.name not in SILENT]
