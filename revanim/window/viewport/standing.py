"""What stands in space under the hand: the floor, the fixed ball or the point that was chosen in the list of forces."""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.edits.standing import lay_part, standing_at
from revanim.sentence import NOTHING, Sentence
from revanim.session.studio import Studio
from revanim.session.work.forces import Place
from revanim.session.work.titles import title_of

CORNERS = np.concatenate([np.eye(3), -np.eye(3)])  # of its middle, so that they tell how it is moved, turned and scaled


class Standing:
    """A force or a move that stands somewhere; the session's scene changes as it moves, in one undo step."""

    loose, links = False, NOTHING

    def __init__(self, studio: Studio, place: Place, middle: Floats) -> None:
        self.studio, self.where, self.before = studio, place, studio.session.scene
        self.place = middle + CORNERS

    def put(self, text: Sentence, place: Floats, turning: Floats | None) -> None:
        frame = (place[:3] - place[3:]).T / 2
        if self.before.planar:
            frame[2, 2] = 1.0
        what = Sentence("{what} {part}", what=text, part=title_of(self.studio.forces.at(self.where)))
        scene = lay_part(self.before, self.where.among, self.where.index, place.mean(axis=0), frame)
        self.studio.session.edit(what, scene, self)

    def keep(self) -> None:
        self.studio.session.hinted.emit(NOTHING)

    def drop(self) -> None:
        if self.studio.session.scene is not self.before:
            self.studio.session.edit(Sentence("Take back"), self.before, self)
        self.studio.session.hinted.emit(NOTHING)


def standing_part(studio: Studio) -> Standing | None:
    """Return what is chosen in the list of forces, if it stands somewhere and acts."""
    place, part = studio.forces.place, studio.forces.looked_at
    if place is None or part is None or part.muted:
        return None
    middle = standing_at(part)
    return None if middle is None else Standing(studio, place, middle)
