import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from chapbook.cache import Cache
from chapbook.finish import finish_pdf
from chapbook.laid import Hotspot, LaidElement, LaidPage, Mark, Part
from tests.paged_books import long_table, prose, publication
from tests.presses import press


@dataclass(frozen=True)
class Laid:
    """A chapter as laid out, and the file that is made of it."""

    body: LaidElement
    pages: tuple[LaidPage, ...]
    parts: tuple[Part, ...]
    pdf: bytes


def lay_out(folder: Path, markup: str, style: str = "") -> Laid:
    faces = "html { font: 10pt/14pt Book Serif } @page { size: 148mm 210mm; margin: 20mm }"
    section = f'<section id="s" data-matter="body">{markup}</section>'
    book = publication(folder, section, style=f"{faces}\n{style}")
    typeset = press(book).value
    (bound,) = typeset.chapters
    chapter = bound.chapter
    pdf = finish_pdf(typeset, book, Cache(None))
    return Laid(chapter.body.open(), chapter.pages, chapter.drawing.parts, pdf)


def every(element: LaidElement, name: str) -> Iterator[LaidElement]:
    for kid in element.kids:
        if isinstance(kid, LaidElement):
            if kid.name == name:
                yield kid
            yield from every(kid, name)


def marks(element: LaidElement) -> Iterator[Mark]:
    for kid in element.kids:
        if isinstance(kid, Mark):
            yield kid
        elif isinstance(kid, LaidElement):
            yield from marks(kid)


def hotspots(element: LaidElement) -> list[Hotspot]:
    return [kid for kid in element.kids if isinstance(kid, Hotspot)]


def outline(element: LaidElement) -> str:
    """Write the names of an element's content: `p(em . a)`, a dot for a run of content."""
    parts = [outline(k) if isinstance(k, LaidElement) else "." for k in element.kids]
    short = [part for part, before in zip(parts, ["", *parts], strict=False) if part != before]
    return f"{element.name}({' '.join(short)})"


def artifacts(pdf: bytes) -> list[str]:
    """Give the kinds of artifact in the order in which they are drawn."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            str(step.operands[1].get("/Type", ""))
            for page in opened.pages
            for step in pikepdf.parse_content_stream(page)
            if str(step.operator) == "BDC" and step.operands[0] == "/Artifact"
        ]


def test_elements_come_in_the_order_of_the_text(tmp_path: Path) -> None:
    body = lay_out(tmp_path, "<h1>a</h1><p>b <em>c</em> d</p><ul><li>e</li></ul>").body
    assert outline(body) == "body(section(h1(.) p(. em(.) .) ul(li(li::marker(.) .))))"


def test_a_paragraph_over_two_pages_is_one_element(tmp_path: Path) -> None:
    body = lay_out(tmp_path, prose(30, "s")).body
    paragraphs = list(every(body, "p"))
    assert len(paragraphs) == 30
    pages = [{mark.page for mark in marks(paragraph)} for paragraph in paragraphs]
    assert max(len(of_one) for of_one in pages) == 2


def test_the_repeated_head_of_a_table_is_read_once(tmp_path: Path) -> None:
    book = lay_out(tmp_path, long_table(40))
    assert len(book.pages) > 2
    (head,) = every(book.body, "thead")
    assert [mark.page for mark in marks(head)] == [1, 1]
    repeated = 2 * (len(book.pages) - 1)
    assert artifacts(book.pdf).count("/Pagination") == repeated


def test_a_note_follows_its_call_wherever_it_is_printed(tmp_path: Path) -> None:
    note = '<p>a<span id="n" class="note">note <em>text</em></span> b</p>'
    body = lay_out(tmp_path, note, ".note { float: footnote }").body
    shown = "p(. span::footnote-call(.) ::footnote(span::footnote-marker(.) . em(.)) .)"
    assert outline(next(every(body, "p"))) == shown


def test_a_note_and_its_call_lead_to_each_other(tmp_path: Path) -> None:
    note = '<p>a<span id="n" class="note">note</span> b</p>'
    book = lay_out(tmp_path, note, ".note { float: footnote }")
    with pikepdf.open(io.BytesIO(book.pdf)) as pdf:
        targets = [str(annotation.Dest) for annotation in pdf.pages[0].Annots.as_list()]
    assert targets == ["n", "n-call"]
    assert {"n", "n-call"} <= set(book.pages[0].anchors)
    (call,) = every(book.body, "span::footnote-call")
    assert hotspots(call) == [Hotspot(1, 0)]
    assert call.words == "1"


def test_running_heads_are_artifacts_of_the_page(tmp_path: Path) -> None:
    style = '@page { @top-left { content: "head" } @bottom-left { content: counter(page) } }'
    book = lay_out(tmp_path, "<p>a</p>", style)
    assert outline(book.body) == "body(section(p(.)))"
    assert artifacts(book.pdf).count("/Pagination") == 2


@pytest.mark.parametrize(
    "ornament",
    [
        '<img src="images/ramp.png" alt="">',
        '<img src="images/ramp.png">',
        '<svg width="9" height="9"><rect width="9" height="9"/></svg>',
        '<span aria-hidden="true">* * *</span>',
        '<i class="ornament"></i>',
    ],
)
def test_ornament_is_no_part_of_the_text(tmp_path: Path, ornament: str) -> None:
    style = ".ornament::before { content: url(images/ramp.png) }"
    book = lay_out(tmp_path, f"<p>a {ornament}</p>", style)
    (paragraph,) = every(book.body, "p")
    assert len(list(marks(paragraph))) == 1
    assert "/Layout" in artifacts(book.pdf)


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        ('<img src="images/ramp.png" alt="A ramp">', "A ramp"),
        ('<svg width="9" height="9" aria-label="A square"><rect/></svg>', "A square"),
        ('<svg width="9" height="9"><title>A  title</title><rect/></svg>', "A title"),
    ],
)
def test_a_picture_keeps_its_words_and_its_place(tmp_path: Path, picture: str, words: str) -> None:
    body = lay_out(tmp_path, f"<p>{picture}</p>").body
    (found,) = [*every(body, "img"), *every(body, "svg")]
    assert found.attributes["alt"] == words
    (mark,) = marks(found)
    assert mark.area is not None
    left, bottom, right, top = mark.area
    assert 0 <= left < right < 420
    assert 0 < bottom < top < 596


def test_a_link_has_one_area_for_each_line(tmp_path: Path) -> None:
    link = '<p>a <a href="https://example.org"><em>very <b>long</b></em> link' + " words" * 30
    book = lay_out(tmp_path, link + "</a></p>")
    (found,) = every(book.body, "a")
    assert found.words.startswith("very long link")
    with pikepdf.open(io.BytesIO(book.pdf)) as pdf:
        annotations = pdf.pages[0].Annots.as_list()
        baselines = {str(annotation.Rect[1]) for annotation in annotations}
    assert len(hotspots(found)) == len(annotations) == len(baselines) > 1


def test_a_link_around_a_picture_is_named_by_it(tmp_path: Path) -> None:
    link = '<p><a href="https://example.org"><img src="images/ramp.png" alt="A ramp"></a></p>'
    (found,) = every(lay_out(tmp_path, link).body, "a")
    assert found.words == "A ramp"
    assert len(hotspots(found)) == 1


def test_the_dots_of_a_leader_are_not_read(tmp_path: Path) -> None:
    style = 'a::after { content: leader(".") target-counter(attr(href), page) }'
    body = lay_out(tmp_path, '<p><a href="#s">title</a></p>', style).body
    (after,) = every(body, "a::after")
    assert len(list(marks(after))) == 1


def test_content_in_a_form_knows_its_form(tmp_path: Path) -> None:
    book = lay_out(tmp_path, '<p>a</p><p style="opacity: .5">b</p>')
    first, second = (next(marks(paragraph)) for paragraph in every(book.body, "p"))
    assert first.form == 0
    assert b"/Subtype /Form" in book.parts[second.form - 1].head


def test_lists_begin_where_they_say(tmp_path: Path) -> None:
    markup = '<ol start="3"><li>a</li><li>b</li></ol><ol><li value="7">c</li><li>d</li></ol>'
    book = lay_out(tmp_path, markup, "li { list-style-position: inside }")
    with pypdfium2.PdfDocument(book.pdf) as pdf:
        words = pdf[0].get_textpage().get_text_bounded().split()
    assert words == ["3.", "a", "4.", "b", "7.", "c", "8.", "d"]
