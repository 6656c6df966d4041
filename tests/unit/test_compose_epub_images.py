"""Images for screens: within the limits, upright, in sRGB, and the same each time."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from chapbook.cache import Cache
from chapbook.compose.epub_images import JPEG, PNG, WEBP, ScreenImage, Wish, fit, screen_images
from chapbook.model import Asset
from chapbook.print_shop import Cover
from chapbook.settings import BookSettings, Epub

WISH = Wish(400, 60_000)


def noise(size: tuple[int, int]) -> Image.Image:
    """Make what compresses badly, as a photograph."""
    return Image.effect_noise(size, 60).convert("RGB")


def drawing(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, size, (255, 255, 255, 0) if mode == "RGBA" else (255, 255, 255))
    ImageDraw.Draw(image).ellipse((10, 10, size[0] - 10, size[1] - 10), outline=(0, 60, 120))
    return image


def save(folder: Path, image: Image.Image, name: str, **options: object) -> Path:
    image.save(folder / name, **options)  # type: ignore[arg-type]
    return folder / name


def opened(made: ScreenImage) -> Image.Image:
    assert made.content is not None
    return Image.open(BytesIO(made.content))


def test_what_is_within_the_limits_stays_as_it_is(tmp_path: Path) -> None:
    file = save(tmp_path, drawing((300, 200)), "a.png")
    assert fit(file, WISH) == ScreenImage(PNG)


def test_a_photograph_keeps_its_proportions_within_the_limits(tmp_path: Path) -> None:
    file = save(tmp_path, noise((1200, 900)), "a.jpg", quality=95)
    made = fit(file, WISH)
    assert made.media_type == JPEG
    assert opened(made).size == (400, 300)
    assert len(made.content or b"") <= WISH.size
    assert fit(file, WISH) == made


def test_a_photograph_kept_as_png_becomes_a_jpeg(tmp_path: Path) -> None:
    made = fit(save(tmp_path, noise((600, 600)), "a.png"), WISH)
    assert made.media_type == JPEG
    assert opened(made).format == "JPEG"


def test_a_drawing_stays_sharp(tmp_path: Path) -> None:
    made = fit(save(tmp_path, drawing((900, 600)), "a.png"), WISH)
    assert made.media_type == PNG
    assert opened(made).size == (400, 267)


def test_what_can_be_seen_through_stays_so_but_for_shops(tmp_path: Path) -> None:
    file = save(tmp_path, drawing((900, 600), "RGBA"), "a.png")
    assert opened(fit(file, WISH)).mode == "RGBA"
    plain = opened(fit(file, replace(WISH, is_plain=True)))
    assert plain.mode == "RGB"
    assert plain.getpixel((0, 0)) == (255, 255, 255)


def test_a_photograph_is_turned_and_says_nothing_of_its_maker(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8298] = "Somebody"
    made = fit(save(tmp_path, noise((900, 600)), "a.jpg", exif=exif), WISH)
    assert opened(made).size == (267, 400)
    assert not opened(made).getexif()
    assert b"Somebody" not in (made.content or b"")


def test_the_colours_of_print_become_those_of_the_screen(tmp_path: Path) -> None:
    made = fit(save(tmp_path, Image.new("CMYK", (50, 50), (0, 255, 255, 0)), "a.jpg"), WISH)
    red, green, blue = opened(made).getpixel((25, 25))  # type: ignore[misc]
    assert red > 200
    assert max(green, blue) < 60


def test_what_moves_stays_as_it_is(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (500, 500), colour) for colour in ("red", "blue")]
    file = save(tmp_path, frames[0], "a.gif", save_all=True, append_images=frames[1:])
    assert fit(file, WISH) == ScreenImage("image/gif")


def test_webp_becomes_what_shops_know(tmp_path: Path) -> None:
    file = save(tmp_path, drawing((300, 200)), "a.webp", lossless=True)
    assert fit(file, WISH) == ScreenImage(WEBP)
    assert fit(file, replace(WISH, is_plain=True)).media_type == PNG


def test_a_limit_of_nothing_is_none(tmp_path: Path) -> None:
    file = save(tmp_path, noise((900, 600)), "a.jpg", quality=95)
    assert fit(file, Wish(0, 0)) == ScreenImage(JPEG)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16"])
def test_every_kind_of_pixel_is_taken(tmp_path: Path, mode: str) -> None:
    file = save(tmp_path, Image.new(mode, (900, 600)), "a.png")
    made = fit(file, WISH)
    assert made.content is None or max(opened(made).size) == 400


def asset(file: Path, media_type: str) -> Asset:
    return Asset(file.name, file, media_type, "", file.stat().st_size)


def test_a_cover_may_be_larger_and_drawings_stay(tmp_path: Path) -> None:
    photograph = save(tmp_path, noise((900, 600)), "a.jpg", quality=95)
    drawn = tmp_path / "b.svg"
    drawn.write_text("<svg/>")
    assets = {"a.jpg": asset(photograph, JPEG), "b.svg": asset(drawn, "image/svg+xml")}
    epub = Epub(image_side=400)
    made = screen_images(assets, BookSettings("T", epub=epub))
    assert opened(made["a.jpg"]).size == (400, 267)
    assert made["b.svg"] == ScreenImage("image/svg+xml")
    as_cover = BookSettings("T", epub=epub, cover=Cover("a.jpg"))
    assert screen_images(assets, as_cover)["a.jpg"].content is None


def test_what_was_made_is_remembered(tmp_path: Path) -> None:
    file = save(tmp_path, noise((900, 600)), "a.jpg", quality=95)
    assets = {"a.jpg": replace(asset(file, JPEG), sha256="1")}
    book = BookSettings("T", epub=Epub(image_side=400))
    cache = Cache(tmp_path / "cache")
    first = screen_images(assets, book, cache)
    assert cache.made == {"screen": 1}
    file.unlink()
    assert screen_images(assets, book, Cache(tmp_path / "cache")) == first
    other = replace(book, epub=Epub(image_side=300))
    assert screen_images(assets, other, cache)["a.jpg"] == ScreenImage(JPEG)
    assert cache.made == {"screen": 1}
