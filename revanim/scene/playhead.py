"""The playhead of a scene, as scripts know it."""

from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.scene.build import make_playhead
from revanim.scene.scene import Scene


class ScenePlayhead:
    """A scene that walks through time, exactly; it begins at the home frame. Public as `revanim.Playhead`.

    What it does is done by the engine's playhead, `inner`, which stands on no scene but on what was built from it. One
    thread at a time may use it.
    """

    def __init__(self, scene: Scene) -> None:
        self.inner = make_playhead(scene)

    @property
    def frame(self) -> int:
        """The frame it stands at, or has last passed onward."""
        return self.inner.frame

    @property
    def position(self) -> Floats:
        """float64[n, 3], a copy, in scene units."""
        return self.inner.position

    @property
    def velocity(self) -> Floats:
        """float64[n, 3], a copy, in scene units per second."""
        return self.inner.velocity

    @property
    def state(self) -> Counts:
        """int64[lanes, n], a copy: place, speed, then the lanes of the moves."""
        return self.inner.state

    def seek(self, frame: int) -> None:
        """Walk to a frame, onward or back, also outside the scene's range.

        Raises RevanimError where a body cannot go on; the playhead then stands at the last step that could be done.
        """
        self.inner.seek(frame)

    def step(self, count: int) -> None:
        """Walk `count` sub-steps, back when negative; raises as `seek` does."""
        self.inner.step(count)

    def digest(self) -> str:
        """Return the sha256 of the integers: equal digests mean equal bits."""
        return self.inner.digest()

    def energy(self) -> float:
        """Return kinetic plus potential energy, mass length² / s²."""
        return self.inner.energy()
