"""Notes that no longer fit on the last page come on one of their own, however often it is set."""

import re

import pypdfium2
import weasyprint

from chapbook.typeset.lessons.carried_notes import notes_carried_on

STYLE = """
@page { size: 105mm 148mm; margin: 10mm; @footnote { margin-top: 1em } }
p { font: 10pt/14pt serif; margin: 0 }
a::after { content: target-counter(attr(href), page) }
.note { float: footnote; font: 7pt/9pt serif }
section { break-before: page }
"""
SMALL = """
@page { size: 60mm 70mm; margin: 5mm; @footnote { margin-top: 6pt } }
p { orphans: 2; widows: 2 }
"""


def text_of(calls: int, words: int) -> str:
    return "\n".join(pages_of(calls, words))


def pages_of(calls: int, words: int, after: str = "") -> list[str]:
    note = " ".join(["word"] * words)
    notes = [f'<span class="note">first{n} {note} last{n}</span>' for n in range(calls)]
    body = "".join(f"<p>Text {n}.{notes[n]}</p>" for n in range(calls))
    html = (
        f'<style>{STYLE}</style><p><a href="#end"></a></p><section>{body}<p id="end"></p></section>'
        f"{after}"
    )
    with notes_carried_on():
        pdf = weasyprint.HTML(string=html).write_pdf()
    return texts_of(pdf)


def texts_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def ordered(html: str) -> list[str]:
    text = "".join(texts_of(weasyprint.HTML(string=html).write_pdf()))
    return re.findall(r"(\w+) note", text)


def test_every_note_is_set_once_though_the_pages_are_set_twice() -> None:
    text = text_of(calls=9, words=110)
    for n in range(9):
        assert text.count(f"first{n}") == text.count(f"last{n}") == 1


def test_notes_end_before_the_next_chapter_begins() -> None:
    pages = pages_of(calls=9, words=110, after="<section><h2>The next chapter</h2></section>")
    last = max(n for n, page in enumerate(pages) if "last8" in page)
    assert [n for n, page in enumerate(pages) if "The next chapter" in page] == [last + 1]
    for n in range(9):
        assert "\n".join(pages).count(f"last{n}") == 1


def test_a_chapter_whose_notes_have_room_gets_no_page_more() -> None:
    pages = pages_of(calls=1, words=5, after="<section><h2>The next chapter</h2></section>")
    assert len(pages) == 3


def test_notes_are_handed_on_in_order() -> None:
    first, second = (f'<span class="note">{n} note.</span>' for n in ("First", "Second"))
    last = f"<p>one line{second}<br>a line<br>a third<br>a fourth</p>"
    text = f'<p style="padding-top: 3pt">Text{first}</p>{"<p>Filling.</p>" * 8}{last}'
    html = f"<style>{STYLE}{SMALL}</style>{text}"
    assert ordered(html) == ["Second", "First"]  # what the engine alone makes of it
    with notes_carried_on():
        assert ordered(html) == ["First", "Second"]


def test_a_page_gets_a_note_that_only_the_second_layout_hands_on_to_it() -> None:
    roman = "a::after { content: target-counter(attr(href), page, upper-roman) }"
    references = '<a href="#end"></a> ' * 12  # a line, and two when the number is known
    first = f'<p style="padding-top: 1pt">{references}</p>{"<p>Filling.</p>" * 8}'
    call = '<p>Text<span class="note">First note.</span></p>'
    after = '<p style="break-before: page">Another page</p>' * 8
    text = f'<div>{first}{call}{after}<p id="end"></p></div>'
    html = f"<style>{STYLE}{SMALL}{roman}</style>{text}"
    assert ordered(html) == []  # what the engine alone makes of it
    with notes_carried_on():
        assert ordered(html) == ["First"]
