"""Typed sums are evaluated without running any code; the only names are pi, tau and e."""

import ast
import math
import operator
import re
from collections.abc import Callable

from revanim.engine.parameter import Floats
from revanim.error import RevanimError

OPERATORS: dict[type[ast.AST], Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: math.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
CONSTANTS = {"pi": math.pi, "π": math.pi, "tau": math.tau, "e": math.e}
FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "abs": abs,
    "radians": math.radians,
}
CHANGES: dict[str, Callable[[Floats, float], Floats]] = {
    "+=": operator.add,
    "-=": operator.sub,
    "*=": operator.mul,
    "/=": operator.truediv,
}
COMMA = re.compile(r"(?<=\d),(?=\d)")
WRONG = (ValueError, SyntaxError, ArithmeticError, RecursionError, MemoryError)

Change = Callable[[Floats], Floats]  # what to make of the values that are there


def arithmetic(text: str) -> float:
    """Evaluate a sum of products of plain numbers; raises one of WRONG."""
    return _value(ast.parse(_plain(text.strip()), mode="eval").body)


def typed_change(text: str) -> Change:
    """Return what `2*pi/3`, `1/24` or `+= 1` does to values: it replaces them, or changes each."""
    text = text.strip()
    sign = next((sign for sign in CHANGES if text.startswith(sign)), "")
    try:
        number = arithmetic(text.removeprefix(sign))
    except WRONG as error:
        raise RevanimError("{text!r} is not a number; type one such as 0.5, 1/24, 2*pi/3 or +=1.", text=text) from error
    if not math.isfinite(number) or (sign == "/=" and number == 0):
        raise RevanimError("{text!r} leads to no finite number.", text=text)
    return lambda values: CHANGES[sign](values, number) if sign else values * 0 + number


def _plain(text: str) -> str:
    """Return a sum in the signs of a programming language: a minus, a times and a decimal comma are understood."""
    return COMMA.sub(".", text).replace("−", "-").replace("×", "*").replace("·", "*").replace("^", "**")


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.Name(id=name) if name in CONSTANTS:
            return CONSTANTS[name]
        case ast.UnaryOp(op=sign, operand=inner) if type(sign) in OPERATORS:
            return OPERATORS[type(sign)](_value(inner))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in OPERATORS:
            return OPERATORS[type(sign)](_value(left), _value(right))
        case ast.Call(func=ast.Name(id=name), args=[inner], keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](_value(inner))
    raise ValueError(ast.dump(node))
