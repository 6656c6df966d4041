"""Pictures (ISO 32000-1, 8.9): palettes, photographs, masks by colour, CMYK that came so."""

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageCms, ImageFilter

from chapbook.prepress.colour.functions import UnconvertibleError, numbers
from chapbook.prepress.colour.press import DigitalPress, FourInks, Press
from chapbook.prepress.colour.separation import Colour, screen_colours
from chapbook.prepress.colour.spaces import Family, Space, device, device_name, read_space
from chapbook.prepress.colour.tones import heaviest, neutral_picture

_GRID = 33
_QUALITY = 95
_BROKEN = (OSError, ValueError, ImageCms.PyCMSError, Image.DecompressionBombError, pikepdf.PdfError)
_MODES = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
_BY_COUNT = {1: "L", 3: "RGB", 4: "CMYK"}
_DEPTHS = {1: ("1", "1"), 2: ("L", "L;2"), 4: ("L", "L;4"), 8: ("L", "L"), 16: ("L", "L;16B")}


def convert_picture(
    stream: pikepdf.Stream, press: Press, file: pikepdf.Pdf, resources: pikepdf.Object | None
) -> None:
    """Put a picture into ink, in place. Its shape and its soft mask stay as they are.

    Raises `UnconvertibleError` for one that cannot be read.
    """
    if stream.get("/ImageMask", False):
        return
    try:
        space = _space(stream, resources)
        if space.family is Family.INDEXED:
            _convert_palette(stream, space, press, file)
        elif space.family is Family.DEVICE and space.count == 1:
            stream.ColorSpace = Name.DeviceGray
        elif _is_kept(stream, space, press):
            stream.ColorSpace = Name("/" + device_name(space.count))
        else:
            _convert_dots(stream, space, press, file)
    except UnconvertibleError:
        raise
    except _BROKEN as broken:
        raise UnconvertibleError("a picture that cannot be read") from broken


def _space(stream: pikepdf.Stream, resources: pikepdf.Object | None) -> Space:
    if "/ColorSpace" in stream:
        return read_space(stream.ColorSpace, resources)
    with Image.open(io.BytesIO(stream.read_raw_bytes())) as image:  # JPEG 2000 says it itself
        return device({"L": 1, "LA": 1, "CMYK": 4}.get(image.mode, 3))


def _is_kept(stream: pikepdf.Stream, space: Space, press: Press) -> bool:
    """Tell whether a picture is in the inks of the press already."""
    if space.family is not Family.DEVICE:
        return False
    if space.count == 3:
        return isinstance(press, DigitalPress)
    if not isinstance(press, FourInks):
        return False
    if heaviest(_dots(stream, space)) > press.limit + 0.02:
        press.heavy[press.page] = None
    return True


def _convert_palette(stream: pikepdf.Stream, space: Space, press: Press, file: pikepdf.Pdf) -> None:
    """Change a palette's colours; its dots stay."""
    inks = _inks(space.palette, press)
    base = Name("/" + device_name(len(inks[0])))
    table = bytes(round(255 * value) for ink in inks for value in ink)
    stream.ColorSpace = Array(
        [
            Name.Indexed,
            base,
            len(inks) - 1,
            file.make_stream(table) if len(table) > 32 else pikepdf.String(table),
        ]
    )


def _inks(colours: tuple[Colour, ...], press: Press) -> list[Colour]:
    """Mix the colours of a flat picture, all in one space: gray where all are."""
    inks = [press.mix(colour) for colour in colours]
    if {len(ink) for ink in inks} == {4} and not any(any(ink[:3]) for ink in inks):
        return [(1 - ink[3],) for ink in inks]
    if len({len(ink) for ink in inks}) > 1:
        return [ink * 3 if len(ink) == 1 else ink for ink in inks]
    return inks


def _convert_dots(stream: pikepdf.Stream, space: Space, press: Press, file: pikepdf.Pdf) -> None:
    image = _dots(stream, space)
    if isinstance(stream.get("/Mask"), pikepdf.Array):
        stream.Mask = _mask(stream, image, file)
    if "/SMask" in stream and "/Matte" in stream.SMask:
        matte = press.mix(space.colour(numbers(stream.SMask.Matte)))
        stream.SMask.Matte = Array([round(value, 4) for value in matte])
    image = _on_screen(image, space)
    is_photograph = "/DCTDecode" in _filters(stream)
    if not is_photograph and image.mode == "RGB" and _store_flat(stream, image, press, file):
        return
    _store(stream, press.picture(image), is_photograph)


def _filters(stream: pikepdf.Stream) -> list[str]:
    filters: pikepdf.Object | list[str] = stream.get("/Filter", [])
    return [str(filters)] if isinstance(filters, Name) else [str(one) for one in filters]


def _dots(stream: pikepdf.Stream, space: Space) -> Image.Image:
    """Read the values of a picture, before `Decode`, as RGB or CMYK; 16 bits become 8."""
    size = int(stream.Width), int(stream.Height)
    filters = _filters(stream)
    if filters[-1:] in (["/DCTDecode"], ["/JPXDecode"]):
        return _decoded(_photograph(stream, space), stream)
    depth = _DEPTHS.get(int(stream.get("/BitsPerComponent", 8)))
    if depth is None:
        raise UnconvertibleError("a picture of an unusual depth")
    wide = size[0] * space.count, size[1]  # every value a dot, whatever its depth
    values = Image.frombytes(depth[0], wide, stream.read_bytes(), "raw", depth[1]).convert("L")
    return _decoded(Image.frombytes(_BY_COUNT[space.count], size, values.tobytes()), stream)


def _photograph(stream: pikepdf.Stream, space: Space) -> Image.Image:
    packed = stream.read_raw_bytes()
    if len(_filters(stream)) > 1:
        packed = stream.read_bytes(pikepdf.StreamDecodeLevel.generalized)
    image: Image.Image = Image.open(io.BytesIO(packed))
    mode = _BY_COUNT[space.count]
    # Pillow turns the values of Adobe's CMYK over; in a PDF that is for `Decode` to say.
    is_turned = image.mode == "CMYK" and "adobe" in image.info
    image = image if image.mode == mode else image.convert(mode)
    return ImageChops.invert(image) if is_turned else image


def _decoded(image: Image.Image, stream: pikepdf.Stream) -> Image.Image:
    ranges = numbers(stream.get("/Decode", []))
    pairs = tuple(zip(ranges[::2], ranges[1::2], strict=True))
    if len(pairs) != len(image.getbands()) or all(pair == (0, 1) for pair in pairs):
        return image
    if any(max(map(abs, pair)) > 1 for pair in pairs):
        return image  # of Lab, whose usual ranges these are
    table = [
        round(255 * min(max(low + (high - low) * step / 255, 0), 1))
        for low, high in pairs
        for step in range(256)
    ]
    return image.point(table)


def _mask(stream: pikepdf.Stream, image: Image.Image, file: pikepdf.Pdf) -> pikepdf.Stream:
    """Make a stencil of what a mask by colour hides (ISO 32000-1, 8.9.6.4)."""
    ranges = numbers(stream.Mask)
    most = (1 << int(stream.get("/BitsPerComponent", 8))) - 1
    hidden = Image.new("L", image.size, 255)
    for band, low, high in zip(image.split(), ranges[::2], ranges[1::2], strict=True):
        lowest, highest = 255 * low / most, 255 * high / most
        inside = band.point([255 * (lowest - 0.5 <= step <= highest + 0.5) for step in range(256)])
        hidden = ImageChops.multiply(hidden, inside)
    stencil = file.make_stream(
        zlib.compress(hidden.convert("1", dither=Image.Dither.NONE).tobytes())
    )
    stencil.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=image.width,
        Height=image.height,
        ImageMask=True,
        BitsPerComponent=1,
        Filter=Name.FlateDecode,
    )
    return stencil


def _on_screen(image: Image.Image, space: Space) -> Image.Image:
    """Give a picture in sRGB or CMYK, whatever its space."""
    if space.family is Family.DEVICE:
        return image
    if space.family is Family.MEASURED and space.count == 3:
        if space.profile:
            return screen_colours(image, space.profile)
        ranges = space.ranges or (0.0, 1.0) * 3
        spans = tuple(
            (low, high - low) for low, high in zip(ranges[::2], ranges[1::2], strict=True)
        )

        def colour(*shares: float) -> Colour:
            return space.colour(
                tuple(low + span * share for (low, span), share in zip(spans, shares, strict=True))
            )

        return image.filter(ImageFilter.Color3DLUT.generate(_GRID, colour))
    if space.family is Family.INK and space.count == 1:
        return _tinted(image, space)
    raise UnconvertibleError("a picture in an unusual colour space")


def _tinted(image: Image.Image, space: Space) -> Image.Image:
    colours = [space.colour((step / 255,)) for step in range(256)]
    bands = [
        image.point([round(255 * colour[band]) for colour in colours])
        for band in range(len(colours[0]))
    ]
    if len(bands) == 1:
        bands *= 3
    return Image.merge("RGB" if len(bands) == 3 else "CMYK", bands)


def _store_flat(
    stream: pikepdf.Stream, image: Image.Image, press: Press, file: pikepdf.Pdf
) -> bool:
    """Keep a drawing of few colours as a palette: its grays then are of black alone."""
    if image.getcolors(256) is None or neutral_picture(image):
        return False
    flat = image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    if flat.convert("RGB").tobytes() != image.tobytes():
        return False
    steps = flat.getpalette() or []
    palette = tuple(
        tuple(value / 255 for value in steps[at : at + 3]) for at in range(0, len(steps), 3)
    )
    _write(stream, flat.tobytes())
    _convert_palette(stream, Space(Family.INDEXED, 1, palette=palette), press, file)
    return True


def _store(stream: pikepdf.Stream, image: Image.Image, is_photograph: bool) -> None:
    if not is_photograph:
        _write(stream, image.tobytes())
    else:
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
        stream.write(packed.getvalue(), filter=Name.DCTDecode)
        _tidy(stream)
        if image.mode == "CMYK":
            stream.Decode = Array([1, 0] * 4)  # as Pillow writes it
    stream.ColorSpace = _MODES[image.mode]


def _write(stream: pikepdf.Stream, dots: bytes) -> None:
    stream.write(zlib.compress(dots, 6), filter=Name.FlateDecode)
    _tidy(stream)


def _tidy(stream: pikepdf.Stream) -> None:
    stream.BitsPerComponent = 8
    for key in ("/Decode", "/DecodeParms", "/Intent"):
        if key in stream:
            del stream[key]
