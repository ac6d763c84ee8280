"""A scene with something of everything that a file holds, and files to take apart."""

import io
import re
import zipfile
from collections.abc import Callable

import numpy as np
import pytest

import revanim as ra
from revanim.scene.build import make_playhead
from revanim.scene.edits.takes import keep_take
from revanim.scene.file import decode, encode
from revanim.scene.scene import Group, Marker

Members = dict[str, bytes]


@pytest.fixture
def rich() -> ra.Scene:
    random = np.random.default_rng(7)
    count = 40
    position = random.normal(size=(count, 3))
    links = [[i, i + 1] for i in range(count - 1)]
    rows = random.normal(size=(5, 3, 3))
    forces = [
        ra.force("gravity", strength=0.3, softening=0.2),
        ra.force("spring", links=links, stiffness=random.uniform(1, 9, count - 1)),
        ra.force("rod", links=[[0, 5], [7, 9]]),
        ra.force("nudge", bodies=[3, 1, 4], push=ra.Curve(5, 2, rows)),
        ra.force("attractor", law="harmonic", point=(1, 2, 3), strength=ra.Curve(-3, 4, [0.1, 0.2])),
    ]
    scene = ra.make_scene(
        position, random.normal(size=(count, 3)), random.uniform(1, 2, count), forces=forces,
        pinned=np.arange(count) == 2, fps=30, steps_per_frame=4, frames=(-5, 60), home=7, scheme="verlet",
        name="Zażółć 🎈 \"quoted\"\nlines", note="Everything at once.",
        radius=random.uniform(0, 1, count), color=random.integers(0, 256, (count, 3)),
        look=ra.Look(
            "glow", exposure=0.7, trail=9, play="once", color_by="speed", plain=(1, 2, 3), picture=(640, 480),
            view=ra.View((1, 2, 3), -10, 45, 3.5, flat=True), camera=ra.View(yaw=5.0, lens=2.0),
        ),
    )  # fmt: skip
    scene = ra.edits.add_keyframe(scene, 20, [1, 8], position=random.normal(size=(2, 3)), weight=2.0, nail=True)
    many = np.arange(count)
    return ra.edits.add_keyframe(
        scene, 30, many, velocity=random.normal(size=(count, 3)), weights=random.uniform(0, 1, count),
        axes=(True, False, True), window=(25, 35), color=random.integers(0, 256, (count, 3)),
    )  # fmt: skip


@pytest.fixture(scope="session")
def whole() -> bytes:
    """Return the file of a small scene that has a force of each shape, a curve, a keyframe, a group and a take."""
    forces = [
        ra.force("gravity"),
        ra.force("spring", links=[[0, 1], [1, 2]]),
        ra.force("rod", links=[[0, 2]]),
        ra.force("nudge", bodies=[2], push=ra.Curve(1, 2, np.ones((40, 3)))),
    ]
    scene = ra.make_scene(np.eye(3), np.eye(3)[::-1], 1.0, forces=forces, name="small")
    scene = ra.edits.add_keyframe(scene, 9, [1], position=[[1, 2, 3]], window=(8, 10), weights=[2.0], color=[[4, 5, 6]])
    scene = ra.edits.set_groups(scene, [Group("some", np.array([0, 2]), hidden=True)])
    scene = ra.edits.set_markers(scene, [Marker(7, "here")])
    return encode(keep_take(scene, "second"), b"picture")


@pytest.fixture(scope="session")
def members(whole: bytes) -> Members:
    """Return what that file holds."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def zipped() -> Callable[..., bytes]:
    """Return what makes a file of its members."""

    def zip_members(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in members.items():
                archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else method)
        return out.getvalue()

    return zip_members


def open_bytes(data: bytes) -> ra.Scene | None:
    """Return the scene in these bytes if it can be opened, and see that otherwise one plain sentence says so."""
    try:
        scene = decode(io.BytesIO(data), "the.revanim")
    except ra.RevanimError as error:
        sentence = str(error)
        assert re.fullmatch(r"the\.revanim cannot be opened: [^\n]*[^.]\.", sentence), sentence
        return None
    make_playhead(scene)  # what can be opened can be walked and saved
    encode(scene, b"")
    return scene


def refuse_bytes(data: bytes, sentence: str = "cannot be opened") -> None:
    """See that a file is refused, and how."""
    with pytest.raises(ra.RevanimError, match=sentence):
        decode(io.BytesIO(data), "the.revanim")
    assert open_bytes(data) is None


@pytest.fixture(scope="session")
def opened() -> Callable[[bytes], ra.Scene | None]:
    return open_bytes


@pytest.fixture(scope="session")
def refused() -> Callable[..., None]:
    return refuse_bytes
