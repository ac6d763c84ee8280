"""Work on the cores of this machine."""

import multiprocessing
import os
import time

import pytest

import revanim as ra
from revanim.farm.farm import farm


def test_processes_find_what_one_would() -> None:
    parts = list[float]()
    assert dict(farm(abs, [-1, 2, -3], processes=2, passed=parts.append)) == {0: 1, 1: 2, 2: 3}
    assert parts == sorted(parts)
    assert parts[-1] == 1


def test_who_stops_listening_leaves_no_process_at_work() -> None:
    def stop(part: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(farm(time.sleep, [1e6] * 4, processes=2, passed=stop))
    assert multiprocessing.active_children() == []


def test_a_process_that_ends_by_itself_is_one_sentence() -> None:
    with pytest.raises(ra.RevanimError, match="has ended"):
        list(farm(os._exit, [3], processes=1))
