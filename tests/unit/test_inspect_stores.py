"""What Kindle and Kobo refuse is told, at the line that it comes from."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from chapbook.compose import compose_epub
from chapbook.diagnostics import Code, Diagnostic, Location
from chapbook.inspect import inspect_epub
from chapbook.inspect.ebook_pictures import Picture, look_at
from chapbook.inspect.ebook_styles import faults_of_style
from chapbook.model import Asset, Division, Kind, Passage
from chapbook.package import package_epub
from chapbook.print_shop import Cover
from chapbook.settings import BookSettings, Epub, Store
from tests.compose_books import HOUSE, MODIFIED, SETTINGS, book, chapter, english

BOTH = (Store.KINDLE, Store.KOBO)
STORES = replace(SETTINGS, epub=Epub(stores=BOTH))
AT = Location("one.md", 7, 3)


def told(
    folder: Path,
    *divisions: Division,
    settings: BookSettings = STORES,
    css: str = "",
    **assets: Asset,
) -> list[Diagnostic]:
    """Build an e-book and give what its stores refuse, but for the cover where it has none."""
    (folder / "css").mkdir(exist_ok=True)
    (folder / "css/book-epub.css").write_text(css, "utf-8")
    made = book(*divisions, settings=settings, assets={a.path: a for a in assets.values()})
    composed = compose_epub(made, (folder, HOUSE), english(), MODIFIED)
    epub = package_epub(composed.value)
    found = inspect_epub(epub, composed.value.passages, settings)
    codes = (Code.KINDLE_UNSAFE, Code.KOBO_UNSAFE)
    return [d for d in found if d.code in codes and "no cover" not in d.message]


def one(xhtml: str, *passages: Passage) -> Division:
    return chapter("one", xhtml, passages=passages)


def picture(
    folder: Path, image: Image.Image, name: str, media_type: str, **options: object
) -> Asset:
    image.save(folder / name, **options)  # type: ignore[arg-type]
    return Asset(f"images/{name}", folder / name, media_type, "", 1)


def test_the_house_and_a_plain_book_are_welcome(tmp_path: Path) -> None:
    assert told(tmp_path, one("<p>Text</p>")) == []


def test_nothing_is_said_where_no_store_is_named(tmp_path: Path) -> None:
    assert told(tmp_path, one("<p>x</p>"), settings=SETTINGS, css="p { font-size: 9px }") == []


def test_a_book_needs_a_cover() -> None:
    made = compose_epub(book(one("<p>x</p>"), settings=STORES), (HOUSE,), english(), MODIFIED)
    found = inspect_epub(package_epub(made.value), made.value.passages, STORES)
    assert [d.message for d in found] == ["Kindle: there is no cover", "Kobo: there is no cover"]


def test_a_cover_needs_pixels(tmp_path: Path) -> None:
    cover = picture(tmp_path, Image.new("RGB", (300, 480)), "c.png", "image/png")
    settings = replace(
        STORES, cover=Cover(cover.path, "alt"), locations={"cover.image": Location("book.toml", 9)}
    )
    found = told(tmp_path, one("<p>x</p>"), settings=settings, cover=cover)
    assert [d.at for d in found] == [Location("book.toml", 9)] * 2
    assert "300 by 480 pixels" in found[0].message


def test_an_image_that_moves_is_told_at_its_line(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue", "green")]
    options = {"save_all": True, "append_images": frames[1:]}
    moving = picture(tmp_path, frames[0], "m.gif", "image/gif", **options)
    division = one(
        '<p>x <img src="asset:images/m.gif" alt="It moves"/></p>',
        Passage("1", Kind.ALT, "It moves", AT),
    )
    found = told(tmp_path, division, moving=moving)
    assert {d.message for d in found} == {"Kindle: an image moves", "Kobo: an image moves"}
    assert {d.at for d in found} == {AT}


def test_a_wide_table_is_told_at_its_first_words(tmp_path: Path) -> None:
    cells = "".join(f"<td>cell {n}</td>" for n in range(11))
    division = one(
        f"<table><tbody><tr>{cells}</tr></tbody></table>",
        Passage("1", Kind.CELL, "cell 0", AT),
    )
    found = told(tmp_path, division)
    assert {(d.code, d.at) for d in found} == {(Code.KINDLE_UNSAFE, AT), (Code.KOBO_UNSAFE, AT)}


def test_a_table_in_a_table_is_not_for_kindle(tmp_path: Path) -> None:
    inner = "<table><tbody><tr><td>in</td></tr></tbody></table>"
    division = one(f"<table><tbody><tr><td>out {inner}</td></tr></tbody></table>")
    (finding,) = told(tmp_path, division)
    assert finding.code is Code.KINDLE_UNSAFE


@pytest.mark.parametrize(
    ("css", "told_"),
    [
        ("p { font-size: 12px }", "font-size: 12px"),
        ("p { line-height: 14pt }", "line-height: 14pt"),
        ("p { margin: 0 -1em }", "margin: 0 -1em"),
        ("p { text-indent: -1em }", "text-indent: -1em"),
        ("p { text-indent: -1em; padding-left: 1em }", ""),
        ("p { position: absolute }", "position: absolute"),
        ("@media screen { p { font-size: 9pt } }", "font-size: 9pt"),
        ("p { font-size: .9em; margin: 1em 0; border: 1px solid }", ""),
        ("/* p { font-size: 9px } */", ""),
        ("@font-face { font-family: 'A-1'; src: url(a-1px.ttf) }", ""),
    ],
)
def test_what_styles_must_not_do(css: str, told_: str) -> None:
    assert "".join(fault.declaration for fault in faults_of_style(css)) == told_


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (saved(Image.new("RGB", (7, 5)), "PNG"), Picture("png", 7, 5)),
        (saved(Image.new("RGBA", (7, 5)), "PNG"), Picture("png", 7, 5, is_clear=True)),
        (saved(Image.new("RGB", (7, 5)), "JPEG"), Picture("jpg", 7, 5)),
        (saved(Image.new("CMYK", (7, 5)), "JPEG"), Picture("jpg", 7, 5, is_cmyk=True)),
        (saved(Image.new("P", (7, 5)), "GIF"), Picture("gif", 7, 5)),
        (saved(Image.new("P", (7, 5)), "GIF", transparency=0), Picture("gif", 7, 5, is_clear=True)),
        (b"<svg/>", None),
        (b"\x89PNG\r\n\x1a\n", None),
    ],
)
def test_what_an_image_is(content: bytes, expected: Picture | None) -> None:
    assert look_at(content) == expected
