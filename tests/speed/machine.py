"""What a figure depends on: whether the processor has AVX-512, and whether there is a screen."""

import os
import sys

from llvmlite import binding

from revanim.cli.display import check_display
from revanim.error import RevanimError

WIDE = bool(binding.get_host_cpu_features().get("avx512f"))


def processor() -> str:
    """Return the class of the processor, as a compiler calls it."""
    wide = "with" if WIDE else "without"
    return f"{os.cpu_count()} cores of class {binding.get_host_cpu_name()} {wide} AVX-512"


def find_display() -> None:
    """Let Qt paint without a screen where there is none, and say so: what the screen takes is not in the figures."""
    try:
        check_display()
    except RevanimError as error:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        print(f"{error} This is measured without a screen.", file=sys.stderr, flush=True)
