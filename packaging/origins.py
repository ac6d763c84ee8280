"""Where texts come from: an expression of the sources is followed back to the literals that it may be.

Through constants, imports, variables, loops over literals, what functions return, and the parameters of functions to
their calls; by names alone, which is enough for sources whose names are whole words.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "revanim"
ROOMS = ("app", "collect.py", "draw", "engine", "export", "scene", "solve")  # the command line speaks English
DEEP = 8  # steps that a text is followed back
Node = ast.AST
Function = ast.FunctionDef | ast.Lambda


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
    for root in ROOMS:
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
        source = over.func.value if isinstance(over.func, ast.Attribute) else over.args[0]
        for home, found in constants(module, source, deep):
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
