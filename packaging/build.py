"""Build what people install, into `dist/`.

    python3 packaging/build.py TARGET [--check]

A TARGET is a file of `packaging/targets/`; with `--check` what was built is also installed somewhere fresh and tried.
Tools that are missing are installed where this user may. Standard library only.
"""

import importlib
import pkgutil
import sys
from pathlib import Path
from types import ModuleType

import targets
from dev import say
from workshop import BuildError, timed


def main(arguments: list[str]) -> int:
    """Build one target and return the exit status."""
    known = sorted(found.name for found in pkgutil.iter_modules(targets.__path__))
    names = [word for word in arguments if word != "--check"]
    if len(names) != 1 or names[0] not in known:
        print(f"{__doc__}\nTargets: {', '.join(known)}")
        return 2
    try:
        make(importlib.import_module(f"targets.{names[0]}"), "--check" in arguments)
    except BuildError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


def make(target: ModuleType, checked: bool) -> None:
    """Run a target: its `build` returns files, and its `check` takes them."""
    with timed("Built"):
        files: list[Path] = target.build()
    for file in files:
        print(f"{file}  {file.stat().st_size / 1e6:.1f} MB")
    if checked:
        say("Checking")
        with timed("Checked"):
            target.check(files)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
