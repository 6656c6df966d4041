"""The stages in order: what stops a build, what it leaves out, and that it ends in time."""

import zipfile
from pathlib import Path

import pytest

from chapbook.diagnostics import Code
from chapbook.pipeline import Build, Request, make_book
from chapbook.settings import Edition, Limits

TEMPLATES = Path(__file__).parents[2] / "templates"


def build(tmp_path: Path, text: str, limits: Limits | None = None, **wanted: object) -> Build:
    book = tmp_path / "book"
    book.mkdir()
    (book / "book.toml").write_text('title = "T"\n', encoding="utf-8")
    (book / "one.md").write_text(text, encoding="utf-8")
    request = Request(
        book=book,
        output=tmp_path / "output",
        templates=TEMPLATES,
        limits=limits or Limits(),
        **wanted,  # type: ignore[arg-type]
    )
    return make_book(request, lambda _stage, _what: None)


def codes(built: Build) -> list[Code]:
    return [found.code for found in built.diagnostics]


def test_an_edition_asked_for_is_made(tmp_path: Path) -> None:
    built = build(tmp_path, "# One\n\nText.\n", editions=(Edition.EPUB,))
    assert [made.name for made in built.artifacts] == ["t.epub"]
    assert built.diagnostics == ()


def test_an_error_publishes_nothing(tmp_path: Path) -> None:
    built = build(tmp_path, "# One\n\n![A tree](tree.png)\n", editions=(Edition.EPUB,))
    assert codes(built) == [Code.MISSING_IMAGE]
    assert not (tmp_path / "output").exists()


def test_a_warning_stops_a_strict_build_alone(tmp_path: Path) -> None:
    built = build(tmp_path, "# One\n\n[x](two.md)\n", editions=(Edition.EPUB,), strict=True)
    assert codes(built) == [Code.BROKEN_LINK]
    assert built.artifacts == ()


def test_without_the_layout_libraries_the_e_book_is_made(tmp_path: Path) -> None:
    built = build(tmp_path, "# One\n\nText.\n", lacks=("Pango",), remedy="install Pango")
    assert [made.edition for made in built.artifacts] == [Edition.EPUB]
    assert built.left_out == (Edition.SCREEN, Edition.PRINT)
    (found,) = built.diagnostics
    assert (found.code, found.hints) == (Code.MISSING_LIBRARY, ("install Pango",))


def test_a_build_without_end_is_stopped(tmp_path: Path) -> None:
    built = build(tmp_path, "# One\n\nText.\n", Limits(seconds=0.0))
    assert codes(built) == [Code.TIME_LIMIT]
    assert not (tmp_path / "output").exists()


def test_the_e_book_can_be_dated_from_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    build(tmp_path, "# One\n\nText.\n", editions=(Edition.EPUB,))
    with zipfile.ZipFile(tmp_path / "output" / "t.epub") as archive:
        opf = next(n for n in archive.namelist() if n.endswith(".opf"))
        assert "1970-01-02T00:00:00Z" in archive.read(opf).decode()
