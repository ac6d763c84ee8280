"""Sounds: read, measured, kept in the file, followed by values, and carried by films."""

import io
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.engine.verify import verify
from revanim.export.film import Film
from revanim.export.soundtrack import frames_heard
from revanim.scene.build import make_playhead
from revanim.scene.sound.decode import RATE, decoded
from revanim.scene.sound.levels import beats_of, level_at

pytest.importorskip("av")
Write = Callable[..., Path]
FPS = 24


def as_wav(samples: np.ndarray, rate: int = RATE) -> bytes:
    """Return mono samples from -1 to 1 as a WAV file."""
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.int16(np.round(samples * 32000)).tobytes())
    return data.getvalue()


@pytest.fixture(scope="module")
def drum(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds with a deep beat every half second, and a high tone in the second one."""
    time = np.arange(2 * RATE) / RATE
    beats = np.sin(2 * np.pi * 60 * time) * np.exp(-8 * (time % 0.5)) * (time % 0.5 < 0.4)
    high = 0.2 * np.sin(2 * np.pi * 6000 * time) * (time > 1)
    path = tmp_path_factory.mktemp("sound") / "drum.wav"
    path.write_bytes(as_wav(0.7 * beats + high))
    return path


@pytest.fixture
def scene() -> ra.Scene:
    return ra.make_scene(
        [[0, 0, 0], [1, 0, 0]], [[0, 0, 0], [0, 0.2, 0]], 1.0, [ra.force("gravity", strength=2.0)], frames=(1, 60)
    )


@pytest.fixture
def sounding(scene: ra.Scene, drum: Path) -> ra.Scene:
    return ra.edits.add_sound(scene, drum, 5)


def test_it_is_kept_whole_in_the_file_and_once_for_all_takes(sounding: ra.Scene, drum: Path, tmp_path: Path) -> None:
    kept = ra.edits.keep_take(sounding, "One")
    ra.save(kept, tmp_path / "sounding.revanim")
    loaded = ra.load(tmp_path / "sounding.revanim")
    for each in (loaded, loaded.takes[0].scene):
        assert each.sound.data.tobytes() == drum.read_bytes()
        assert (each.sound.levels == sounding.sound.levels).all()
        assert (each.sound.name, each.sound.first) == ("drum.wav", 5)
    ra.save(sounding, tmp_path / "alone.revanim")
    sizes = [(tmp_path / name).stat().st_size for name in ("sounding.revanim", "alone.revanim")]
    assert sizes[0] < sizes[1] + 20_000


def test_a_scene_without_sound_is_saved_as_ever(scene: ra.Scene, sounding: ra.Scene, tmp_path: Path) -> None:
    for name, each in (("before", scene), ("after", ra.edits.remove_sound(sounding))):
        ra.save(each, tmp_path / f"{name}.revanim")
    assert (tmp_path / "before.revanim").read_bytes() == (tmp_path / "after.revanim").read_bytes()


def test_bands_are_told_apart_and_beats_found(sounding: ra.Scene) -> None:
    bass, treble = (level_at(sounding.sound, band, np.array([5.0, 5 + 1.5 * FPS]), FPS) for band in ("bass", "treble"))
    assert bass.min() > 0.5
    assert treble[0] < 0.2
    assert treble[1] > 0.8
    assert level_at(sounding.sound, "loudness", np.array([-4.0, 900.0]), FPS).tolist() == [0, 0]
    np.testing.assert_allclose(beats_of(sounding.sound), [0, 0.5, 1, 1.5], atol=0.06)
    marked = ra.edits.mark_beats(sounding)
    assert [marker.frame for marker in marked.markers] == pytest.approx([5, 17, 29, 41], abs=1)


@pytest.mark.parametrize("band", ["loudness", "bass", "middle", "treble"])
def test_a_value_follows_it_exactly_and_stays_when_the_sound_goes(sounding: ra.Scene, band: str) -> None:
    driven = ra.edits.drive(sounding, "forces", 0, "strength", band)
    value = driven.forces[0].values["strength"]
    assert value.formula.texts == ("2 * value",)
    assert verify(make_playhead(driven), 1, 60).bits_different == 0
    digests = []
    for each in (driven, ra.edits.remove_sound(driven)):
        playhead = ra.Playhead(each)
        playhead.seek(50)
        digests.append(playhead.digest())
    assert digests[0] == digests[1]


def test_what_follows_a_sound_says_what_it_can(sounding: ra.Scene, scene: ra.Scene) -> None:
    for who, band, name, why in (
        (scene, "bass", "strength", "has no sound yet"),
        (sounding, "drums", "strength", "follows loudness, bass, middle, treble, not 'drums'"),
        (sounding, "bass", "colour", "no value 'colour'"),
    ):
        with pytest.raises(ra.RevanimError, match=why):
            ra.edits.drive(who, "forces", 0, name, band)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a sound at all", b"\0" * 4000])
def test_what_is_no_sound_is_refused_in_a_sentence(scene: ra.Scene, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "noise.wav"
    path.write_bytes(content)
    with pytest.raises(ra.RevanimError, match=r"noise\.wav") as told:
        ra.edits.add_sound(scene, path)
    assert "\n" not in str(told.value)
    with pytest.raises(ra.RevanimError, match=r"gone\.wav cannot be read"):
        ra.edits.add_sound(scene, tmp_path / "gone.wav")


def test_a_damaged_sound_is_refused_or_heard(scene: ra.Scene, drum: Path, tmp_path: Path) -> None:
    whole, path = drum.read_bytes(), tmp_path / "damaged.wav"
    random = np.random.default_rng(1)
    for _ in range(12):
        data = bytearray(whole[: random.integers(20, 4000)])
        for at in random.integers(0, len(data), 6):
            data[at] = random.integers(256)
        path.write_bytes(bytes(data))
        try:
            made = ra.edits.add_sound(scene, path)
        except ra.RevanimError:
            continue
        assert made.sound is not None


def test_another_rate_keeps_its_second(sounding: ra.Scene) -> None:
    assert ra.edits.set_rate(sounding, 48).sound.first == 9


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("forward", [1, 2, 3, 4, 5]),
        ("loop", [1, 2, 3, 4]),
        ("reverse", [6, 5, 4, 3, 2]),
        ("ping-pong", [1, 2, 3, 4, 5, 5, 4, 3]),
    ],
)
def test_the_sound_goes_where_the_pictures_go(scene: ra.Scene, order: str, expected: list[float]) -> None:
    film = Film(scene, 1, 5, order=order)
    assert frames_heard(film, np.arange(film.count, dtype=np.float64)).tolist() == expected


@pytest.mark.parametrize("suffix", [".mp4", ".webm", ".mov"])
@pytest.mark.parametrize("order", ["forward", "reverse"])
def test_a_film_carries_it_in_the_order_of_its_frames(
    sounding: ra.Scene, suffix: str, order: str, tmp_path: Path
) -> None:
    path = tmp_path / f"film{suffix}"
    ra.export(sounding, path, (5, 28), order=order, width=32, height=32)
    samples = decoded(path.read_bytes(), path.name)[:RATE].mean(axis=1)
    assert len(samples) == pytest.approx(RATE, abs=3000)
    halves = [np.abs(samples[begin : begin + RATE // 5]).mean() for begin in (0, 3 * RATE // 10)]
    assert (halves[0] > 2 * halves[1]) == (order == "forward")


def test_a_film_without_it_where_that_is_asked_for(sounding: ra.Scene, tmp_path: Path) -> None:
    ra.export(sounding, tmp_path / "film.mp4", (5, 8), width=32, height=32, sound="no")
    with pytest.raises(ra.RevanimError, match="has no sound in it"):
        decoded((tmp_path / "film.mp4").read_bytes(), "film.mp4")
