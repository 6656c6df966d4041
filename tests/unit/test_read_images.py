"""The images of real folders: what they are, and which are refused."""

import base64
import hashlib
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from chapbook.cache import Cache
from chapbook.diagnostics import BookError, Code, Diagnostic, Severity
from chapbook.model import Asset
from chapbook.print_shop import Cover
from chapbook.read import images, read_manuscript
from chapbook.read.images import read_image
from chapbook.settings import BookSettings, Limits

XLINK = "http://www.w3.org/1999/xlink"


def raster(kind: str, size: tuple[int, int] = (3, 2), **options: object) -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind, **options)
    return stream.getvalue()


def svg(inside: str = "", attributes: str = "", before: str = "") -> bytes:
    root = f'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="{XLINK}" {attributes}'
    return f"{before}<svg {root}>\n{inside}\n</svg>".encode()


def chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def read(folder: Path, content: bytes, name: str = "a.png", limits: Limits | None = None) -> Asset:
    (folder / name).write_bytes(content)
    outcome = read_image(folder, name, name, limits or Limits(), Cache(None))
    assert outcome.diagnostics == ()
    return outcome.value


def refused(folder: Path, content: bytes, name: str = "a.svg") -> list[Diagnostic]:
    with pytest.raises(BookError) as raised:
        read(folder, content, name, Limits(image_pixels=1000, image_bytes=100_000))
    return list(raised.value.diagnostics)


# which images are read


def assets(folder: Path, text: str, settings: BookSettings | None = None) -> list[str]:
    (folder / "a.md").write_text(text, encoding="utf-8")
    outcome = read_manuscript(folder, settings or BookSettings("T"), Limits())
    assert outcome.diagnostics == ()
    return list(outcome.value.assets)


def test_only_named_images_are_read(tmp_path: Path) -> None:
    for name in ("used.png", "broken.png"):
        (tmp_path / name).write_bytes(raster("PNG") if name == "used.png" else b"?")
    (tmp_path / "cover.svg").write_bytes(svg())
    settings = BookSettings("T", cover=Cover("./cover.svg", "x"))
    assert assets(tmp_path, "![x](used.png)", settings) == ["cover.svg", "used.png"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("images/a b.png", "![x](images/a%20b.png)"),
        ("images/a b.png", "![x](<images/a b.png>)"),
        ("a&b.png", '<img src="a&amp;b.png">'),
        ("a_b.PNG", r"![x](a\_b.PNG)"),
        ("図.png", "![x](%E5%9B%B3.png)"),
        ("é.png", "![x](e\u0301.png)"),
        ("e\u0301.png", "![x](é.png)"),
        ("x.png.svg", "+++\nepigraph = 'x.png.svg'\n+++\n# A"),
    ],
)
def test_a_name_is_known_however_it_is_written(tmp_path: Path, name: str, written: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(raster("PNG"))
    assert len(assets(tmp_path, written)) == 1


def test_an_image_is_kept_under_its_composed_name(tmp_path: Path) -> None:
    (tmp_path / "e\u0301.png").write_bytes(raster("PNG"))
    assert assets(tmp_path, "![x](é.png)") == ["é.png"]


def test_an_image_outside_is_refused_at_its_path(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    (tmp_path / "out.png").write_bytes(raster("PNG"))
    (folder / "in.png").symlink_to(tmp_path / "out.png")
    (folder / "a.md").write_text("![x](in.png)")
    (finding,) = read_manuscript(folder, BookSettings("T"), Limits()).diagnostics
    assert (finding.code, str(finding.at)) == (Code.FILE_OUTSIDE_BOOK, "in.png")


# what an image is


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_an_image_is_what_it_holds_not_what_it_is_called(tmp_path: Path, kind: str) -> None:
    content = raster(kind)
    asset = read(tmp_path, content, "a.jpg")
    assert asset == Asset(
        path="a.jpg",
        file=tmp_path.resolve() / "a.jpg",
        media_type=f"image/{kind.lower()}",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        width=3,
        height=2,
    )


def test_a_photograph_that_lies_on_its_side_is_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    asset = read(tmp_path, raster("JPEG", exif=exif.tobytes()))
    assert (asset.width, asset.height) == (2, 3)


def test_what_pillow_warns_of_is_told(tmp_path: Path) -> None:
    stream = BytesIO()
    picture = Image.new("RGB", (3, 2))
    picture.save(stream, "MPO", save_all=True, append_images=[picture])
    damaged = (
        stream.getvalue()
        .replace(b"MPF\0MM\0*", b"MPF\0MM\0+")
        .replace(b"MPF\0II*\0", b"MPF\0II+\0")
    )
    (tmp_path / "a.jpg").write_bytes(damaged)
    outcome = read_image(tmp_path, "a.jpg", "a.jpg", Limits(), Cache(None))
    assert outcome.value.media_type == "image/jpeg"
    assert [found.severity for found in outcome.diagnostics] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="10" height="20px"', (10, 20)),
        ('width="72pt" height="1in"', (96, 96)),
        ('width="100%" height="100%" viewBox="0 0 30 40"', (30, 40)),
        ('height="20" viewBox="0,0,30,40"', (15, 20)),
        ("", (0, 0)),
    ],
)
def test_the_size_of_a_drawing(tmp_path: Path, attributes: str, size: tuple[int, int]) -> None:
    asset = read(tmp_path, svg(attributes=attributes))
    assert (asset.media_type, asset.width, asset.height) == ("image/svg+xml", *size)


def test_a_drawing_may_have_what_programs_write(tmp_path: Path) -> None:
    inside = f"""
      <style>@namespace url(http://www.w3.org/2000/svg); .a {{ fill: url(#g) }}</style>
      <linearGradient id="g"/> <path class="a" style="stroke: url('#g')" d="M0 0"/>
      <use xlink:href="#g"/> <a href="https://example.org/" id="l"><a href="#l"/></a>
      <image href="data:image/png;base64,{base64.b64encode(raster("PNG")).decode()}"/>
      <metadata><x xmlns="urn:x" src="">a script of onload</x></metadata>
    """
    doctype = (
        '<?xml version="1.0" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n'
        ' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    )
    assert read(tmp_path, svg(inside, before=doctype)).media_type == "image/svg+xml"


def test_a_drawing_may_be_utf_16(tmp_path: Path) -> None:
    content = svg("<title>図</title>").decode().encode("utf-16")
    assert read(tmp_path, content).media_type == "image/svg+xml"


# which images are refused


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF8",
        b"no image at all",
        raster("PNG")[:-20],
        raster("PNG").replace(b"IDAT", b"IDAX"),
        raster("JPEG")[:-2],
        raster("JPEG")[:30],
        raster("GIF")[:-8],
        raster("WEBP")[:-8],
        b"<html></html>",
        b"<svg></svg>",
        b"<svg",
        svg("<g>"),
        svg("&nbsp;", before='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">'),
        svg(before='<?xml version="1.0" encoding="x-none"?>'),
        svg('<image href="data:image/png;base64,AAAA"/>'),
    ],
)
def test_what_is_not_a_whole_image(
    tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The layout library asks Pillow to show what there is of a broken image.
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)
    (finding,) = refused(tmp_path, content)
    assert finding.code is Code.IMAGE_UNREADABLE
    assert finding.at is not None
    assert finding.at.path == "a.svg"


def huge_png(side: int) -> bytes:
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_a_huge_image_is_refused_by_its_header(tmp_path: Path) -> None:
    for side in (40, 12_000, 30_000):
        (finding,) = refused(tmp_path, huge_png(side))
        assert (finding.code, str(finding.at)) == (Code.IMAGE_TOO_LARGE, "a.svg")
    inner = base64.b64encode(huge_png(30_000)).decode()
    (finding,) = refused(tmp_path, svg(f'<image href="data:image/png;base64,{inner}"/>'))
    assert (finding.code, str(finding.at)) == (Code.IMAGE_TOO_LARGE, "a.svg:2:1")
    (finding,) = refused(tmp_path, b"<" + b" " * 100_000)
    assert finding.code is Code.FILE_TOO_LARGE


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<g onclick="x()"/>', '"onclick"'),
        ('<foreignObject width="1"/>', "<foreignObject>"),
        ('<b xmlns="http://www.w3.org/1999/xhtml"/>', "<b>"),
        ('<image href="other.png"/>', "other.png"),
        ('<image xlink:href="file:///etc/passwd"/>', "file:///etc/passwd"),
        ('<use href="https://example.org/a.svg#b"/>', "https://example.org/a.svg#b"),
        ('<a href="javascript:alert(1)"/>', "javascript:alert(1)"),
        ('<image href="data:image/svg+xml,&lt;svg/>"/>', "data:image/svg+xml"),
        ("<g style=\"fill: url('https://example.org/x')\"/>", "https://example.org/x"),
        ('<g fill="url( //example.org/x )"/>', "//example.org/x"),
        (r'<g style="fill: \75 rl(x.svg)"/>', "x.svg"),
        ("<style>@import 'x.css';</style>", "@import"),
        (r"<style>@\69mport 'x.css';</style>", "@import"),
        ("<style>a { b: u/**/rl(a) } c { d: url(x.woff) }</style>", "x.woff"),
        ("<style>a { b: image-set('x.png' 1x) }</style>", "image-set"),
        ('<g xml:base="https://example.org/"/>', "base"),
        ('<set attributeName="xlink:href" to="x"/>', "xlink:href"),
        ("<?xml-stylesheet href='x.css'?>", "style sheet"),
    ],
)
def test_what_a_drawing_may_not_have(tmp_path: Path, inside: str, named: str) -> None:
    finding = refused(tmp_path, svg(inside))[0]
    assert finding.code is Code.UNSAFE_SVG
    assert named in finding.message
    assert str(finding.at).startswith("a.svg:2:")


def test_each_refusal_has_its_line(tmp_path: Path) -> None:
    inside = "<script/>\n <script/>\n<g>\n  <g onload='x'\n onfocus='y'/></g>"
    assert [str(found.at) for found in refused(tmp_path, svg(inside))] == [
        "a.svg:2:1", "a.svg:3:2", "a.svg:5:3", "a.svg:5:3",
    ]  # fmt: skip
    assert len(refused(tmp_path, svg("<script/>" * 1000))) == 20


@pytest.mark.parametrize(
    "declaration",
    [
        '[<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]',
        '[<!ENTITY a SYSTEM "file:///etc/passwd">]',
        '[<!ENTITY % a SYSTEM "https://example.org/x"> %a;]',
        'SYSTEM "file:///etc/passwd"',
        'PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"',
    ],
)
def test_entities_and_strange_document_types_are_refused(tmp_path: Path, declaration: str) -> None:
    finding = refused(tmp_path, svg(before=f"<!DOCTYPE svg {declaration}>\n"))[0]
    assert finding.code is Code.UNSAFE_SVG
    assert str(finding.at).startswith("a.svg:1:")


def test_a_drawing_ends(tmp_path: Path) -> None:
    tens = "".join(
        f'<g id="g{level}">' + f'<use href="#g{level + 1}"/>' * 10 + "</g>" for level in range(9)
    )
    for endless in (tens, '<g id="a"><use href="#a"/></g>', "<g>" * 300 + "</g>" * 300):
        (finding,) = refused(tmp_path, svg(endless))
        assert finding.code is Code.UNSAFE_SVG
    circle = '<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g>'
    assert refused(tmp_path, svg(circle))[0].code is Code.UNSAFE_SVG


def test_an_image_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = Image.new("RGB", (3, 2))
    picture.save(tmp_path / "a.png")
    cache = Cache(None)
    first = read_image(tmp_path, "a.png", "a.png", Limits(), cache)
    with monkeypatch.context() as patch:
        patch.setattr(images, "_look_at", None)
        assert read_image(tmp_path, "a.png", "a.png", Limits(), cache) == first
    picture.resize((4, 2)).save(tmp_path / "a.png")
    assert read_image(tmp_path, "a.png", "a.png", Limits(), cache).value.width == 4
    with pytest.raises(BookError):
        read_image(tmp_path, "a.png", "a.png", Limits(image_pixels=2), cache)
