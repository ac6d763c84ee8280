"""Words in the picture: where they stand, how large and how opaque they are may have keys."""

from revanim.engine.parameter import Parameter
from revanim.scene.parts.cue import cue_kind

caption = cue_kind(
    name="caption",
    title="caption",
    help="Writes words into the picture, also of films.",
    order=20,
    says=True,
    parameters=(
        Parameter("across", 0.5, "", -1.0, 2.0, "Where its middle is: 0 at the left edge, 1 at the right."),
        Parameter("upward", 0.12, "", -1.0, 2.0, "Where it is: 0 at the lower edge, 1 at the upper."),
        Parameter("size", 0.07, "", 0.005, 1.0, "Of its letters, as a share of the height of the picture."),
        Parameter("opacity", 1.0, "", 0.0, 1.0, "How opaque it is; with keys it fades in and out."),
        Parameter("follow", 0.0, "", 0.0, 1.0, "How far it stands above the middle of its bodies, not at its place."),
    ),
)  # fmt: skip
