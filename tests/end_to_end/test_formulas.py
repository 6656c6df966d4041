"""A book with formulas, charts and codes: drawn and told on paper, MathML and tables on screens."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from tests.conftest import Built, run_chapbook

TOML = """title = "Formulas and Charts"
front = ["title-page"]
[epub]
page-list = "never"
[[print.spots]]
name = "Indigo"
colour = "#2b3a6b"
"""
TEXT = r"""# Of $x^2$

The area is $A = \pi r^2$, as in [](#law) and [](#members).[^n]
See [the map](https://example.org/map){: .qr }.

$$
c = \sqrt{a^2 + b^2}
$$ {: #law }

```chart {#members}
title: Members who answered
units: %

answer, share
Yes, 37
No, 63
```

```vega-lite
{ "mark": "bar", "title": "By Vega",
  "data": { "values": [ { "a": "left", "b": 3 }, { "a": "right", "b": 4 } ] },
  "encoding": { "x": { "field": "b", "type": "quantitative" }, "y": { "field": "a" } } }
```

[^n]: A note on $e^{i\pi}$.
"""
WORDS = [
    "x squared",
    "A equals pi r squared",
    "e to the power of i pi",
    "c equals the square root of a squared plus b squared, end root",
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("formulas")
    book = folder / "book"
    book.mkdir()
    (book / "book.toml").write_text(TOML, "utf-8")
    (book / "one.md").write_text(TEXT, "utf-8")
    made = run_chapbook(book, folder / "output", "print", "epub", "--quiet", "--jobs=1")
    assert (made.status, made.said) == (0, "")
    return made


def tags(element: Any) -> Iterator[Any]:
    if isinstance(element, pikepdf.Array):
        for kid in element:
            yield from tags(kid)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield element
        yield from tags(element.get("/K"))


def test_on_paper_each_formula_is_one_with_its_words(built: Built) -> None:
    with pikepdf.open(built.only("-print.pdf")) as pdf:
        found = list(tags(pdf.Root.StructTreeRoot.K))
        formulas = [str(tag.Alt) for tag in found if tag.S == "/Formula"]
        figures = [str(tag.Alt) for tag in found if tag.S == "/Figure"]
    assert sorted(formulas) == sorted(WORDS)
    assert figures == [
        "Members who answered: Yes 37 %; No 63 %",
        "By Vega (a, b): left 3; right 4",
    ]


def test_a_code_on_the_printed_page_leads_to_the_address(built: Built) -> None:
    document = pypdfium2.PdfDocument(built.only("-print.pdf"))
    page = next(p for p in document if "example.org/map" in p.get_textpage().get_text_bounded())
    image = page.render(scale=200 / 72).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(image)] == ["https://example.org/map"]
    document.close()


def read(built: Built, name: str) -> str:
    with ZipFile(built.only(".epub")) as epub:
        return epub.read(next(n for n in epub.namelist() if n.endswith(name))).decode()


def test_in_the_e_book_formulas_are_mathml_with_words(built: Built) -> None:
    page = read(built, "chapter-001.xhtml")
    assert sorted(re.findall('alttext="([^"]*)"', page)) == sorted(WORDS)
    assert page.count('xmlns="http://www.w3.org/1998/Math/MathML"') == len(WORDS)
    assert "$" not in page
    items = re.findall(r"<item [^>]*chapter-001[^>]*>", read(built, "content.opf"))
    assert re.findall('properties="([^"]*)"', items[0]) == ["mathml svg"]


def test_in_the_e_book_the_data_of_a_chart_follow_as_a_table(built: Built) -> None:
    page = read(built, "chapter-001.xhtml")
    assert page.count('<details class="description"') == 2
    assert '<th scope="row">Yes</th><td class="right">37</td>' in page
    assert page.count("aria-details=") == 2
    assert "qr-code" not in page


def test_what_is_made_again_is_the_same(built: Built, tmp_path: Path) -> None:
    book = built.output.parent / "book"
    again = run_chapbook(book, tmp_path / "output", "epub", "--quiet", "--jobs=1")
    assert again.only(".epub").read_bytes() == built.only(".epub").read_bytes()
