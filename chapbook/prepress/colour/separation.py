"""Colour management: sRGB to the inks of a profile and back, by LittleCMS.

Relative colorimetric with black point compensation (ISO 32000-1, 8.6.5.8): paper stays paper.
"""

import io
from functools import cache, cached_property

from PIL import Image, ImageCms

Colour = tuple[float, ...]  # one value: gray, 0 black; three: sRGB; four: inks. All from 0 to 1.

_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION
_LUMINANCE = (0.2225045, 0.7168786, 0.0606169)  # of the primaries of sRGB under D50
_STEPS = 9


def linear(value: float) -> float:
    """Give the light of a value of sRGB (IEC 61966-2-1), both from 0 to 1."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def encoded(light: float) -> float:
    """Give the value of sRGB that has this light."""
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def gray_of(rgb: Colour) -> float:
    """Give the gray that is as light as a colour of sRGB."""
    if rgb[0] == rgb[1] == rgb[2]:
        return rgb[0]
    return encoded(sum(share * linear(value) for share, value in zip(_LUMINANCE, rgb, strict=True)))


def _bytes(colour: Colour) -> tuple[int, ...]:
    return tuple(round(255 * min(max(value, 0.0), 1.0)) for value in colour)


class _Profile(ImageCms.ImageCmsProfile):
    """A profile that remembers its bytes: Pillow asks for them with every picture, slowly."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))
        self._content = content

    def tobytes(self) -> bytes:
        return self._content


@cache
def _screen() -> _Profile:
    return _Profile(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())


class Separation:
    """The transforms of one output profile, which are made when first asked for."""

    def __init__(self, profile: bytes) -> None:
        """Keep the profile: ICC, four inks."""
        self._profile = profile

    @cached_property
    def _inks(self) -> _Profile:
        return _Profile(self._profile)

    @cached_property
    def _there(self) -> ImageCms.ImageCmsTransform:
        return ImageCms.buildTransform(_screen(), self._inks, "RGB", "CMYK", _INTENT, _FLAGS)

    @cached_property
    def _back(self) -> ImageCms.ImageCmsTransform:
        return ImageCms.buildTransform(self._inks, _screen(), "CMYK", "RGB", _INTENT, _FLAGS)

    def separate(self, image: Image.Image) -> Image.Image:
        """Turn an image of mode RGB into one of mode CMYK."""
        return ImageCms.applyTransform(image, self._there) or image

    def proof(self, image: Image.Image) -> Image.Image:
        """Turn an image of mode CMYK into one of mode RGB, as it would look."""
        return ImageCms.applyTransform(image, self._back) or image

    def inks_of(self, rgb: Colour) -> Colour:
        """Give the four inks of a colour of sRGB."""
        return self._one("RGB", rgb, self._there)

    def look_of(self, inks: Colour) -> Colour:
        """Give the colour of sRGB that four inks make."""
        return self._one("CMYK", inks, self._back)

    def _one(self, mode: str, colour: Colour, transform: ImageCms.ImageCmsTransform) -> Colour:
        dot = ImageCms.applyTransform(Image.new(mode, (1, 1), _bytes(colour)), transform)
        return tuple(value / 255 for value in (dot or Image.new(mode, (1, 1))).tobytes())

    @cached_property
    def ink_limit(self) -> float:
        """The most ink, in per cent, that the profile itself lays, rounded up to 5."""
        steps = [round(255 * step / (_STEPS - 1)) for step in range(_STEPS)]
        dots = bytes(value for r in steps for g in steps for b in steps for value in (r, g, b))
        cube = self.separate(Image.frombytes("RGB", (_STEPS, _STEPS * _STEPS), dots)).tobytes()
        most = max(sum(cube[at : at + 4]) for at in range(0, len(cube), 4)) / 2.55
        return -(-(most - 1) // 5) * 5


def screen_colours(image: Image.Image, profile: bytes) -> Image.Image:
    """Turn an image of mode RGB, whose colours are those of an ICC profile, into sRGB.

    Raises `PIL.ImageCms.PyCMSError` where the profile is broken.
    """
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    turned = ImageCms.profileToProfile(image, source, _screen(), _INTENT, "RGB", flags=_FLAGS)
    return turned or image
