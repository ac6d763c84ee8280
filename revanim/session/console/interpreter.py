"""Lines of Python with the scene at hand: what they write, what goes wrong in them, and what they make of the scene."""

import builtins
import codeop
import ctypes
import linecache
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from rlcompleter import Completer
from types import CodeType
from typing import Any, TextIO

import numpy as np

import revanim as ra
from revanim.engine.halt import Halted
from revanim.error import RevanimError
from revanim.scene.check import check
from revanim.scene.scene import Scene
from revanim.session.words import tr

TYPED = "<typed>"
MOST = 100_000  # characters that a line may write


@dataclass(frozen=True)
class Answer:
    """What came of some lines: the scene that they leave, and whether they ended well."""

    scene: Scene
    good: bool


class Enough(Exception):  # noqa: N818 - a line has written all that it may
    """A line has written more than anybody reads."""


class Interpreter:
    """Keeps the names of a person from line to line: `ra`, `np`, `scene`, `frame` and `selected` are there at once.

    Whoever gives `scene` another value edits it. One thread runs lines; any other may stop them.
    """

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"__name__": "__console__", "ra": ra, "np": np}
        self._compile = codeop.CommandCompiler()
        self._thread: int | None = None  # that runs a line now
        self._lock = threading.Lock()

    def whole(self, text: str) -> bool:
        """Whether lines can be run as they are; raises nothing: what is wrong is said when they are run."""
        try:
            return self._compile(text, TYPED, "single") is not None
        except (SyntaxError, ValueError, OverflowError):
            return True

    def run(self, text: str, seen: dict[str, Any], write: Callable[[str], None], name: str = TYPED) -> Answer:
        """Run lines over what is `seen`, the scene among it; what they print, and what goes wrong, is written."""
        self.names.update(seen)
        scene, good = seen["scene"], False
        try:
            code = _code(text, name)
            with _written(write):
                self._do(code)
            found = self.names["scene"]
            if not isinstance(found, Scene):
                raise RevanimError("`scene` is to be a scene, and is a {kind}.", kind=type(found).__name__)
            scene, good = check(found), True
        except (KeyboardInterrupt, Halted):
            write(f"{tr('Stopped.')}\n")
        except Enough:
            write(f"\n{tr('{count} characters are shown, and it was stopped.', count=MOST)}\n")
        except RevanimError as error:
            write(f"{tr(error.sentence)}\n")
        except SystemExit:
            write(f"{tr('The window stays; close it to leave.')}\n")
        except BaseException as error:
            write("".join(_told(error, name)))
        return Answer(scene, good)

    def stop(self) -> None:
        """End the line that runs as soon as Python comes to its next step."""
        with self._lock:
            if self._thread is not None:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(self._thread), ctypes.py_object(KeyboardInterrupt)
                )

    def completions(self, text: str) -> list[str]:
        """Return what the last name in a line may go on as."""
        completer = Completer(self.names)
        found = (completer.complete(text, turn) for turn in range(MOST))
        return sorted({each for each in iter(lambda: next(found), None) if each is not None})

    def _do(self, code: CodeType) -> None:
        with self._lock:
            self._thread = threading.get_ident()
        try:
            exec(code, self.names)
        finally:
            with self._lock:
                self._thread = None


def _code(text: str, name: str) -> CodeType:
    """Return what is run: a single line shows its value, many are a script."""
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    return compile(f"{text.rstrip()}\n", name, "single" if name == TYPED and "\n" not in text.strip() else "exec")


def _told(error: BaseException, name: str) -> Iterator[str]:
    """Yield what went wrong, and where in the lines of the person: nothing of what is around them."""
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
    if own and (name != TYPED or len(own) > 1):
        yield from traceback.format_list(own)
    yield from traceback.format_exception_only(error)


class _Routed:
    """Stands for a stream: what one thread writes goes elsewhere."""

    def __init__(self, stream: TextIO, write: Callable[[str], None]) -> None:
        self.stream, self._write, self._thread, self._left = stream, write, threading.get_ident(), MOST

    def write(self, text: str) -> int:
        """Write for whoever it is."""
        if threading.get_ident() != self._thread:
            return self.stream.write(text) if self.stream is not None else len(text)
        self._left -= len(text)
        if self._left < 0:
            raise Enough
        self._write(text)
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextmanager
def _written(write: Callable[[str], None]) -> Iterator[None]:
    """Let what this thread prints be written elsewhere."""
    before, shown = (sys.stdout, sys.stderr), getattr(builtins, "_", None)
    routed = _Routed(sys.stdout, write), _Routed(sys.stderr, write)
    sys.stdout, sys.stderr = routed
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
        builtins._ = shown  # type: ignore[attr-defined]
