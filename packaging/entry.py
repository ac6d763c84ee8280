"""What the bundled program runs: the command line, which opens the window when no command is given."""

import multiprocessing
import os
import runpy
import sys

BESIDE = "--beside"  # how this program asks itself to run a module in another process (revanim/scene/beside/process.py)

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a process for `revanim wedge` starts here too, and goes no further
    # The bundle's libraries are meant for this program alone, and not for those that it opens, such as Blender.
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before

    if sys.argv[1:2] == [BESIDE]:
        _, _, module, *given = sys.argv
        sys.argv[1:] = given
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        sys.exit()

    from revanim.cli import main

    sys.exit(main())
