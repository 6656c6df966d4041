"""What `book.toml` says of notes and of the works that are cited."""

from pathlib import Path

import pytest

from chapbook.configure import read_settings
from chapbook.diagnostics import Code, Diagnostic
from chapbook.scholarship import Citations, Nocite, NotePlace, Notes, Per
from chapbook.settings import BookSettings, Edition


def read(folder: Path, toml: str) -> tuple[BookSettings, tuple[Diagnostic, ...]]:
    (folder / "book.toml").write_text(f'title = "A"\n{toml}', "utf-8")
    outcome = read_settings(folder)
    return outcome.value, outcome.diagnostics


def test_without_a_word_notes_stand_at_the_foot_and_nothing_is_cited(tmp_path: Path) -> None:
    settings, found = read(tmp_path, "")
    assert (settings.notes, settings.citations, found) == (Notes(), Citations(), ())


def test_what_is_on_paper_has_its_notes_where_the_print_has_them(tmp_path: Path) -> None:
    toml = '[notes]\nscreen = "chapter"\nprint = "side"\nepub = "book"\n'
    settings, found = read(tmp_path, toml)
    places = {edition: settings.notes.place_in(edition) for edition in Edition}
    assert found == ()
    assert places[Edition.SCREEN] is NotePlace.CHAPTER
    assert places[Edition.EPUB] is NotePlace.BOOK
    assert places[Edition.PRINT] is places[Edition.BOOKLET] is NotePlace.SIDE


@pytest.mark.parametrize(
    ("written", "names"), [('"a.bib"', ("a.bib",)), ('["a.bib", "b.json"]', ("a.bib", "b.json"))]
)
def test_sources_are_one_file_or_several(
    tmp_path: Path, written: str, names: tuple[str, ...]
) -> None:
    toml = f'[citations]\nsources = {written}\nper = "chapter"\nnocite = "all"\n'
    citations = read(tmp_path, toml)[0].citations
    assert tuple(citations.sources) == names
    assert (citations.per, citations.nocite) == (Per.CHAPTER, Nocite.ALL)


@pytest.mark.parametrize(
    ("toml", "code", "at"),
    [
        ('[notes]\nepub = "side"\n', Code.CONFIG_BAD_VALUE, "book.toml:3:1"),
        ('[notes]\nprint = "feet"\n', Code.CONFIG_BAD_VALUE, "book.toml:3:1"),
        ("[citations]\nsources = 3\n", Code.CONFIG_WRONG_TYPE, "book.toml:3:1"),
        ('[citations]\nsources = [""]\n', Code.CONFIG_BAD_VALUE, "book.toml:3:12"),
        ('back = ["bibliography"]\n', Code.CONFIG_BAD_VALUE, "book.toml:2:9"),
    ],
)
def test_what_can_not_be_has_its_place(tmp_path: Path, toml: str, code: Code, at: str) -> None:
    _, (finding,) = read(tmp_path, toml)
    assert (finding.code, str(finding.at)) == (code, at)
