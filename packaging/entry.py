"""What the bundled program runs: the command line, which opens the window when no command is given."""

import multiprocessing
import os
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a process for `revanim wedge` starts here too, and goes no further
    # The bundle's libraries are meant for this program alone, and not for those that it opens, such as Blender.
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before

    from revanim.cli import main

    sys.exit(main())
