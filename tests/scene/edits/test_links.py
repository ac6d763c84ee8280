import numpy as np
import pytest

import revanim as ra
from revanim.scene.edits.links import WAYS, links_among

BODIES = np.array([2, 5, 7, 9])
LINE = np.outer([0.0, 1.0, 2.0, 10.0], [1.0, 0.0, 0.0])


def test_a_chain_follows_the_numbers_and_pairs_are_all_there_are() -> None:
    assert links_among(BODIES, LINE, "In a chain").tolist() == [[2, 5], [5, 7], [7, 9]]
    assert len(links_among(BODIES, LINE, "All pairs")) == 6


def test_the_nearest_are_linked_once_and_far_bodies_are_not() -> None:
    place = np.random.default_rng(1).normal(size=(50, 3))
    links = links_among(np.arange(50), place, "Nearest neighbours")
    distance = np.linalg.norm(place[:, None] - place, axis=2) + 99 * np.eye(50)
    closest = {tuple(sorted(pair)) for pair in enumerate(distance.argmin(axis=1).tolist())}
    assert closest <= {tuple(sorted(pair)) for pair in links.tolist()}
    assert np.unique(np.sort(links, axis=1), axis=0).shape == links.shape
    assert distance[links[:, 0], links[:, 1]].max() < np.sort(distance, axis=1)[:, 7].max()


@pytest.mark.parametrize("way", WAYS)
def test_one_body_has_nothing_to_be_linked_with(way: str) -> None:
    with pytest.raises(ra.RevanimError, match="two bodies"):
        links_among(BODIES[:1], LINE[:1], way)


def test_too_many_pairs_are_refused() -> None:
    with pytest.raises(ra.RevanimError, match="too many pairs"):
        links_among(np.arange(2000), np.zeros((2000, 3)), "All pairs")


def test_a_spring_is_added_among_bodies_and_linked_otherwise_as_long_as_they_lie(scene: ra.Scene) -> None:
    linked = ra.edits.add_links(scene, "spring", [0, 2, 4])
    ends = scene.bodies.position[[0, 2, 4]]
    assert linked.forces[-1].links.tolist() == [[0, 2], [2, 4]]
    assert linked.forces[-1].values["length"].tolist() == np.linalg.norm(np.diff(ends, axis=0), axis=1).tolist()
    elsewhere = np.outer(np.arange(5.0), [1.0, 0.0, 0.0])
    again = ra.edits.link_bodies(linked, 1, [0, 2, 4], "All pairs", elsewhere)
    assert again.forces[-1].links.tolist() == [[0, 2], [0, 4], [2, 4]]
    assert again.forces[-1].values["length"].tolist() == [2.0, 4.0, 2.0]


def test_what_cannot_be_linked_is_refused(scene: ra.Scene) -> None:
    with pytest.raises(ra.RevanimError, match="There is no way to link called 'at random'; there are In a chain, "):
        ra.edits.add_links(scene, "spring", [0, 1], "at random")
    with pytest.raises(ra.RevanimError, match="is not among them"):
        ra.edits.add_links(scene, "spring", [0, 99])
    with pytest.raises(ra.RevanimError, match="links"):
        ra.edits.add_links(scene, "gravity", [0, 1])
