"""A book that refers to its figures: on paper with their pages, on a screen without."""

import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest

from tests.conftest import Built, run_chapbook

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><path d="M0 0h9"/></svg>'
PROSE = "The tree stands in the garden and bears its fruit in the autumn of the year. " * 5
TOML = """title = "The Orchard"
front = ["preface.md", "figures-and-tables"]
chapters = ["april.md", "may.md"]
[numbering]
captions = "chapter"
"""
PREFACE = "# Preface\n\nThe vow is on [](#vow){: .page }.\n"
APRIL = f"""# April

Near: [](#trees){{: .page }}. Far: [](#far){{: .page }}. Old: [](#old){{: .both }}.

!!! figures "Two trees" {{: #trees }}
    ![A young tree](a.svg "Young"){{: #young }}
    ![An old tree](a.svg "Bent."){{: #old }}

```
sort(trees)
```

Listing: Sorting. {{: #sort }}

{(PROSE + chr(10) * 2) * 12}

<span id="vow"></span>Vow. Again: [](#old){{: .page }}, [](preface.md){{: .page }}.
"""
MAY = f"""# May

{PROSE}

![A far tree](a.svg "Far"){{: #far }}

Here: [](#far){{: .page }}, [](#sort).
"""


def build(folder: Path, jobs: int) -> Built:
    book = folder / "book"
    if not book.is_dir():
        book.mkdir(parents=True)
        files = {"book.toml": TOML, "preface.md": PREFACE, "april.md": APRIL, "may.md": MAY}
        for name, text in {**files, "a.svg": DRAWING}.items():
            (book / name).write_text(text, "utf-8")
    arguments = ("--quiet", f"--jobs={jobs}", "screen", "epub")
    return run_chapbook(book, folder / f"output-{jobs}", *arguments)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("references")


@pytest.fixture(scope="module")
def built(folder: Path) -> Built:
    made = build(folder, 1)
    assert (made.status, made.said) == (0, "")
    return made


def printed(built: Built) -> tuple[str, dict[str, str]]:
    """Give the words of the PDF in one row, and the folio of each page by words on it."""
    document = pypdfium2.PdfDocument(built.only(".pdf"))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    rows = [" ".join(text.replace("\xa0", " ").split()) for text in texts]
    labels = {row: document.get_page_label(number) for number, row in enumerate(rows)}
    return " ".join(rows), labels


def test_the_page_stands_where_it_is_out_of_sight_and_only_there(built: Built) -> None:
    words, labels = printed(built)
    (far,) = (label for row, label in labels.items() if "Here: Figure 2.1" in row)
    (near,) = (label for row, label in labels.items() if "(b) Bent." in row)
    (preface,) = (label for row, label in labels.items() if row.startswith("Preface The vow"))
    (vow,) = (label for row, label in labels.items() if "Vow. Again" in row)
    assert f"Near: Figure 1.1. Far: Figure 2.1 on page {far}. Old: Figure 1.1b, “Bent”." in words
    assert f"Again: Figure 1.1b on page {near}, Preface on page {preface}." in words
    assert "Here: Figure 2.1, Listing 1.1." in words
    assert f"The vow is on page {vow}." in words
    assert not preface.isdecimal()


def test_the_ebook_has_links_alone_and_lists(built: Built) -> None:
    with ZipFile(built.only(".epub")) as package:
        texts = {name: package.read(name).decode() for name in package.namelist() if "html" in name}
    (april,) = (text for text in texts.values() if "Near:" in text)
    plain = re.sub(r"<[^>]*>", "", april)
    assert "Near: Figure 1.1. Far: Figure 2.1. Old: Figure 1.1b, “Bent”." in plain
    assert "data-before" not in april
    nav = texts["EPUB/nav.xhtml"]
    assert "Figure 1.1. Two trees" in nav
    assert "Listing 1.1. Sorting." in nav
    (lists,) = (text for name, text in texts.items() if "figures-and-tables" in name)
    assert "<h1>Figures and Listings</h1>" in lists


def test_any_number_of_workers_makes_the_same_bytes(built: Built, folder: Path) -> None:
    other = build(folder, 2)
    for ending in (".pdf", ".epub"):
        assert other.only(ending).read_bytes() == built.only(ending).read_bytes()
    shutil.rmtree(folder / "output-2")
