"""A disk image for macOS; to be built on a Mac, and signed where an identity is given.

REVANIM_IDENTITY names a Developer ID for codesign, and REVANIM_NOTARY a profile of `notarytool store-credentials`;
without them the program is signed for this machine alone.
"""

import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bundle import FOLDER, PROGRAM, bundle
from dev import say
from trial import use_here
from workshop import BUILD, DIST, ROOT, BuildError, call, machine, timed, version

ENTITLEMENTS = ROOT / "packaging" / "macos" / "entitlements.plist"


def build() -> list[Path]:
    """Bundle the program, sign it, and put it into a disk image."""
    if sys.platform != "darwin":
        raise BuildError("The disk image is built on a Mac; .github/workflows/release.yml has the recipe.")
    bundle()
    say("Disk image")
    DIST.mkdir(exist_ok=True)
    file = DIST / f"revanim-{version()}-macos-{machine()}.dmg"
    with timed("Signed"):
        sign(FOLDER)
    with timed("Packed"):
        stage = BUILD / "dmg"
        shutil.rmtree(stage, ignore_errors=True)
        call("ditto", FOLDER, stage / FOLDER.name)
        (stage / "Applications").symlink_to("/Applications")
        call("hdiutil", "create", "-quiet", "-ov", "-volname", "revanim", "-srcfolder", stage, "-format", "UDZO", file)
    if profile := os.environ.get("REVANIM_NOTARY"):
        with timed("Notarised"):
            call("xcrun", "notarytool", "submit", file, "--keychain-profile", profile, "--wait")
            call("xcrun", "stapler", "staple", file)
    return [file]


def sign(application: Path) -> None:
    """Sign the application; kernels were compiled into it, which breaks the signature that it had."""
    identity = os.environ.get("REVANIM_IDENTITY", "-")
    hardened = ["--options", "runtime", "--timestamp"] if identity != "-" else []
    call("codesign", "--force", "--deep", *hardened, "--entitlements", ENTITLEMENTS, "--sign", identity, application)
    call("codesign", "--verify", "--deep", "--strict", application)


def check(files: list[Path]) -> None:
    """Mount the image, copy the program out of it as a person would, and use it."""
    with TemporaryDirectory() as folder:
        mount, home = Path(folder) / "mount", Path(folder) / FOLDER.name
        mount.mkdir()
        call("hdiutil", "attach", "-quiet", "-nobrowse", "-mountpoint", mount, files[0])
        try:
            call("ditto", mount / FOLDER.name, home)
        finally:
            call("hdiutil", "detach", "-quiet", mount)
        use_here(home / PROGRAM.relative_to(FOLDER))
