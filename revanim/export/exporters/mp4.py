"""H.264 in an MP4."""

from functools import partial

from revanim.export.exporter import Exporter
from revanim.export.pictures import PICTURE, look_options, measured
from revanim.export.soundtrack import SOUND
from revanim.export.video import INDEX_FIRST, QUALITY, Codec, write_video

H264 = Codec("libx264", "yuv420p", (45, 8), {"preset": "veryfast"}, container=INDEX_FIRST)

mp4 = Exporter(
    name="mp4",
    title="MP4 video (H.264)",
    help="Plays everywhere.",
    words="video film movie render",
    suffixes=(".mp4",),
    parameters=(*PICTURE, *look_options(), QUALITY, SOUND),
    write=partial(write_video, codec=H264),
    opens_in="every player, editor and browser",
    measure=measured,
    painted=True,
)
