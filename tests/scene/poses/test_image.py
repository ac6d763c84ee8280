from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import revanim as ra
from revanim.scene.pose import make_pose

SIZE = 100


def save(path: Path, *tones: float, alpha: float = 255, mode: str = "RGBA") -> Path:
    """Save a picture of bands of grey side by side, from 0 to 255."""
    grey = np.repeat(np.array(tones, np.uint8), SIZE // len(tones))[None].repeat(SIZE, axis=0)
    Image.fromarray(np.stack([grey, grey, grey, np.full_like(grey, alpha)], axis=-1)).convert(mode).save(path)
    return path


def shares(path: Path, bands: int, **values: object) -> list[float]:
    """Return which share of the points lies in each band."""
    across = make_pose("image", 600, source=path, size=2.0, **values).position[:, 0]  # type: ignore[arg-type]
    return list(np.histogram(across, bins=bands, range=(-1, 1))[0] / 600)


def test_points_are_as_dense_as_the_picture_is_bright(tmp_path: Path) -> None:
    path = save(tmp_path / "it.png", 0, 51, 102, 204)
    assert shares(path, 4) == pytest.approx([0, 1 / 7, 2 / 7, 4 / 7], abs=0.02)


def test_dark_ink_and_contrast_change_which_parts_attract_points(tmp_path: Path) -> None:
    path = save(tmp_path / "it.png", 0, 255, 153, 204)
    assert shares(path, 4, ink="dark") == pytest.approx([5 / 8, 0, 2 / 8, 1 / 8], abs=0.02)
    assert shares(path, 4, contrast=2.0) == pytest.approx([0, 0.5, 0.18, 0.32], abs=0.02)


def test_what_is_transparent_attracts_nothing_and_lends_no_colour(tmp_path: Path) -> None:
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[:, :20] = (255, 0, 0, 255)
    pixels[:, 20:] = (0, 255, 0, 0)
    Image.fromarray(pixels).resize((2000, 2000), Image.Resampling.NEAREST).save(tmp_path / "it.png")
    pose = make_pose("image", 200, source=tmp_path / "it.png")
    assert pose.position[:, 0].max() <= 0
    assert (pose.color == (255, 0, 0)).all()


def test_each_point_has_the_colour_of_its_place_and_the_top_is_up(tmp_path: Path) -> None:
    pixels = np.zeros((30, 30, 3), np.uint8)
    pixels[:10], pixels[20:] = (255, 0, 0), (0, 0, 255)
    Image.fromarray(pixels).save(tmp_path / "it.png")
    pose = make_pose("image", 300, source=tmp_path / "it.png")
    assert pose.color is not None
    assert (pose.color[pose.position[:, 1] > 0] == (255, 0, 0)).all()
    assert (pose.color[pose.position[:, 1] < 0] == (0, 0, 255)).all()


def test_a_picture_that_a_camera_held_upright_is_turned(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn to the right
    with Image.open(save(tmp_path / "it.png", 0, 255)) as bands:
        bands.convert("RGB").save(tmp_path / "it.jpg", exif=exif, quality=95)
    assert make_pose("image", 200, source=tmp_path / "it.jpg").position[:, 1].max() < 0.1


@pytest.mark.parametrize(
    ("suffix", "mode"),
    [
        ("png", "L"), ("png", "1"), ("png", "P"), ("png", "LA"), ("gif", "P"),
        ("bmp", "RGB"), ("tiff", "CMYK"), ("webp", "RGB"), ("ppm", "L"),
    ],
)  # fmt: skip
def test_any_kind_of_picture_is_read(suffix: str, mode: str, tmp_path: Path) -> None:
    assert shares(save(tmp_path / f"it.{suffix}", 0, 255, mode=mode), 2) == pytest.approx([0, 1], abs=0.01)


@pytest.mark.parametrize("kind", [np.uint16, np.int32, np.float32])
def test_pictures_with_more_than_256_tones_keep_them(kind: type, tmp_path: Path) -> None:
    path = tmp_path / "it.tiff"
    Image.fromarray(np.repeat(np.array([0, 1000, 4000]), 30)[None].repeat(60, axis=0).astype(kind)).save(path)
    assert shares(path, 3) == pytest.approx([0, 0.2, 0.8], abs=0.02)


def test_a_picture_of_one_pixel_is_filled(tmp_path: Path) -> None:
    Image.new("RGB", (1, 1), "white").save(tmp_path / "it.png")
    pose = make_pose("image", 400, source=tmp_path / "it.png", size=2.0)
    assert len(np.unique(pose.position, axis=0)) == 400
    assert np.abs(pose.position).max() <= 1


def test_a_large_picture_gives_the_points_of_a_small_one(tmp_path: Path) -> None:
    save(tmp_path / "small.png", 0, 102, 204, 255)
    with Image.open(tmp_path / "small.png") as small:
        small.resize((6000, 6000), Image.Resampling.NEAREST).save(tmp_path / "large.png")
    few, many = (shares(tmp_path / f"{name}.png", 4) for name in ("small", "large"))
    assert few == pytest.approx(many, abs=0.02)


@pytest.mark.parametrize(
    ("tone", "alpha", "ink", "sentence"),
    [(0, 255, "bright", "transparent or black"), (255, 0, "bright", "transparent"), (255, 255, "dark", "or white")],
)
def test_a_picture_that_shows_nothing_is_refused(
    tone: int, alpha: int, ink: str, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(ra.RevanimError, match=sentence):
        make_pose("image", 5, source=save(tmp_path / "it.png", tone, alpha=alpha), ink=ink)


def test_a_picture_of_more_pixels_than_memory_allows_is_refused(tmp_path: Path) -> None:
    Image.new("1", (16000, 16000), 1).save(tmp_path / "it.png")  # a few kB that unfold to 768 MB
    with pytest.raises(ra.RevanimError, match="pixels"):
        make_pose("image", 5, source=tmp_path / "it.png")


def test_a_picture_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "it.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (99, 99, 3), np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(ra.RevanimError, match="damaged"):
        make_pose("image", 5, source=path)


def test_a_drawing_that_only_another_program_could_paint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "it.png"
    path.write_text("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n")
    with pytest.raises(ra.RevanimError, match="not a picture"):
        make_pose("image", 5, source=path)


CASES = Path(__file__).parents[1] / "cases" / "images"


def test_a_dark_picture_of_16_bits_stays_dark() -> None:
    pose = make_pose("image", 300, source=CASES / "dark16.png")
    assert pose.color is not None
    assert set(pose.color.ravel().tolist()) == {2, 8}


def test_a_hot_pixel_does_not_take_all_points() -> None:
    place = make_pose("image", 400, source=CASES / "float_hot.tif").position
    assert np.ptp(place, axis=0)[:2].min() > 3.5
    assert len(np.unique(place, axis=0)) > 390


@pytest.mark.parametrize("kind", [np.uint16, np.int32, np.float32])
@pytest.mark.parametrize("hot", [1, 3])
def test_few_pixels_that_glare_count_as_white(kind: type, hot: int, tmp_path: Path) -> None:
    pixels = np.repeat(np.array([10, 20, 40]), 30)[None].repeat(60, axis=0).astype(kind)
    pixels[5, :hot] = 60000
    Image.fromarray(pixels).save(tmp_path / "it.tiff")
    assert shares(tmp_path / "it.tiff", 3) == pytest.approx([1 / 7, 2 / 7, 4 / 7], abs=0.02)


@pytest.mark.parametrize("kind", [np.uint16, np.float32])
def test_a_large_picture_is_made_small_strip_by_strip(kind: type, tmp_path: Path) -> None:
    pixels = np.zeros((3001, 1500), kind)
    pixels[2000:] = 1000
    Image.fromarray(pixels).save(tmp_path / "it.tiff")
    parts: list[float] = []
    place = make_pose("image", 200, source=tmp_path / "it.tiff", passed=parts.append).position
    assert place[:, 1].max() == pytest.approx(-2 + 4 * 1001 / 3001, abs=0.05)
    assert len([part for part in parts if part < 0.2]) > 3


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, -5.0])
def test_numbers_that_are_no_tone_attract_nothing_more(value: float, tmp_path: Path) -> None:
    pixels = np.ones((40, 40), np.float32)
    pixels[20, 20] = value
    Image.fromarray(pixels).save(tmp_path / "it.tiff")
    assert shares(tmp_path / "it.tiff", 2) == pytest.approx([0.5, 0.5], abs=0.02)


def test_a_format_that_is_read_whole_may_have_fewer_pixels(tmp_path: Path) -> None:
    Image.new("RGB", (8000, 5100)).save(tmp_path / "it.webp", quality=0, method=0)
    with pytest.raises(ra.RevanimError, match="more than 40000000 pixels"):
        make_pose("image", 5, source=tmp_path / "it.webp")
