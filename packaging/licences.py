"""Write the licences of everything in the bundle beside it: a list, and the texts.

    python packaging/licences.py BUNDLE

Run by the Python that the bundle is made from, whose packages it asks. A library that no line below knows is refused,
so that nothing travels unnamed.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

TOOLS = {"altgraph", "colorama", "packaging", "pefile", "pip", "pyinstaller", "pyinstaller-hooks-contrib"}
TOOLS |= {"pywin32-ctypes", "setuptools", "wheel"}
TEXTS = re.compile(r"(licen[cs]es?|copying|notice|ofl)\b", re.IGNORECASE)
GPL = "GPL-2.0-or-later"

# Libraries inside the wheels: the beginning of the file's name, what it is, and its licence.
LIBRARIES = {
    "SvtAv1Enc": ("SVT-AV1", "BSD-3-Clause-Clear"),
    "Xau": ("libXau", "MIT"),
    "asound": ("ALSA", "LGPL-2.1-or-later"),
    "av": ("FFmpeg, built with x264 and x265", GPL),
    "avif": ("libavif", "BSD-2-Clause"),
    "brotli": ("Brotli", "MIT"),
    "crypto": ("OpenSSL", "Apache-2.0"),
    "dav1d": ("dav1d", "BSD-2-Clause"),
    "drm": ("libdrm", "MIT"),
    "ffi": ("libffi", "MIT"),
    "freetype": ("FreeType", "FTL"),
    "gcc_s": ("GCC's library", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    "gfortran": ("GCC's Fortran library", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    "gmp": ("GMP", "LGPL-3.0-or-later"),
    "gnutls": ("GnuTLS", "LGPL-2.1-or-later"),
    "harfbuzz": ("HarfBuzz", "MIT"),
    "hogweed": ("Nettle", "LGPL-3.0-or-later"),
    "iconv": ("GNU libiconv", "LGPL-2.1-or-later"),
    "icu": ("ICU", "Unicode-3.0"),
    "jpeg": ("libjpeg-turbo", "IJG AND BSD-3-Clause"),
    "lcms2": ("Little CMS", "MIT"),
    "lzma": ("XZ", "0BSD"),
    "mp3lame": ("LAME", "LGPL-2.0-or-later"),
    "msvcp140": ("Microsoft's C++ library", "that of Visual Studio's redistributable files"),
    "nettle": ("Nettle", "LGPL-3.0-or-later"),
    "opencore-amr": ("OpenCORE AMR", "Apache-2.0"),
    "openjp2": ("OpenJPEG", "BSD-2-Clause"),
    "opus": ("Opus", "BSD-3-Clause"),
    "png16": ("libpng", "libpng-2.0"),
    "quadmath": ("GCC's library for quadruple precision", "LGPL-2.1-or-later"),
    "scipy_openblas": ("OpenBLAS", "BSD-3-Clause"),
    "sharpyuv": ("WebP", "BSD-3-Clause"),
    "ssl": ("OpenSSL", "Apache-2.0"),
    "stdc++": ("GCC's C++ library", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    "swresample": ("FFmpeg, built with x264 and x265", GPL),
    "swscale": ("FFmpeg, built with x264 and x265", GPL),
    "tbb": ("oneTBB", "Apache-2.0"),
    "tiff": ("LibTIFF", "libtiff"),
    "unistring": ("GNU libunistring", "LGPL-3.0-or-later"),
    "usd_ms": ("OpenUSD", "LicenseRef-TOST-1.0"),
    "vpl": ("Intel VPL", "MIT"),
    "vpx": ("libvpx", "BSD-3-Clause"),
    "webp": ("WebP", "BSD-3-Clause"),
    "winpthread": ("winpthreads", "MIT AND BSD-3-Clause"),
    "x264": ("x264", GPL),
    "x265": ("x265", GPL),
    "xcb": ("XCB", "MIT"),
    "zlib1": ("zlib", "Zlib"),
    "zstd": ("Zstandard", "BSD-3-Clause"),
}
OTHERS = [
    ("Python", "PSF-2.0"),
    ("Qt", "LGPL-3.0-only"),
    ("Inter", "OFL-1.1"),
    ("LLVM", "Apache-2.0 WITH LLVM-exception"),
]

PREFACE = """revanim itself is under the MIT licence, and its typeface Inter under the SIL Open Font License.

This installer also brings the parts below, each under its own licence. FFmpeg comes with x264 and x265, which are
under the GNU General Public License, version 2 or later; what is handed on together with them is under that licence as
a whole, in version 3, whose text lies here. revanim's own files may be taken out and used under MIT. Qt, PySide6 and
other parts under the LGPL are separate libraries in this folder: put another build of one in its place, and the program
uses that. Their sources are where their projects publish them, under the versions named here.
"""


def main(bundle: Path) -> None:
    """Write `licences/` into a bundle."""
    folder = bundle / "licences"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    packages = sorted(packages_of_the_bundle(), key=lambda package: package.name.lower())
    for package in packages:
        copy_texts(package, folder)
    for text in (Path(__file__).parent / "licences").iterdir():
        shutil.copy(text, folder)
    lines = [(f"{package.name} {package.version}", licence_of(package)) for package in packages]
    lines += [*OTHERS, *sorted(set(libraries_of(bundle)))]
    table = "".join(f"{name:52} {licence}\n" for name, licence in lines)
    (folder / "README.txt").write_text(f"{PREFACE}\n{table}", encoding="utf-8")


def packages_of_the_bundle() -> Iterator[Distribution]:
    """Yield the Python packages that travel."""
    yield from (package for package in distributions() if package.name.lower().replace("_", "-") not in TOOLS)


def licence_of(package: Distribution) -> str:
    """Return the name of a package's licence, as its metadata says it."""
    facts = package.metadata.json
    named = str(facts.get("license_expression") or facts.get("license") or "").partition("\n")[0]
    classified = [line.rpartition(" :: ")[2] for line in facts.get("classifier", ()) if line.startswith("License")]
    return named if named and not named.startswith("Copyright") else " ".join(classified) or "see its text"


def copy_texts(package: Distribution, folder: Path) -> None:
    """Copy the texts that a package brings."""
    for file in package.files or ():
        if any(part.endswith(".dist-info") for part in file.parts) and TEXTS.match(file.name):
            shutil.copy(str(file.locate()), folder / f"{package.name}-{file.name.removesuffix('.txt')}.txt")


def libraries_of(bundle: Path) -> Iterator[tuple[str, str]]:
    """Yield what lies in the folders for libraries of the wheels, and on Windows beside Python, with its licence."""
    for library in (*bundle.rglob("*.libs/*"), *bundle.glob("lib*.dll")):
        stem = library.name.removeprefix("lib")
        known = [name for name in LIBRARIES if stem.startswith(name)]
        if not known and sys.platform == "linux":
            raise SystemExit(f"{library} has no licence in {__file__}; look it up and add a line.")
        yield LIBRARIES[max(known, key=len)] if known else (stem, "that of the package which brings it")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
