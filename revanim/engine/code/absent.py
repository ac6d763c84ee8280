"""Importing as if a package were not installed: numba would load scipy, which revanim has no use for there."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from threading import get_ident
from types import ModuleType


@dataclass(frozen=True)
class Absent:
    """Tells one thread that a package cannot be found; what is loaded already stays."""

    package: str
    thread: int

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse the package and what is in it; leave everything else to those who find modules."""
        if name.partition(".")[0] == self.package and get_ident() == self.thread:
            raise ModuleNotFoundError(f"{self.package} is not asked for here", name=name)
        return None


@contextmanager
def without(package: str) -> Iterator[None]:
    """Let what this thread imports meanwhile do as if a package, which it can do without, were not installed."""
    absent = Absent(package, get_ident())
    # Another list each time, since other threads may be on their way through the old one.
    sys.meta_path = [absent, *sys.meta_path]
    try:
        yield
    finally:
        sys.meta_path = [finder for finder in sys.meta_path if finder is not absent]
