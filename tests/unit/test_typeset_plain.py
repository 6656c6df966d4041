"""With an engine whose inner parts are not known, it does all by itself."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from chapbook.cache import Cache
from chapbook.diagnostics import BookError, Code, Outcome
from chapbook.finish import finish_pdf
from chapbook.laid import Typeset
from chapbook.model import Matter
from chapbook.settings import Edition
from chapbook.typeset import typeset
from chapbook.typeset.galley import hooks
from chapbook.workers import OUT_OF_TIME, Fallen
from tests.paged_books import CONTENTS, FRONT, ONE, TWO, publication
from tests.presses import InPlace

HOOK = "weasyprint.layout.page:remake_page"


def test_every_part_of_the_engine_is_as_it_is_known() -> None:
    assert hooks.missing_hook() == ""


@pytest.mark.parametrize(
    ("hook", "parameters"),
    [
        (HOOK, ("index", "context", "root_box", "html", "new")),
        (HOOK, ("index", "context", "root_box")),
        ("weasyprint.layout.page:unmake_page", ("index",)),
        ("weasyprint.layout.sheet:make", ()),
        ("weasyprint.layout.page:PageType", ("side", "blank", "name", "index")),
    ],
)
def test_a_part_that_is_not_is_named(
    hook: str, parameters: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(hooks.HOOKS, hook, parameters or ("any",))
    assert hooks.missing_hook() == hook


def test_another_version_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "MAJOR", "69")
    assert hooks.missing_hook().startswith("version 70")


@pytest.fixture
def strange_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(hooks.HOOKS, HOOK, ("other",))


def press(folder: Path, edition: Edition = Edition.SCREEN) -> tuple[Outcome[Typeset], bytes]:
    book = publication(folder, FRONT, CONTENTS, ONE, TWO, edition=edition)
    names = ("title", "contents", "one", "two")
    sections = zip(book.sections, names, strict=True)
    book = replace(book, sections=tuple(replace(one, id=name) for one, name in sections))
    outcome = typeset(book, InPlace(), Cache(None))
    return outcome, finish_pdf(outcome.value, book, Cache(None))


@pytest.mark.usefixtures("strange_engine")
def test_the_file_is_made_and_the_reader_warned(tmp_path: Path) -> None:
    outcome, pdf = press(tmp_path)
    (said,) = outcome.diagnostics
    assert said.code is Code.PLAIN_LAYOUT
    assert HOOK in said.message
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == len(outcome.value.leaves) == 5
    assert [document.get_page_label(n) for n in range(5)] == ["i", "ii", "1", "2", "3"]
    assert "日本語の章" in document[4].get_textpage().get_text_range()


@pytest.mark.usefixtures("strange_engine")
def test_what_stands_where_is_known_by_the_divisions(tmp_path: Path) -> None:
    book = press(tmp_path)[0].value
    assert [leaf.matter for leaf in book.leaves] == [Matter.FRONT] * 2 + [Matter.BODY] * 3
    assert {name: book.anchors[name] for name in ("title", "one", "two")} == {
        "title": 1,
        "one": 3,
        "two": 5,
    }
    assert book.blocks["one:1"] == (3, 5)
    assert book.chapters == ()


@pytest.mark.usefixtures("strange_engine")
def test_the_file_makes_no_claim_and_keeps_its_metadata(tmp_path: Path) -> None:
    with opened(press(tmp_path)[1]) as pdf:
        assert b"pdfuaid" not in pdf.Root.Metadata.read_bytes()
        assert str(pdf.docinfo["/Title"]) == "A Book & More"
        assert pdf.Root.Lang == "en"
        assert "/StructTreeRoot" in pdf.Root
        assert any("/Annots" in page for page in pdf.pages)


@pytest.mark.usefixtures("strange_engine")
def test_no_link_is_left_on_paper(tmp_path: Path) -> None:
    with opened(press(tmp_path, Edition.PRINT)[1]) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)
        assert b"OBJR" not in b"".join(item.unparse() for item in pdf.objects if is_element(item))


@pytest.mark.usefixtures("strange_engine")
def test_pictures_without_words_are_told_of_but_not_ornament(tmp_path: Path) -> None:
    html = '<section><p><img src="images/ramp.png"><img src="images/ramp.png" alt=""></p></section>'
    outcome = typeset(publication(tmp_path, html), InPlace(), Cache(None))
    assert [one.code for one in outcome.diagnostics] == [Code.PLAIN_LAYOUT, Code.MISSING_ALT]


@pytest.mark.usefixtures("strange_engine")
def test_the_same_book_gives_the_same_bytes(tmp_path: Path) -> None:
    assert press(tmp_path)[1] == press(tmp_path)[1]


@pytest.mark.usefixtures("strange_engine")
def test_a_worker_that_falls_ends_the_build(tmp_path: Path) -> None:
    class Falling(InPlace):
        def each(self, *_: Any, **__: Any) -> list[Any]:
            return [Fallen(OUT_OF_TIME)]

    with pytest.raises(BookError, match="ran out of time"):
        typeset(publication(tmp_path, FRONT), Falling(), Cache(None))


def opened(pdf: bytes) -> Any:
    return pikepdf.open(io.BytesIO(pdf))


def is_element(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
