"""A book that is whole gives no finding, whatever its pages do to its words."""

import pytest

from chapbook.diagnostics import Code
from tests.inspected_pages import inspect, paragraph

WORDS = (
    "Extraordinarily complicated internationalization considerations notwithstanding, the "
    "office, an efficient staff “flourished” — affluent, difficult, waffling — in Straße and café. "
)


def block(text: str, number: int = 1, name: str = "p", more: str = "") -> str:
    return f'<{name} data-block="d:{number}" {more}>{text}</{name}>'


@pytest.mark.parametrize(
    "style",
    [
        "p { hyphens: auto; text-align: justify }",
        "p { text-transform: uppercase }",
        "p { font-variant: small-caps }",
        "p { letter-spacing: .3em }",
        "p { width: 20mm; hyphens: auto }",
        "p::first-letter { float: left; font-size: 42pt; line-height: 42pt }",
        "p::first-line { text-transform: uppercase }",
        "p { columns: 2; hyphens: auto }",
        "p { text-align: right; direction: rtl }",
        "p { position: relative; left: 2mm }",
        "p { opacity: .5 }",
    ],
)
def test_latin_text(style: str) -> None:
    html = block(WORDS * 9) + block(WORDS * 2, 2) + block("End.", 3)
    assert not inspect(html, style)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "ja",
            "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。㈱と㌔も、カタカナも。"
            * 30,
        ),
        ("ar", "هذا نص عربي لاختبار الفقدان مع الحروف المتصلة ولا إله إلا الله " * 20),
        ("he", "זהו טקסט בעברית לבדיקה עם מספר 123 ומילה English בתוכו " * 20),
        ("el", "Αθήνα ἄνθρωπος ΣΆΣ ὁ ΰπνος, λόγος. " * 20),
        ("ru", "Объект съёмки — Ёлка; в чащах юга жил бы цитрус. " * 20),
        ("vi", "Tiếng Việt có nhiều dấu thanh điệu " * 20),
        ("ko", "한국어 문장입니다 그리고 다른 문장 " * 20),
        ("en", "x\u0302 and x, soft\u00adhyphen\u00adation, no\u00a0break, zero\u200bwidth " * 20),
        ("en", "x → y, 10 °C, © 2026, ½ ≤ ¾, 5 ÷ 3 = 15, € 5 " * 20),
        ("en", "العربية between English words and 日本語 too, (2024). " * 20),
    ],
)
@pytest.mark.parametrize("style", ["", "p { text-transform: uppercase }"])
def test_scripts(language: str, text: str, style: str) -> None:
    html = block(text, more=f'lang="{language}"') + block("The end.", 2)
    assert not inspect(html, style, language)


def test_scripts_that_shaping_reorders_are_left_to_the_eye() -> None:
    text = "हिन्दी में लिखा गया यह एक परीक्षण वाक्य है जिसमें क्षेत्र हैं। ภาษาไทยเป็นภาษาที่มีน้ำ " * 9
    assert Code.LOST_TEXT not in {d.code for d in inspect(block(text) + block("End", 2))}


def test_a_paragraph_over_pages_with_notes_between() -> None:
    notes = iter(range(100, 200))

    def noted(text: str) -> str:
        number = next(notes)
        note = f'<span class="note" data-block="d:{number}">A note, {paragraph(12, number)}</span>'
        return f"{text}{note}"

    sentences = (WORDS * 16).split(", ")
    html = block(", ".join(noted(text) if n % 3 else text for n, text in enumerate(sentences)))
    style = ".note { float: footnote } p { hyphens: auto; text-align: justify }"
    assert not inspect(html + block("The end.", 2), style)


def test_a_note_that_goes_to_the_next_page() -> None:
    parts = "".join(
        f'<span class="note" data-block="d:{n}">{paragraph(40, n)}</span>' for n in range(2, 5)
    )
    called = f'Called<span class="foot" data-apart="1">{parts}</span> here. '
    html = block(WORDS * 5 + called + WORDS * 3)
    assert not inspect(html, ".foot { float: footnote } .note { display: block }")


def test_a_table_over_pages_whose_head_repeats() -> None:
    rows = "".join(
        "<tr>"
        + block("yes", n, "td")
        + block(str(n % 10), n + 1, "td")
        + block(f"{paragraph(12, n)} end", n + 2, "td")
        + "</tr>"
        for n in range(10, 250, 3)
    )
    head = (
        "<thead><tr>" + "".join(block(t, n, "th") for n, t in enumerate("ABC", 2)) + "</tr></thead>"
    )
    style = "td { vertical-align: top; width: 20mm; hyphens: auto }"
    style += "@page { @top-left { content: 'A B C' } }"
    assert not inspect(block("Before.") + f"<table>{head}<tbody>{rows}</tbody></table>", style)


def test_code_that_wraps() -> None:
    code = "def f(x):\n    return {'a': x ** 2}  # " + "comment " * 30 + "\n\nprint(f(3))\n"
    assert not inspect(block(code * 8, 1, "pre") + block("End", 2), "pre { white-space: pre-wrap }")


def test_lists_and_columns() -> None:
    items = "".join(f"<li>{block(f'{n} items or {paragraph(5, n)}', n)}</li>" for n in range(1, 90))
    assert not inspect(f"<ol>{items}</ol>", "ol { columns: 2 }")


def test_what_floats_or_stands_in_a_line() -> None:
    side = block("beside the text", 2, "p", 'class="side"')
    html = block("Before. " + WORDS) + side + block(WORDS, 3)
    html += block('A line<br/>and <span data-apart="1"></span> another<br/>yes', 4)
    assert not inspect(html, ".side { float: right; width: 20mm }")


def test_like_blocks_in_a_row() -> None:
    assert not inspect("".join(block(t, n) for n, t in enumerate(["yes", "no", "a"] * 40, 1)))


def test_a_line_of_two_ways_beside_another_cell() -> None:
    cells = block("日本語の、文章です。", 1, "td") + block("مرحبا بالعالم", 2, "td")
    cells += block("some, more (words)", 3, "td") + block("שלום עולם", 4, "td")
    assert not inspect(f"<table><tr>{cells}</tr></table>")
