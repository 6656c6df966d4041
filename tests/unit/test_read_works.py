"""Works from BibTeX, CSL-JSON and CSL-YAML."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.diagnostics import BookError, Code
from chapbook.read.works.bibtex import read_bibtex
from chapbook.read.works.bibtex_names import read_names
from chapbook.read.works.csl_items import read_csl_json, read_csl_yaml
from chapbook.read.works.dates import parse_date
from chapbook.read.works.latex import marked
from tests.book_folder import Folder

TOML = 'title = "A Book"\n[citations]\nsources = {}\n'


def bib(entry: str) -> dict[str, Any]:
    (work,), found = read_bibtex(entry, "a.bib")
    assert found == []
    read: dict[str, Any] = json.loads(work.csl)
    return read


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"M{\"u}ller", "Müller"),
        (r"J\'ozef Dvo\v{r}\'ak", "Józef Dvořák"),
        (r"\c{C}a \H{o} \aa{} {\ss} {\O}", "Ça ő å ß Ø"),
        (r"na{\"\i}ve", "naïve"),
        ("a -- b --- c ``d''", "a – b — c “d”"),  # noqa: RUF001
        (r"\emph{Malus} \& Co.~X", "<i>Malus</i> & Co.\u00a0X"),
        ("The {NASA} Book", 'The <span class="nocase">NASA</span> Book'),
        (r"H$_2$O \textsuperscript{2}", "H_2O <sup>2</sup>"),
        ("unclosed {brace", "unclosed brace"),
        (r"a\-b \unknown{c}", "ab c"),
    ],
)
def test_latex_becomes_text(latex: str, text: str) -> None:
    assert marked(latex) == text


@given(st.text(alphabet=r"ab{}\$'\"~^ " + "ü", max_size=40))
def test_any_latex_can_be_read(latex: str) -> None:
    assert isinstance(marked(latex), str)


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Jane Doe", [{"given": "Jane", "family": "Doe"}]),
        ("Doe, Jane", [{"given": "Jane", "family": "Doe"}]),
        (
            "Ludwig van Beethoven",
            [{"given": "Ludwig", "non-dropping-particle": "van", "family": "Beethoven"}],
        ),
        ("de la Cruz, Ana", [{"given": "Ana", "non-dropping-particle": "de la", "family": "Cruz"}]),
        ("Roe, Jr., Rick", [{"given": "Rick", "family": "Roe", "suffix": "Jr."}]),
        (
            "{World and Sons} and A B",
            [{"literal": "World and Sons"}, {"given": "A", "family": "B"}],
        ),
        ("Doe, J. and others", [{"given": "J.", "family": "Doe"}, {"literal": "others"}]),
        ("family=Doe, given=Jane", [{"given": "Jane", "family": "Doe"}]),
        ("Plato", [{"family": "Plato"}]),
    ],
)
def test_names_are_parted_as_bibtex_does(field: str, names: list[dict[str, str]]) -> None:
    assert read_names(field) == names


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1999", {"date-parts": [[1999]]}),
        ("1999-05-01", {"date-parts": [[1999, 5, 1]]}),
        ("1999/2001", {"date-parts": [[1999], [2001]]}),
        ("1999--2001", {"date-parts": [[1999], [2001]]}),
        ("1999~", {"date-parts": [[1999]], "circa": True}),
        ("2020-21", {"date-parts": [[2020]], "season": 1}),
        ("1999-13", {"literal": "1999-13"}),
        ("in press", {"literal": "in press"}),
    ],
)
def test_dates_are_read_and_others_kept(text: str, date: dict[str, Any]) -> None:
    assert parse_date(text) == date


def test_an_entry_of_bibtex_becomes_an_item_of_csl() -> None:
    read = bib(
        "@string{j = {Journal of Trees}}\n"
        "@Article{roe, author = {Roe, Rick}, title = {On {X}}, subtitle = {a study}, journal = j,\n"
        " volume = 3, number = {4}, pages = {12--34}, month = may, year = 2001, doi={10.1/a\\_b}}"
    )
    assert read == {
        "type": "article-journal",
        "author": [{"family": "Roe", "given": "Rick"}],
        "title": 'On <span class="nocase">X</span>: a study',
        "title-short": 'On <span class="nocase">X</span>',
        "container-title": "Journal of Trees",
        "volume": "3",
        "issue": "4",
        "page": "12-34",
        "issued": {"date-parts": [[2001, 5]]},
        "DOI": "10.1/a_b",
    }


def test_a_paper_takes_from_its_proceedings_what_it_lacks() -> None:
    works, _ = read_bibtex(
        "@inproceedings{a, crossref={p}, title={Paper}}\n"
        "@proceedings{p, title={Whole}, year=2020, editor={A B}}",
        "a.bib",
    )
    read = json.loads(works[0].csl)
    assert (read["title"], read["container-title"]) == ("Paper", "Whole")
    assert read["issued"] == {"date-parts": [[2020]]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@book{a, title={Open\n\n@book{b, title={B}}", "error 1:7"),
        ("@book{a, title={A}, title={B}}", "warning 1:7"),
        ("@book{, title={A}}", "error 1:7"),
        ("@inbook{a, crossref={gone}, title={A}}", "warning 1:9"),
        ("no entries", "warning 1"),
    ],
)
def test_faults_of_bibtex_have_their_line(text: str, found: str) -> None:
    _, findings = read_bibtex(text, "a.bib")
    (finding,) = findings
    assert finding.code is Code.SOURCE_SYNTAX
    assert f"{finding.severity} {str(finding.at).removeprefix('a.bib:')}" == found


@given(st.text(alphabet='@book{}(),="a\n\\ #%', max_size=60))
def test_any_bibtex_can_be_read(text: str) -> None:
    works, found = read_bibtex(text, "a.bib")
    assert works or found


def test_json_and_yaml_give_the_same_works() -> None:
    item = {
        "id": "doe", "type": "book", "title": "T", "author": [{"family": "Doe", "given": "J"}],
        "issued": {"date-parts": [[1999, 5]]}, "volume": 3,
    }  # fmt: skip
    text = "---\nreferences:\n- id: doe\n  type: book\n  title: T\n  volume: 3\n"
    text += "  author:\n  - family: Doe\n    given: J\n  issued: 1999-05\n---\n"
    (one,), no_faults = read_csl_json(json.dumps([item]), "a.json")
    (two,), none = read_csl_yaml(text, "a.yaml")
    assert no_faults == none == []
    assert (one.key, one.csl) == (two.key, two.csl)
    assert (str(one.at), str(two.at)) == ("a.json:1:9", "a.yaml:3:3")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[{"id": "a", "issued": {"date-parts": [["x"]]}}]', "warning 1:9"),
        ('[{"title": "a"}]', "error 1"),
        ('[{"id": "a", "author": 3}]', "warning 1:9"),
        ("[]", "warning 1"),
        ('["a"]', "error 1"),
    ],
)
def test_faults_of_items_have_their_place(text: str, found: str) -> None:
    _, (finding,) = read_csl_json(text, "a.json")
    assert f"{finding.severity} {str(finding.at).removeprefix('a.json:')}" == found


@pytest.mark.parametrize("text", ["[", '{"a": [', "[" * 5000])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(BookError) as fault:
        read_csl_json(text, "a.json")
    assert fault.value.diagnostics[0].code is Code.SOURCE_SYNTAX


def test_yaml_that_repeats_itself_has_an_end() -> None:
    names = "abcdefghij"
    rows = ["  a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in pairwise(names):
        rows.append(f"  {name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    text = "- id: q\n  title: t\n" + "\n".join(rows)
    works, _ = read_csl_yaml(text, "a.yaml")
    assert [work.key for work in works] == ["q"]


def test_a_book_names_one_list_or_several(tmp_path: Any) -> None:
    folder = Folder(tmp_path)
    files: dict[str, str | bytes] = {
        "one.md": "# One\n",
        "a.bib": "@book{a, title={A}}\n@book{b, title={B}}\n",
        "b.json": '[{"id": "b", "title": "Other"}]',
    }
    folder.write(files, TOML.format('"a.bib"'))
    assert [work.key for work in folder.read()[0].works] == ["a", "b"]
    folder.write(files, TOML.format('["a.bib", "b.json"]'))
    manuscript, (finding,) = folder.read()
    assert [work.key for work in manuscript.works] == ["a", "b"]
    assert (finding.code, str(finding.at)) == (Code.DUPLICATE_WORK, "b.json:1:9")


def test_a_list_outside_the_book_is_refused(tmp_path: Any) -> None:
    (tmp_path / "out.bib").write_text("@book{a, title={A}}")
    folder = Folder(tmp_path / "book")
    finding = folder.refusal({"one.md": "# One\n"}, TOML.format('"../out.bib"'))
    assert finding.code is Code.FILE_OUTSIDE_BOOK


def test_the_works_cited_come_before_the_colophon(tmp_path: Any) -> None:
    folder = Folder(tmp_path)
    toml = 'title = "A"\nback = ["colophon"]\n[citations]\nsources = "a.bib"\n'
    folder.write({"one.md": "# One\n", "a.bib": "@book{a, title={A}}"}, toml)
    places = folder.read()[0].order
    assert [place.page for place in places[-2:]] == ["bibliography", "colophon"]
    assert places[-2].at is None
