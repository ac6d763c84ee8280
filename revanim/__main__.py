"""What `python -m revanim` runs: the command line."""

import sys

from revanim.cli import main

if __name__ == "__main__":
    sys.exit(main())
