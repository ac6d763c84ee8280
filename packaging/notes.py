"""Print what the changelog says of one version: the notes of its release.

python3 packaging/notes.py 1.2.3
"""

import re
import sys
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parents[1] / "CHANGELOG.md"


def main(arguments: list[str]) -> int:
    """Print the section, and return the exit status."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    version = arguments[0].removeprefix("v")
    found = section(CHANGELOG.read_text(encoding="utf-8"), version)
    if not found:
        print(f"CHANGELOG.md has no section for {version}.", file=sys.stderr)
        return 1
    print(found)
    return 0


def section(changelog: str, version: str) -> str:
    """Return what stands under the heading of a version, without the heading."""
    found = re.search(rf"^## {re.escape(version)} \([^)\n]+\)$(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
