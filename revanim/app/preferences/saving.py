"""How work is kept safe."""

from revanim.app.preference import Preference

autosave = Preference(
    name="autosave",
    text="Write changes aside every",
    group="Saving",
    order=40,
    tip="Unsaved changes are written aside so often, so that a crash takes no more than that",
    default=60,
    low=10,
    high=1800,
    step=10,
    unit="s",
)
