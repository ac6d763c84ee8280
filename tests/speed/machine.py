"""What the goals of a speed depend on: whether the processor has AVX-512."""

import os

from llvmlite import binding

WIDE = bool(binding.get_host_cpu_features().get("avx512f"))


def processor() -> str:
    """Return the class of the processor, as a compiler calls it."""
    wide = "with" if WIDE else "without"
    return f"{os.cpu_count()} cores of class {binding.get_host_cpu_name()} {wide} AVX-512"
