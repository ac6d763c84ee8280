"""Films as USD stages, which go to disk while they are walked.

One time code is one frame of the scene, z points up, and numbers are float32.
"""

from collections.abc import Callable, Iterator, Mapping, Sized
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from revanim.draw.eye import eye_at
from revanim.engine.parameter import Parameter
from revanim.export.film import Film
from revanim.export.points import CAMERA, HIDDEN, POINT, attributes_option, points, wanted, written
from revanim.export.usd_camera import make_camera
from revanim.export.usd_prims import Lane, links_of, make_instances, make_links, make_points, make_trails

CHUNK = 8 << 20  # bytes of samples that are kept until the file takes them: so a long film needs no more memory
SHAPES = ("none", "sphere", "cube", "cone", "cylinder")

SHAPE = Parameter("prototype", 0.0, "", 0.0, 4.0, "The shape of instances, in place of points.", choices=SHAPES)
VELOCITIES = Parameter("velocities", 1.0, "", 0.0, 1.0, "For motion blur, as large as places.", choices=("no", "yes"))
TRAILS = Parameter("trails", 0.0, "frames", 0.0, 1000.0, "The way behind each body, as curves.", whole=True)
LINKS = Parameter("links", 0.0, "", 0.0, 1.0, "What ties bodies together, as curves.", choices=("no", "yes"))
UNIT = Parameter("unit", 1.0, "m", 1e-9, 1e12, "Of lengths in the scene; 1 m leaves its numbers as they are.")
STAGE = (SHAPE, VELOCITIES, TRAILS, LINKS, CAMERA, HIDDEN, UNIT, attributes_option())


def write_stage(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Write a stage; raises OSError where the system refuses."""
    from pxr import Tf  # only who writes USD pays for it

    try:
        if path.suffix.lower() == ".usda":
            _write_text(film, path, values)
        else:
            _write_crate(film, path, values)
    except Tf.ErrorException as error:
        raise OSError(_reason(error)) from None


def stage_size(film: Film, values: Mapping[str, Any]) -> int:
    """Return about how many bytes a binary stage takes."""
    who, colored = written(film, values), bool(film.scene.look.color_by)
    vectors = 1 + (values["velocities"] == "yes") + colored
    links = len(links_of(film.scene, who)) if values["links"] == "yes" else 0
    along = (round(values["trails"]) + 1) * who.size if values["trails"] else 0
    lines = (1 + colored) * (2 * links + along)
    return film.count * int(POINT * (vectors * who.size + lines) + 4 * len(wanted(values)) * who.size)


def _write_text(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Write a binary stage, which can grow on disk, then turn it into text, for which USD reads it piece by piece."""
    from pxr import Sdf

    with TemporaryDirectory(prefix=path.name, dir=path.parent) as folder:
        crate = Path(folder) / "film.usdc"
        _write_crate(film, crate, values)
        Sdf.Layer.FindOrOpen(str(crate)).Export(str(path))


def _write_crate(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    with _layer(path) as (stage, save):
        lanes, waiting = _make(stage, film, values), 0
        for now in points(film, values, round(values["trails"])):
            for attribute, value in lanes:
                sample = value(now)
                attribute.Set(sample, now.moment.number)
                waiting += POINT * (len(sample) if isinstance(sample, Sized) else 1)
            if waiting > CHUNK:
                save()
                waiting = 0
        save()


@contextmanager
def _layer(path: Path) -> Iterator[tuple[Any, Callable[[], object]]]:
    """Yield a new stage in a binary file, and a function that writes what was set since; close the file at the end."""
    from pxr import Sdf, Usd

    layer = Sdf.Layer.CreateNew(str(path), {"format": "usdc"} if path.suffix.lower() == ".usd" else {})
    try:
        yield Usd.Stage.Open(layer), layer.Save
    finally:
        layer.Clear()


def _make(stage: Any, film: Film, values: Mapping[str, Any]) -> list[Lane]:
    """Declare all that is in a stage, and return what changes over time."""
    from pxr import Tf, UsdGeom

    scene, who, (first, last) = film.scene, written(film, values), film.numbers
    UsdGeom.SetStageUpAxis(stage, UsdGeom.Tokens.z)
    UsdGeom.SetStageMetersPerUnit(stage, values["unit"])
    stage.SetTimeCodesPerSecond(scene.timing.fps)
    stage.SetFramesPerSecond(scene.timing.fps)
    stage.SetStartTimeCode(first)
    stage.SetEndTimeCode(last)
    root = UsdGeom.Xform.Define(stage, f"/{Tf.MakeValidIdentifier(scene.name or 'revanim')}").GetPrim()
    stage.SetDefaultPrim(root)
    place = root.GetPath().AppendChild
    lanes = list[Lane]()
    if values["camera"] == "yes":
        lanes += make_camera(stage, place("camera"), scene, eye_at(scene, first, scene.bodies.position))
    make = make_points if values["prototype"] == "none" else make_instances
    lanes += make(stage, place("bodies"), scene, who, values)
    if values["trails"]:
        lanes += make_trails(stage, place("trails"), scene, who, round(values["trails"]))
    links = links_of(scene, who)
    if values["links"] == "yes" and links.size:
        lanes += make_links(stage, place("links"), scene, who, links)
    return lanes


def _reason(error: Exception) -> str:
    """Return what USD says went wrong first, without where in its source that was."""
    quoted = str(error).split("'")
    return quoted[3].rpartition(": ")[2] if len(quoted) > 3 else "USD refuses"
