"""Make the images of a book fit for screens: no more pixels and bytes than are of use there.

What is within the limits stays as the author gave it, and so do drawings (SVG) and what moves.
What is written anew carries no traces of the camera, of the place or of the hand it came from.
"""

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from chapbook.cache import Cache, code_digest, digest, installed_version
from chapbook.model import Asset
from chapbook.settings import BookSettings

JPEG, PNG, SVG, WEBP = "image/jpeg", "image/png", "image/svg+xml", "image/webp"
COVER_SIDE, COVER_BYTES = 2560, 3_000_000  # what shops ask of a cover, and what they advise against
QUALITIES = (85, 78, 70, 60)
SHRINKING = 0.8  # of each side, where no quality is enough
LEAST_SIDE = 480
MOST_INKS = 256  # of a drawing that is kept as PNG
AT_ONCE = 2  # images in memory: one may have a hundred million pixels


@dataclass(frozen=True, slots=True)
class Wish:
    """What an image is to be; a limit of 0 is none. `is_plain`: no WebP, nothing
    to be seen through."""

    side: int
    size: int
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class ScreenImage:
    """An image as the e-book holds it; `content` is None where the author's file is taken."""

    media_type: str
    content: bytes | None = field(default=None, repr=False)


def screen_images(
    assets: Mapping[str, Asset], settings: BookSettings, cache: Cache | None = None
) -> Mapping[str, ScreenImage]:
    """Give each image by its path in the book; what was made before is taken from `cache`.

    An image that cannot be read after all stays as it is.
    """
    epub = settings.epub
    plain = bool(epub.stores)
    inner = Wish(epub.image_side, epub.image_bytes, plain)
    cover = Wish(max(epub.image_side, COVER_SIDE), max(epub.image_bytes, COVER_BYTES), plain)
    wishes = {
        path: cover if path == settings.cover.image else inner
        for path, asset in sorted(assets.items())
        if asset.media_type != SVG and (epub.image_side or epub.image_bytes or plain)
    }
    made = dict(_made(assets, wishes, cache or Cache(None)))
    return {path: made.get(path, ScreenImage(a.media_type)) for path, a in sorted(assets.items())}


def _made(
    assets: Mapping[str, Asset], wishes: Mapping[str, Wish], cache: Cache
) -> Iterator[tuple[str, ScreenImage]]:
    by_key = {path: _key(assets[path], wish) for path, wish in wishes.items()}
    known = {key: cache.get("screen", key) for key in by_key.values()}
    new = {key: path for path, key in by_key.items() if known[key] is None}
    if new:
        tasks = [partial(_fit, assets[path].file, wishes[path]) for path in new.values()]
        for key, image in zip(new, _at_once(tasks), strict=True):
            if image is not None:
                cache.put("screen", key, image)
                known[key] = image
    for path, key in by_key.items():
        if known[key] is not None:
            yield path, known[key]


def _key(asset: Asset, wish: Wish) -> str:
    return digest(
        asset.sha256 or str(asset.file),
        asset.media_type,
        wish,
        code_digest(),
        installed_version("pillow"),
    )


def _at_once(tasks: "Iterable[partial[ScreenImage | None]]") -> Iterator[ScreenImage | None]:
    """Run the tasks in threads: Pillow is out of the interpreter while it works."""
    with warnings.catch_warnings():
        # How many pixels an image may have, `read` has checked.
        warnings.simplefilter("ignore")
        with ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1)) as pool:
            yield from pool.map(lambda task: task(), tasks)


def _fit(file: Path, wish: Wish) -> ScreenImage | None:
    """Make one image; None where its file is no longer what was read: `package` tells of it."""
    try:
        return fit(file, wish)
    except OSError:
        return None


def fit(file: Path, wish: Wish) -> ScreenImage:
    """Make one image as it is wished; the same file and wish, the same bytes."""
    content = file.read_bytes()
    with Image.open(BytesIO(content)) as image:
        given = Image.MIME.get(image.format or "", JPEG)
        given = JPEG if image.format == "MPO" else given
        if not _is_wanting(image, given, len(content), wish):
            return ScreenImage(given)
        try:
            return _anew(image, given, len(content), wish)
        except (OSError, ValueError, SyntaxError):
            return ScreenImage(given)


def _is_wanting(image: Image.Image, given: str, size: int, wish: Wish) -> bool:
    """Whether an image must be written anew."""
    if getattr(image, "is_animated", False) and image.format != "MPO":
        return False
    is_large = bool(wish.side) and max(image.size) > wish.side
    is_heavy = bool(wish.size) and size > wish.size
    return is_large or is_heavy or _is_odd(image, given, wish)


def _is_odd(image: Image.Image, given: str, wish: Wish) -> bool:
    """Whether an image is not as every reader shows it."""
    return image.mode == "CMYK" or (wish.is_plain and (given == WEBP or _is_clear(image)))


def _is_clear(image: Image.Image) -> bool:
    return "A" in image.getbands() or "transparency" in image.info


def _anew(image: Image.Image, given: str, size: int, wish: Wish) -> ScreenImage:
    is_large = bool(wish.side) and max(image.size) > wish.side
    inks = _count(image) if given != JPEG else None
    if given == JPEG and is_large:
        image.draft("RGB", _within(image.size, wish.side))
    drawn = _upright(image)
    if wish.is_plain and "A" in drawn.getbands():
        ground = Image.new("RGBA", drawn.size, "white")
        drawn = Image.alpha_composite(ground, drawn).convert("RGB")
    if is_large:
        drawn = drawn.resize(_within(drawn.size, wish.side), Image.Resampling.LANCZOS)
    media_type, content = _lightest(drawn, given, wish, inks is not None)
    if not is_large and not _is_odd(image, given, wish) and len(content) >= size:
        return ScreenImage(given)
    return ScreenImage(media_type, content)


def _count(image: Image.Image) -> int | None:
    """Count the colours of a drawing; None where it has more, as a photograph."""
    if image.mode in ("1", "L", "P"):
        return MOST_INKS
    found = image.getcolors(MOST_INKS)
    return None if found is None else len(found)


def _within(size: tuple[int, int], side: int) -> tuple[int, int]:
    scale = side / max(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _upright(image: Image.Image) -> Image.Image:
    """Give the pixels in sRGB as they are meant to be seen: turned, without a palette."""
    if image.mode != "CMYK":
        turned = ImageOps.exif_transpose(image)
        profile = image.info.get("icc_profile")
        if turned.mode in ("RGB", "L") and not profile:
            return turned
        has_alpha = _is_clear(turned) or _is_clear(image)
        plain = turned.convert("RGBA" if has_alpha else "RGB")
        if has_alpha and plain.getchannel("A").getextrema() == (255, 255):
            plain, has_alpha = plain.convert("RGB"), False
        return _in_srgb(plain, profile) if profile and not has_alpha else plain
    return _in_srgb(ImageOps.exif_transpose(image), image.info.get("icc_profile"))


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            made = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            made = None
        if made is not None:
            return made
    return image.convert("RGB")


def _lightest(image: Image.Image, given: str, wish: Wish, is_drawn: bool) -> tuple[str, bytes]:
    """Write an image within the limit; of what never is, the smallest."""
    while True:
        for media_type, content in _ways(image, given, wish, is_drawn):
            if not wish.size or len(content) <= wish.size:
                return media_type, content
        if max(image.size) * SHRINKING < LEAST_SIDE:
            return media_type, content
        size = _within(image.size, round(max(image.size) * SHRINKING))
        image = image.resize(size, Image.Resampling.LANCZOS)


def _ways(
    image: Image.Image, given: str, wish: Wish, is_drawn: bool
) -> Iterator[tuple[str, bytes]]:
    """Write an image in one way after the other, the best first."""
    has_alpha = "A" in image.getbands()
    if given == WEBP and not wish.is_plain:
        yield from ((WEBP, _written(image, "WEBP", quality=q, method=4)) for q in QUALITIES)
    elif given == JPEG or (given == WEBP and not has_alpha and not is_drawn):
        yield from ((JPEG, _jpeg(image, quality)) for quality in QUALITIES)
    else:
        yield PNG, _written(image, "PNG")
        if is_drawn or has_alpha:
            yield PNG, _written(_few_inks(image, has_alpha), "PNG", optimize=True)
        if not has_alpha:
            yield from ((JPEG, _jpeg(image, quality)) for quality in QUALITIES)


def _few_inks(image: Image.Image, has_alpha: bool) -> Image.Image:
    method = Image.Quantize.FASTOCTREE if has_alpha else Image.Quantize.MEDIANCUT
    return image.quantize(MOST_INKS, method, dither=Image.Dither.NONE)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    plain = image if image.mode in ("RGB", "L") else image.convert("RGB")
    return _written(plain, "JPEG", quality=quality, optimize=True, progressive=False)


def _written(image: Image.Image, form: str, **options: int) -> bytes:
    out = BytesIO()
    bare = image.copy()
    bare.info = {}
    bare.save(out, form, **options)
    return out.getvalue()
