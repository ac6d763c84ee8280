"""The contents page of the session's room: every part in order, each made with what it needs and nothing else."""

from revanim.scene.scene import Scene
from revanim.session.files.assets import Assets
from revanim.session.files.files import Files
from revanim.session.files.recovery import Recovery
from revanim.session.files.timeline import TimelineSettings
from revanim.session.files.wearing import Wearing
from revanim.session.session import Session
from revanim.session.threads.jobs import Jobs
from revanim.session.tracks.filming import Filming
from revanim.session.tracks.tracks import Tracks
from revanim.session.work.assignments import Assignments
from revanim.session.work.exports import Exports
from revanim.session.work.forces import Forces
from revanim.session.work.keyframes import Keyframes
from revanim.session.work.markers import Markers
from revanim.session.work.playback import Playback
from revanim.session.work.poses import Poses
from revanim.session.work.proof import Proof
from revanim.session.work.readings import Readings
from revanim.session.work.solving.choices import Choices
from revanim.session.work.solving.horizon import Horizon
from revanim.session.work.solving.loops import Loops
from revanim.session.work.solving.solve import Solving
from revanim.session.work.sources import Sources
from revanim.session.work.takes import Takes
from revanim.session.work.viewing import Viewing
from revanim.session.work.watch.breaks import Breaks
from revanim.session.work.watch.ledger import Ledger
from revanim.session.work.watch.misses import LookedUp
from revanim.session.work.watch.spinning import Spinning
from revanim.session.work.watch.stretching import Stretching
from revanim.session.work.watch.working import Working


class Studio:
    """A session, and everything that a person does with it; a window is made over one of these."""

    def __init__(self, scene: Scene) -> None:
        self.session = session = Session(scene)
        self.jobs = Jobs(session)
        self.playback = Playback(session)
        self.working = Working(session, self.jobs, self.playback)
        self.readings = Readings(session)
        self.ledger = Ledger(session)
        self.assignments = Assignments(session, self.jobs, self.playback)
        self.keyframes = Keyframes(session, self.assignments)
        self.looked_up = LookedUp(session, self.keyframes)
        self.breaks = Breaks(session)
        self.spinning = Spinning(session)
        self.stretching = Stretching(session)
        self.markers = Markers(session)
        self.timeline = TimelineSettings(session)
        self.forces = Forces(session, self.jobs)
        self.tracks = Tracks(session, self.forces)
        self.sources = Sources(session, self.jobs)
        self.solving = Solving(session, self.assignments, self.keyframes, Choices(session))
        self.loops = Loops(session, self.jobs, self.keyframes, self.solving)
        self.horizon = Horizon(session)
        self.poses = Poses(session, self.jobs, self.keyframes, self.solving)
        self.takes = Takes(session)
        self.exports = Exports(session, self.jobs)
        self.proof = Proof(session)
        self.viewing = Viewing(session)
        self.filming = Filming(session, self.viewing, self.forces)
        self.wearing = Wearing(session, self.jobs)
        self.files = Files(session, self.jobs, self.viewing)
        self.assets = Assets(self.files, self.forces, self.jobs)
        self.recovery = Recovery(session, self.files)
