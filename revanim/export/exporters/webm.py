"""VP9 or AV1 in a WebM."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from revanim.engine.parameter import Parameter
from revanim.export.exporter import Exporter
from revanim.export.film import Film
from revanim.export.pictures import PICTURE, TRANSPARENT, look_options, measured
from revanim.export.soundtrack import SOUND
from revanim.export.video import QUALITY, Codec, write_video

CODEC = Parameter("codec", 0.0, "", 0.0, 1.0, "AV1 is smaller and has no transparency.", choices=("vp9", "av1"))
VP9 = {"deadline": "realtime", "cpu-used": "6", "row-mt": "1", "auto-alt-ref": "0"}
CODECS = {
    "vp9": Codec("libvpx-vp9", "yuv420p", (55, 10), VP9, "yuva420p", sound="libopus"),
    "av1": Codec("libsvtav1", "yuv420p", (55, 15), {"preset": "10", "svtav1-params": "lp=2"}, sound="libopus"),
}


def write(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Encode with the chosen codec."""
    write_video(film, path, values, CODECS[values["codec"]])


webm = Exporter(
    name="webm",
    title="WebM video (VP9, AV1)",
    help="Free of patents; with VP9 also over nothing.",
    words="video film movie render",
    suffixes=(".webm",),
    parameters=(*PICTURE, *look_options(), CODEC, QUALITY, TRANSPARENT, SOUND),
    write=write,
    opens_in="browsers, Blender, VLC, DaVinci Resolve",
    measure=measured,
    painted=True,
)
