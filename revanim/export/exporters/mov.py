"""ProRes 4444 in a QuickTime file."""

from functools import partial

from revanim.export.exporter import Exporter
from revanim.export.pictures import PICTURE, TRANSPARENT, look_options, measured
from revanim.export.soundtrack import SOUND
from revanim.export.video import INDEX_FIRST, Codec, write_video

PRORES = Codec(
    "prores_ks", "yuv444p10le", None, {"profile": "4444", "vendor": "apl0"}, "yuva444p10le", INDEX_FIRST, "pcm_s16le"
)

mov = Exporter(
    name="mov",
    title="QuickTime video (ProRes 4444)",
    help="Hardly compressed, in ten bits, with transparency: for editing and compositing.",
    words="video film movie render",
    suffixes=(".mov",),
    parameters=(*PICTURE, *look_options(), TRANSPARENT, SOUND),
    write=partial(write_video, codec=PRORES),
    opens_in="After Effects, Final Cut, DaVinci Resolve, Nuke, Blender",
    measure=measured,
    painted=True,
)
