"""What the window says, found in the sources: texts that are handed to `tr`, sentences of errors, and declared items.

A text is followed from where it is said back to where it is written: through constants, variables, loops over
literals, and the parameters of functions. So nobody marks a text twice.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

Key = tuple[str, str]  # what it is about, and the text
PACKAGE = Path(__file__).parents[1] / "revanim"
SPOKEN = ("app", "collect.py", "draw", "engine", "export", "scene", "solve")  # the command line speaks English
SIGNALS = {"failed", "told", "hinted"}  # of a session: what is sent there is a sentence
WHOLE = {  # functions of rooms that know no language: each sentence in them is shown
    "draw/overlay.py": {"_facts"},
    "draw/legend.py": {"paint_legend"},
    "draw/targets.py": {"miss_text"},
    "engine/verify.py": {"__str__"},
    "export/exporter.py": {"counted"},
    "export/pictures.py": {"measured"},
    "export/points.py": {"weighed"},
    "scene/pose.py": {"taken"},
    "solve/reasons.py": {"reasons", "_nails", "_at_bounds", "_chaos", "_conflict"},
}
FIELDS = {"group", "help", "hint", "menu", "needs", "note", "nothing", "opens_in", "text", "tip", "title", "unit"}
SILENT = {"Codec", "Source", "Tokens"}  # whose fields of those names are no words of ours
NAMED = {
    "engine/forces",
    "engine/moves",
    "scene/attributes",
    "scene/gallery",
    "scene/poses",
    "scene/sources",
}  # by their files
DATA = ("scene/file", "scene/gallery", "scene/sources", "scene/text")  # what stands in a file, and is not said
DEEP = 8  # steps that a text is followed back
Node = ast.AST
Function = ast.FunctionDef | ast.Lambda
Found = Iterator[tuple[str, str]]  # a text, and the place of its file


@dataclass(frozen=True, eq=False)
class Module:
    """A file, with the parent of every node in it."""

    path: Path
    tree: ast.Module
    parents: dict[Node, Node] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where it lies in the package."""
        return self.path.relative_to(PACKAGE.parent).as_posix()

    def around(self, node: Node) -> Iterator[Node]:
        """Yield what a node stands in, the nearest first."""
        while node in self.parents:
            node = self.parents[node]
            yield node


@cache
def modules() -> dict[str, Module]:
    """Return every file that has a say, by its place in the package."""
    found = {}
    for root in SPOKEN:
        paths = [PACKAGE / root] if root.endswith(".py") else sorted((PACKAGE / root).rglob("*.py"))
        for path in paths:
            module = Module(path, ast.parse(path.read_text(encoding="utf-8")))
            for node in ast.walk(module.tree):
                module.parents.update(dict.fromkeys(ast.iter_child_nodes(node), node))
            found[path.relative_to(PACKAGE).as_posix()] = module
    return found


@cache
def calls() -> dict[str, list[tuple[Module, ast.Call]]]:
    """Return every call there is, by the name of what is called."""
    found = defaultdict(list)
    for module in modules().values():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                found[name_of(node.func)].append((module, node))
    return found


def name_of(node: Node) -> str:
    """Return the last name of an expression such as `a.b.c`."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


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
            if isinstance(function, ast.FunctionDef) and function.name in names:
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


def template(node: Node) -> str | None:
    """Return a literal as it stands in a catalogue: the values of an f-string have names."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    names: list[str] = []
    text = ""
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            names.append(fresh(name_of(part.value) or "value", names))
            text += f"{{{names[-1]}}}"
        elif isinstance(part, ast.Constant):
            text += str(part.value).replace("{", "{{").replace("}", "}}")
    return text


def fresh(name: str, names: list[str]) -> str:
    """Return a name that is not among others."""
    name = name.strip("_")
    return name if name not in names else next(f"{name}{n}" for n in range(2, 99) if f"{name}{n}" not in names)


def texts(module: Module, node: Node) -> Found:
    """Yield each text that an expression may be, and where it is written."""
    for home, literal in origins(module, node, DEEP):
        text = template(literal)
        if text and re.search(r"[^\W\d_]", re.sub(r"{\w*}", "", text)):
            yield text, home.place


Origins = Iterator[tuple[Module, Node]]


def origins(module: Module, node: Node | None, deep: int) -> Origins:
    """Yield the literals that an expression may come from."""
    match node:
        case None:
            return
        case ast.Constant() | ast.JoinedStr():
            yield module, node
        case ast.IfExp():
            yield from many(module, (node.body, node.orelse), deep)
        case ast.BoolOp():
            yield from many(module, node.values, deep)
        case ast.Tuple() | ast.List() | ast.Set():
            yield from many(module, node.elts, deep)
        case ast.BinOp(op=ast.Add() | ast.Mult()):
            yield from many(module, (node.left, node.right), deep)
        case ast.Dict():
            yield from many(module, [value for key, value in zip(node.keys, node.values, strict=True) if key], deep)
        case ast.Starred() | ast.Subscript():
            yield from origins(module, node.value, deep)
        case ast.Name() if deep:
            yield from named(module, node, deep - 1)
        case ast.Call() if deep:
            yield from returned(module, node, deep - 1)


@cache
def classes() -> list[tuple[Module, ast.ClassDef]]:
    """Return every class there is."""
    found = [(each, node) for each in modules().values() for node in each.tree.body if isinstance(node, ast.ClassDef)]
    return [(each, node) for each, node in found if node.name not in SILENT]


def many(module: Module, nodes: Iterable[Node], deep: int) -> Origins:
    """Yield the literals of several expressions."""
    for node in nodes:
        yield from origins(module, node, deep)


def named(module: Module, name: ast.Name, deep: int) -> Origins:
    """Yield the literals that a name may stand for."""
    for scope in module.around(name):
        if isinstance(scope, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
            for loop in scope.generators:
                yield from looped(module, loop.target, loop.iter, name.id, deep)
        elif isinstance(scope, ast.FunctionDef | ast.Lambda):
            places = [argument.arg for argument in (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs)]
            if name.id in places:
                yield from given(module, scope, places.index(name.id), name.id, deep)
                return
            yield from bound(module, scope, name.id, deep)
        elif isinstance(scope, ast.Module):
            yield from bound(module, scope, name.id, deep)
            yield from imported(module, name.id, deep)


def returned(module: Module, call: ast.Call, deep: int) -> Origins:
    """Yield the literals that a function returns, if it is one of this module, or was imported from ours."""
    name = name_of(call.func)
    for home in filter(None, (module, source_of(module, name))):
        for function in home.tree.body:
            if isinstance(function, ast.FunctionDef) and function.name == name:
                for node in inside(function):
                    if isinstance(node, ast.Return):
                        yield from origins(home, node.value, deep)


def bound(module: Module, scope: Node, name: str, deep: int) -> Origins:
    """Yield the literals that a name is bound to in a scope, but not in a function inside it."""
    for target, value in assignments(scope):
        yield from taken_apart(module, target, value, name, deep)
    for loop in inside(scope):
        if isinstance(loop, ast.For) and name in {name_of(node) for node in ast.walk(loop.target)}:
            yield from looped(module, loop.target, loop.iter, name, deep)


@cache
def inside(scope: Node) -> list[Node]:
    """Return what is in a scope, but not in a function inside it."""
    found, waiting = [], list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop(0)
        found.append(node)
        if not isinstance(node, Function | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)
    return found


@cache
def assignments(scope: Node) -> list[tuple[Node, Node]]:
    """Return each target of a scope, and what is assigned to it."""
    found: list[tuple[Node, Node]] = []
    for node in inside(scope):
        if isinstance(node, ast.Assign):
            found += [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.AnnAssign) and node.value:
            found.append((node.target, node.value))
    return found


def taken_apart(module: Module, target: Node, value: Node | None, name: str, deep: int) -> Origins:
    """Yield the literals that `target = value` gives a name."""
    if isinstance(target, ast.Name) and target.id == name:
        yield from origins(module, value, deep)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, other in zip(target.elts, value.elts, strict=True):
            yield from taken_apart(module, one, other, name, deep)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.IfExp):
        for branch in (value.body, value.orelse):
            yield from taken_apart(module, target, branch, name, deep)


def looped(module: Module, target: Node, over: Node, name: str, deep: int) -> Origins:
    """Yield the literals that a loop gives a name."""
    for home, element in elements(module, over, deep):
        yield from taken_apart(home, target, element, name, deep)


def elements(module: Module, over: Node, deep: int) -> Iterator[tuple[Module, Node]]:
    """Yield what a loop goes over, as far as it is written down: rows of literals, items of a dictionary."""
    if isinstance(over, ast.Tuple | ast.List | ast.Set):
        yield from ((module, element) for element in over.elts)
    elif isinstance(over, ast.Dict):
        yield from ((module, key) for key in over.keys if key is not None)
    elif isinstance(over, ast.BinOp):
        yield from elements(module, over.left, deep)
        yield from elements(module, over.right, deep)
    elif isinstance(over, ast.Subscript):
        for home, value in elements_of_values(module, over.value, deep):
            yield from elements(home, value, deep)
    elif isinstance(over, ast.Call) and name_of(over.func) in ("items", "enumerate", "sorted", "list"):
        inside = over.func.value if isinstance(over.func, ast.Attribute) else over.args[0]
        for home, found in constants(module, inside, deep):
            if name_of(over.func) == "items" and isinstance(found, ast.Dict):
                yield from ((home, ast.Tuple([k, v])) for k, v in zip(found.keys, found.values, strict=True) if k)
            elif name_of(over.func) == "enumerate":
                rows = [each for _, each in elements(home, found, deep) if isinstance(each, ast.expr)]
                yield from ((home, ast.Tuple([ast.Constant(0), row])) for row in rows)
            else:
                yield from elements(home, found, deep)
    elif isinstance(over, ast.Name) and deep:
        for home, found in constants(module, over, deep - 1):
            yield from elements(home, found, deep - 1)


def elements_of_values(module: Module, node: Node, deep: int) -> Iterator[tuple[Module, Node]]:
    """Yield the values of a dictionary."""
    for home, found in constants(module, node, deep):
        if isinstance(found, ast.Dict):
            yield from ((home, value) for value in found.values)


def constants(module: Module, node: Node, deep: int) -> Iterator[tuple[Module, Node]]:
    """Yield what a name of a constant is bound to, here or where it was imported from; any other node as it is."""
    if not isinstance(node, ast.Name):
        yield module, node
        return
    for scope in (*module.around(node), module.tree):
        if isinstance(scope, Function | ast.Module):
            yield from ((module, value) for target, value in assignments(scope) if name_of(target) == node.id)
    home = source_of(module, node.id)
    if home and deep:
        yield from constants(home, ast.Name(node.id), deep - 1)


def source_of(module: Module, name: str) -> Module | None:
    """Return the module that a name was imported from."""
    for node in module.tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and any(alias.name == name for alias in node.names):
            return modules().get(node.module.removeprefix("revanim.").replace(".", "/") + ".py")
    return None


def imported(module: Module, name: str, deep: int) -> Origins:
    """Yield the literals of an imported constant."""
    home = source_of(module, name)
    if home is not None:
        yield from bound(home, home.tree, name, deep)


def given(module: Module, function: Function, place: int, name: str, deep: int) -> Origins:
    """Yield the literals that a parameter may get, from every call of the function."""
    if isinstance(function, ast.Lambda):
        return
    owner = module.parents[function]
    called = owner.name if function.name == "__init__" and isinstance(owner, ast.ClassDef) else function.name
    method = isinstance(owner, ast.ClassDef)
    private = called.startswith("_") or not isinstance(owner, ast.Module | ast.ClassDef)
    for home, call in calls()[called]:
        if private and home is not module:
            continue
        arguments = [*call.args[place - method : place - method + 1]]
        arguments += [keyword.value for keyword in call.keywords if keyword.arg == name]
        yield from many(home, arguments, deep)
    defaults = function.args.defaults
    late = len(function.args.args) - len(defaults)
    if late <= place < len(function.args.args):
        yield from origins(module, defaults[place - late], deep)
