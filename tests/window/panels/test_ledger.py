"""The ledger: bits that losses have erased, over the frames, and nothing where nothing is erased."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.session.work.watch.ledger import JOULES
from revanim.window.window import Window


@pytest.fixture
def slowed(rods: ra.Scene) -> ra.Scene:
    """Three rods whose swinging dies down."""
    return ra.edits.set_moves(rods, [ra.move("drag", rate=1.0)])


def show(qtbot: QtBot, window: Window, frame: int) -> None:
    window.studio.session.show(frame)
    qtbot.waitUntil(lambda: window.studio.session.arrived)


def test_what_is_erased_is_counted_plotted_and_told_and_all_of_it_comes_back(
    qtbot: QtBot, window: Window, slowed: ra.Scene
) -> None:
    window.studio.session.open(slowed)
    page, ledger = window.bring("ledger").widget(), window.studio.ledger
    show(qtbot, window, 40)
    play = ra.Playhead(slowed)
    play.seek(40)
    bits = play.erased.sum()
    assert bits > 0
    account = ledger.account(40)
    assert account is not None
    assert (account.bits, account.energy) == (bits, bits * JOULES)
    assert account.frames == 39 * 4 * 384
    qtbot.waitUntil(lambda: page.values["bits"].text() == f"{bits:.0f} bits")
    frames, drawn = page.curve.getData()
    assert drawn[frames == 40] == bits
    assert page.playhead.value() == 40
    show(qtbot, window, 1)
    qtbot.waitUntil(lambda: page.values["bits"].text() == "0 bits")
    assert ledger.bits[1] == 0
    assert ledger.bits[40] == bits


def test_where_nothing_is_erased_the_ledger_says_so(qtbot: QtBot, window: Window, rods: ra.Scene) -> None:
    window.studio.session.open(rods)
    page = window.bring("ledger").widget()
    show(qtbot, window, 20)
    qtbot.waitUntil(page.teach.isVisible)
    assert not window.studio.ledger.bits


def test_another_motion_begins_another_ledger(qtbot: QtBot, window: Window, slowed: ra.Scene) -> None:
    studio = window.studio
    studio.session.open(slowed)
    show(qtbot, window, 30)
    assert studio.ledger.bits
    studio.session.edit(studio.session.last_step, ra.edits.set_moves(slowed, [ra.move("drag", rate=2.0)]))
    qtbot.waitUntil(lambda: studio.session.arrived and len(studio.ledger.bits) > 0)
    play = ra.Playhead(studio.session.scene)
    for frame, bits in sorted(studio.ledger.bits.items()):
        play.seek(frame)
        assert np.isclose(play.erased.sum(), bits, rtol=0)
