"""The sound is heard in time with the playhead, and without a device all goes on in silence."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.scene.sound.decode import CHANNELS, RATE
from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.sound.device import Cue, Device, taken
from revanim.session.sound.loudspeaker import SCRUBBED, Loudspeaker
from revanim.session.work.playback import Playback

pytest.importorskip("av")
RAMP = np.repeat(np.arange(4000, dtype=np.float32)[:, None], CHANNELS, axis=1) / 4000


@pytest.mark.parametrize("rate", [1.0, -1.0, 0.5, -2.0])
def test_a_cue_is_heard_onward_and_back_at_its_rate(rate: float) -> None:
    block = taken(Cue(RAMP, 2000.0, rate), 500, 64)
    np.testing.assert_allclose(block[:, 0], (2000 + rate * (500 + np.arange(64))) / 4000, rtol=1e-5)


def test_beyond_its_ends_a_sound_is_silent_and_a_short_cue_fades() -> None:
    assert not taken(Cue(RAMP, -500.0, 1.0), 0, 400).any()
    assert not taken(Cue(RAMP, 3999.5, 1.0), 0, 400)[1:].any()
    short = taken(Cue(RAMP, 2000.0, 1.0, 300.0), 0, 400)[:, 0]
    assert short[0] < 0.02
    assert short[150] > 0.5
    assert short[299] < 0.02
    assert not short[300:].any()


def test_a_stream_is_answered_and_begins_anew_with_another_cue() -> None:
    device = Device()
    asked = device.asked()
    next(asked)
    assert asked.send(8) == bytes(8 * CHANNELS * 4)
    device.cue = Cue(RAMP, 100.0, 1.0)
    asked.send(200)
    one = np.frombuffer(asked.send(10), np.float32).reshape(-1, CHANNELS)
    np.testing.assert_allclose(one[:, 0], (300 + np.arange(10)) / 4000, rtol=1e-5)
    assert device.place == 310
    device.cue = None
    assert asked.send(8) == bytes(8 * CHANNELS * 4)


class Heard(Device):
    """A device that no system is behind."""

    works = True

    def open(self) -> bool:
        return self.works


@pytest.fixture
def sounding(tone: Path) -> ra.Scene:
    scene = ra.make_scene([[0, 0, 0]], [[0, 0.1, 0]], 1.0, frames=(1, 48))
    return ra.edits.add_sound(scene, tone)


@pytest.fixture
def make(qtbot: QtBot, sounding: ra.Scene) -> Iterator[Callable[..., Loudspeaker]]:
    """Return what makes a loudspeaker over a session whose sound is read."""
    made = list[Session]()

    def loudspeaker(works: bool = True) -> Loudspeaker:
        session = Session(sounding)
        made.append(session)
        device = Heard()
        device.works = works  # type: ignore[misc]
        speaker = Loudspeaker(session, Playback(session), lambda: device)
        qtbot.waitUntil(lambda: speaker._samples is not None)
        return speaker

    yield loudspeaker
    for session in made:
        session.close()


def test_what_plays_is_heard_from_its_frame_on_and_backward_in_reverse(make: Callable[..., Loudspeaker]) -> None:
    speaker = make()
    speaker.session.show(13)
    speaker.playback.play(1)
    cue = speaker.device.cue
    assert (cue.place, cue.rate) == (RATE / 2, 1.0)
    speaker.playback.play(-1, 2.0)
    assert speaker.device.cue.rate == -2.0
    speaker.playback.stop()
    assert speaker.device.cue is None


def test_it_is_put_right_where_the_picture_is_elsewhere_and_else_goes_on(make: Callable[..., Loudspeaker]) -> None:
    speaker = make()
    speaker.playback.play(1)
    cue = speaker.device.cue
    speaker.device.done = RATE // 24
    speaker.session.show(2)
    assert speaker.device.cue is cue
    speaker.session.show(25)
    assert speaker.device.cue is not cue
    assert speaker.device.cue.place == RATE
    speaker.playback.stop()


def test_a_little_is_heard_of_each_frame_that_is_scrubbed(make: Callable[..., Loudspeaker]) -> None:
    speaker = make()
    speaker.session.show(25)
    cue = speaker.device.cue
    assert (cue.place, cue.rate, cue.count) == (RATE, 1.0, SCRUBBED * RATE)
    speaker.session.show(13)
    assert speaker.device.cue.rate == -1.0


def test_it_can_be_silenced_and_is_silent_without_a_device(make: Callable[..., Loudspeaker]) -> None:
    speaker = make()
    speaker.set_on(False)
    speaker.session.show(25)
    speaker.playback.play(1)
    assert speaker.device is None
    speaker.playback.stop()
    speaker.set_on(True)
    deaf = make(works=False)
    deaf.session.show(25)
    deaf.playback.play(1)
    assert deaf.device is None
    deaf.playback.stop()


def test_a_sound_that_goes_is_heard_no_more(make: Callable[..., Loudspeaker]) -> None:
    speaker = make()
    speaker.playback.play(1)
    speaker.session.edit(Sentence("Remove"), ra.edits.remove_sound(speaker.session.scene))
    assert speaker.device.cue is None
    speaker.session.show(30)
    assert speaker.device.cue is None
    speaker.playback.stop()
