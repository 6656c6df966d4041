"""Notes that no longer fit on the last page come on one of their own, however often it is set."""

import pypdfium2
import weasyprint

from chapbook.typeset.carried_notes import notes_carried_on

STYLE = """
@page { size: 105mm 148mm; margin: 10mm; @footnote { margin-top: 1em } }
p { font: 10pt/14pt serif; margin: 0 }
a::after { content: target-counter(attr(href), page) }
.note { float: footnote; font: 7pt/9pt serif }
section { break-before: page }
"""


def text_of(calls: int, words: int) -> str:
    note = " ".join(["word"] * words)
    notes = [f'<span class="note">first{n} {note} last{n}</span>' for n in range(calls)]
    body = "".join(f"<p>Text {n}.{notes[n]}</p>" for n in range(calls))
    html = (
        f'<style>{STYLE}</style><p><a href="#end"></a></p><section>{body}<p id="end"></p></section>'
    )
    with notes_carried_on():
        pdf = weasyprint.HTML(string=html).write_pdf()
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_every_note_is_set_once_though_the_pages_are_set_twice() -> None:
    text = text_of(calls=9, words=110)
    for n in range(9):
        assert text.count(f"first{n}") == text.count(f"last{n}") == 1
