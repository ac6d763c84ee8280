"""What a formula may say, and how its text becomes a program for a stack (compute.py).

A text is read as Python's, but nothing of it is ever run: each node of its tree is looked up in the tables below, and
what is not there is refused with the place where it stands.
"""

import ast
import math
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np

from revanim.engine.parameter import Floats, Formula
from revanim.error import RevanimError

(
    NUMBER, TIME, VALUE, INDEX, ADD, SUBTRACT, TIMES, OVER, REST, POWER, LESS, UP_TO, SAME, CHOOSE,
    NEGATIVE, ABSOLUTE, FLOOR, ROOT, SINE, COSINE, EXPONENTIAL, LEAST, MOST, WIGGLE, BLEND,
) = range(25)  # fmt: skip

LONGEST, DEEPEST, HIGHEST = 400, 32, 16  # characters; values on the stack; power
NAMES = {"t": TIME, "value": VALUE, "i": INDEX}
NUMBERS = {"pi": math.pi, "tau": math.tau}
FUNCTIONS = {  # how many values each takes
    "abs": (ABSOLUTE, 1),
    "floor": (FLOOR, 1),
    "sqrt": (ROOT, 1),
    "sin": (SINE, 1),
    "cos": (COSINE, 1),
    "exp": (EXPONENTIAL, 1),
    "min": (LEAST, 2),
    "max": (MOST, 2),
    "wiggle": (WIGGLE, 2),
    "smooth": (BLEND, 3),
}
OPERATORS: dict[type[ast.AST], int] = {
    ast.Add: ADD, ast.Sub: SUBTRACT, ast.Mult: TIMES, ast.Div: OVER, ast.Mod: REST,
    ast.Lt: LESS, ast.LtE: UP_TO, ast.Eq: SAME,
}  # fmt: skip
TURNED: dict[type[ast.AST], int] = {ast.Gt: LESS, ast.GtE: UP_TO}  # with their sides exchanged
TAKES = {CHOOSE: 3, BLEND: 3, **dict(FUNCTIONS.values())}
TAKES |= dict.fromkeys(OPERATORS.values(), 2) | {NEGATIVE: 1, POWER: 1} | dict.fromkeys((NUMBER, *NAMES.values()), 0)

Step = tuple[int, float]  # a code, and the number that goes with it


@lru_cache(1000)
def program_of(text: str) -> tuple[Step, ...]:
    """Return the steps of a formula; raises RevanimError, which says where what is wrong stands."""
    if len(text) > LONGEST:
        raise RevanimError("A formula may have {most} characters, not {count}.", most=LONGEST, count=len(text))
    reader = _Reader(" ".join(text.split()))
    steps = tuple(reader.steps())
    depth = deepest = 0
    for code, _ in steps:
        depth += 1 - TAKES[code]
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise RevanimError("The formula {text!r} is nested too deeply; write it in a shorter way.", text=reader.text)
    return steps


def programs_of(formula: Formula) -> Floats:
    """Return what `compute` reads: pace, shift, scale, where each program begins, then each with its length."""
    programs = [np.array([len(steps), *sum(steps, ())], np.float64) for steps in map(program_of, formula.texts)]
    begins = 3 + len(programs) + np.cumsum([0, *(program.size for program in programs[:-1])])
    return np.concatenate([[formula.pace, formula.shift, formula.scale], begins, *programs])


class _Reader:
    """Reads one text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def steps(self) -> Iterator[Step]:
        """Yield the steps of the whole text."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Python's own, on how the text might be meant
                tree = ast.parse(self.text, mode="eval")
            yield from self._read(tree.body)
        except SyntaxError as error:
            at = min(error.offset or 1, len(self.text) + 1)
            raise RevanimError("The formula {text!r} breaks off at character {at}.", text=self.text, at=at) from None
        except (ValueError, RecursionError, MemoryError):
            raise RevanimError("The formula {text!r} cannot be read.", text=self.text) from None

    def _read(self, node: ast.expr) -> Iterator[Step]:
        reads: dict[type[ast.expr], Callable[..., Iterator[Step]]] = {
            ast.Constant: self._number, ast.Name: self._name, ast.Call: self._call, ast.BinOp: self._operation,
            ast.UnaryOp: self._sign, ast.Compare: self._comparison, ast.IfExp: self._choice,
        }  # fmt: skip
        read = reads.get(type(node))
        if read is None:
            raise self._unknown(node)
        yield from read(node)

    def _number(self, node: ast.Constant) -> Iterator[Step]:
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e300:
            raise self._unknown(node)
        yield NUMBER, float(value)

    def _name(self, node: ast.Name) -> Iterator[Step]:
        if node.id in NUMBERS:
            yield NUMBER, NUMBERS[node.id]
        elif node.id in NAMES:
            yield NAMES[node.id], 0.0
        else:
            raise RevanimError(
                "The formula {text!r} has a name that is not known at character {at}: {name}; known are {names}.",
                text=self.text, at=self._at(node), name=node.id, names=", ".join((*NAMES, *NUMBERS, *FUNCTIONS)),
            )  # fmt: skip

    def _call(self, node: ast.Call) -> Iterator[Step]:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS or node.keywords:
            if name and not node.keywords:
                yield from self._name(ast.copy_location(ast.Name(name), node))
            raise self._unknown(node)
        code, takes = FUNCTIONS[name]
        given = [*node.args, *[ast.Constant(0)] * (name == "wiggle" and len(node.args) == 1)]
        if len(given) != takes:
            raise RevanimError(
                "In the formula {text!r}, {name} at character {at} takes {takes} values, not {count}.",
                text=self.text, name=name, at=self._at(node), takes=takes, count=len(node.args),
            )  # fmt: skip
        for one in given:
            yield from self._read(one)
        yield code, 0.0

    def _operation(self, node: ast.BinOp) -> Iterator[Step]:
        if isinstance(node.op, ast.Pow):
            yield from self._power(node)
            return
        if type(node.op) not in OPERATORS:
            raise self._unknown(node)
        yield from self._read(node.left)
        yield from self._read(node.right)
        yield OPERATORS[type(node.op)], 0.0

    def _power(self, node: ast.BinOp) -> Iterator[Step]:
        power = node.right.value if isinstance(node.right, ast.Constant) else None
        if type(power) is not int or not 0 <= power <= HIGHEST:
            raise RevanimError(
                "In the formula {text!r}, the power at character {at} must be a whole number from 0 to {most}.",
                text=self.text, at=self._at(node.right), most=HIGHEST,
            )  # fmt: skip
        yield from self._read(node.left)
        yield POWER, float(power)

    def _sign(self, node: ast.UnaryOp) -> Iterator[Step]:
        if not isinstance(node.op, ast.USub | ast.UAdd):
            raise self._unknown(node)
        yield from self._read(node.operand)
        if isinstance(node.op, ast.USub):
            yield NEGATIVE, 0.0

    def _comparison(self, node: ast.Compare) -> Iterator[Step]:
        sides, how = (node.left, node.comparators[0]), type(node.ops[0])
        if len(node.ops) > 1 or how not in OPERATORS | TURNED:
            raise self._unknown(node)
        for side in sides[:: -1 if how in TURNED else 1]:
            yield from self._read(side)
        yield (OPERATORS | TURNED)[how], 0.0

    def _choice(self, node: ast.IfExp) -> Iterator[Step]:
        for one in (node.test, node.body, node.orelse):
            yield from self._read(one)
        yield CHOOSE, 0.0

    def _unknown(self, node: ast.expr) -> RevanimError:
        return RevanimError(
            "The formula {text!r} has something at character {at} that formulas do not know; they have numbers, + - * /"
            " % **, comparisons, “a if b else c” and {names}.",
            text=self.text, at=self._at(node), names=", ".join((*NAMES, *NUMBERS, *FUNCTIONS)),
        )  # fmt: skip

    def _at(self, node: ast.expr) -> int:
        """Return at which character a node begins, from 1 on; Python counts bytes."""
        return len(self.text.encode()[: node.col_offset].decode(errors="ignore")) + 1
