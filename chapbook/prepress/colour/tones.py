"""Arithmetic on whole pictures: whether they are gray, how light, how much ink they lay."""

from functools import cache
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageMath

from chapbook.prepress.colour.separation import encoded

_NEUTRAL = 3  # steps of 255: JPEG leaves as much colour in a gray picture


def neutral_picture(image: Image.Image) -> Image.Image | None:
    """Give the gray picture that an RGB one is, None where it has colour."""
    red, green, blue = image.split()
    for other in (red, blue):
        highest = ImageChops.difference(green, other).getextrema()[1]
        if not isinstance(highest, int | float) or highest > _NEUTRAL:
            return None
    return green


@cache
def _to_lab() -> ImageCms.ImageCmsTransform:
    screen, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    return ImageCms.buildTransform(screen, lab, "RGB", "LAB", ImageCms.Intent.RELATIVE_COLORIMETRIC)


@cache
def _gray_of_lightness() -> list[int]:
    grays = []
    for step in range(256):
        root = (step / 2.55 + 16) / 116
        light = root**3 if root > 6 / 29 else 3 * (6 / 29) ** 2 * (root - 4 / 29)
        grays.append(round(255 * encoded(light)))
    return grays


def lightness(image: Image.Image) -> Image.Image:
    """Turn an RGB picture gray so that every dot is as light as it was (CIE L*)."""
    lab = ImageCms.applyTransform(image, _to_lab()) or image
    return lab.getchannel(0).point(_gray_of_lightness())


def heaviest(image: Image.Image) -> float:
    """Give the most ink that a CMYK picture lays on one dot, 1 for a solid of one ink."""
    cyan, magenta, yellow, black = image.split()
    pairs = ImageChops.add(cyan, magenta, 2), ImageChops.add(yellow, black, 2)
    highest = ImageChops.add(*pairs, 2).getextrema()[1]
    return 4 * highest / 255 if isinstance(highest, int | float) else 0.0


def limited(image: Image.Image, limit: float) -> Image.Image:
    """Take from the colours of a CMYK picture, dot by dot, what lies above the limit."""
    cyan, magenta, yellow, black = image.split()

    def share(inks: dict[str, Any]) -> Any:
        colours = inks["float"](inks["c"]) + inks["m"] + inks["y"] + 0.001
        return inks["min"]((limit * 255 - inks["float"](inks["k"])) / colours, 1.0)

    shares = ImageMath.lambda_eval(share, c=cyan, m=magenta, y=yellow, k=black)

    def part(inks: dict[str, Any]) -> Any:
        return inks["convert"](inks["ink"] * inks["share"], "L")

    colours = [ImageMath.lambda_eval(part, ink=ink, share=shares) for ink in image.split()[:3]]
    return Image.merge("CMYK", (*colours, black))
