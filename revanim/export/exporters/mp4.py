"""H.264 in an MP4."""

from functools import partial

from revanim.export.exporter import Exporter
from revanim.export.pictures import PICTURE, look_options, measured
from revanim.export.video import QUALITY, Codec, write_video

mp4 = Exporter(
    name="mp4",
    title="MP4 video (H.264)",
    help="Plays everywhere.",
    words="video film movie render",
    suffixes=(".mp4",),
    parameters=(*PICTURE, *look_options(), QUALITY),
    write=partial(write_video, codec=Codec("libx264", "yuv420p", (45, 8), {"preset": "veryfast"})),
    opens_in="every player, editor and browser",
    measure=measured,
)
