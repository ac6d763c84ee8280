"""Which links weave a cloth."""

import numpy as np
import pytest

import revanim as ra
from revanim.draw.solid.weave import cloth
from revanim.scene.source import make_assembly


def lattice(rows: int, columns: int) -> np.ndarray:
    return np.arange(rows * columns).reshape(rows, columns)


def square(rows: int, columns: int, diagonals: str = "") -> tuple[np.ndarray, np.ndarray]:
    """Return the links of a square lattice with sides of 1, and their lengths."""
    body, root = lattice(rows, columns), 2**0.5
    pairs = [(body[:, :-1], body[:, 1:], 1.0), (body[:-1], body[1:], 1.0)]
    pairs += [(body[:-1, :-1], body[1:, 1:], root)] * ("\\" in diagonals)
    pairs += [(body[:-1, 1:], body[1:, :-1], root)] * ("/" in diagonals)
    pairs += [(body[:, :-2], body[:, 2:], 2.0), (body[:-2], body[2:], 2.0)] * ("far" in diagonals)
    links = [np.stack([one.ravel(), two.ravel()], axis=1) for one, two, _ in pairs]
    lengths = [np.full(one.size, length) for one, _, length in pairs]
    return np.concatenate(links), np.concatenate(lengths)


@pytest.mark.parametrize("diagonals", ["", "\\", "\\/", "\\/ far"])
def test_a_square_lattice_has_two_faces_for_each_square_however_it_is_stiffened(diagonals: str) -> None:
    links, lengths = square(5, 7, diagonals)
    woven = cloth((ra.force("spring", links=links, length=lengths),), 35)
    assert len(woven.faces) == 2 * 4 * 6
    assert woven.bodies.all()
    assert (woven.beside < 0).sum() == 2 * (4 + 6)  # its border


def test_the_cloth_of_the_gallery_is_one() -> None:
    scene = ra.example("cloth")
    assert cloth(scene.forces, scene.bodies.count).bodies.mean() > 0.9


def test_a_cloth_that_is_added_is_woven_without_holes_and_with_straight_edges() -> None:
    assembly = make_assembly("cloth", 100)
    woven = cloth(assembly.forces, 100)
    assert len(woven.faces) == 2 * 9 * 9
    assert (woven.beside < 0).sum() == 4 * 9


def test_neighbours_are_turned_alike() -> None:
    links, lengths = square(6, 6, "\\/")
    woven = cloth((ra.force("spring", links=links, length=lengths),), 36)
    edges = woven.faces[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    assert len(np.unique(edges, axis=0)) == len(edges)  # no two faces walk along an edge in the same direction


@pytest.mark.parametrize(
    "links",
    [
        [[0, 1], [1, 2], [2, 3], [3, 4]],
        [[0, 1], [1, 2], [2, 0]],
        [[i, j] for i in range(12) for j in range(i)],
        [[0, i] for i in range(1, 40)],
    ],
)
def test_chains_frames_hubs_and_solids_are_no_cloth(links: list[list[int]]) -> None:
    woven = cloth((ra.force("rod", links=links, length=1.0),), 40)
    assert not len(woven.faces)
    assert not woven.bodies.any()


def test_what_has_no_length_or_is_muted_weaves_nothing() -> None:
    assert not len(cloth((ra.force("gravity"),), 10).faces)
    assert not len(cloth((), 0).faces)
