"""What a text is put together from: included files, values, what is for one language."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.diagnostics import Code, Location
from chapbook.model import SourceFile
from chapbook.parse import parse_source
from chapbook.read.variables import Variables
from chapbook.settings import FrontMatter, Limits
from chapbook.spliced import whole
from tests.book_folder import TITLE, Folder, show

VALUES = (
    TITLE
    + 'date = 2026-11-24\n[variables]\nplace = "Kobe *east*"\nn = 12\n[variables.p]\nq = "x"\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "book"
    root.mkdir()
    return Folder(root)


def text_of(folder: Folder, files: dict[str, str | bytes], toml: str = TITLE) -> str:
    """Give the text that a book's only chapter has."""
    folder.write(files, toml)
    manuscript, findings = folder.read()
    assert findings == ()
    (source,) = manuscript.sources
    return source.text


# variables


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("In {{ place }}.", r"In Kobe \*east\*."),
        ("{{n}}. Not a list", "12\\. Not a list"),
        ("{{ p.q }}, {{ title }}, {{ year }}", "x, A Book, 2026"),
        ("`{{ n }}` and \\{{ n }}", "`{{ n }}` and \\{{ n }}"),
        ("```\n{{ n }}\n```", "```\n{{ n }}\n```"),
        ("```sh variables\n{{ n }}\n```", "```sh\n12\n```"),
        ("    {{ n }}", "    {{ n }}"),
        ("<!-- {{ n }} --> $a^{{n}}$", "<!-- {{ n }} --> $a^{{n}}$"),
        ("[a](x/{{ place }}.md)", "[a](x/Kobe%20*east*.md)"),
        ('![a](x.svg "In {{ place }}")', r'![a](x.svg "In Kobe \*east\*")'),
        ('<span title="{{ place }}">a</span>', '<span title="Kobe *east*">a</span>'),
        ("# On {{ n }}", "# On 12"),
    ],
)
def test_a_name_becomes_its_value(folder: Folder, written: str, read: str) -> None:
    assert text_of(folder, {"a.md": f"# T\n\n{written}\n"}, VALUES) == f"# T\n\n{read}\n"


def test_a_chapter_speaks_of_itself_with_values(folder: Folder) -> None:
    folder.write({"a.md": "+++\ntitle = 'In {{ place }}'\n+++\nText."}, VALUES)
    (source,) = folder.read()[0].sources
    assert source.front_matter.title == "In Kobe *east*"
    assert source.text[source.body :] == "Text."


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1))
@settings(max_examples=80, deadline=None)
def test_a_value_is_plain_words_wherever_it_stands(value: str) -> None:
    variables = Variables({"v": value})
    text = variables.fill(whole("a.md", "# T\n\nbefore {{ v }} after\n\n{{ v }}\n"))
    source = SourceFile("a.md", text.text, FrontMatter(), 0, text.pieces)
    outcome = parse_source(source, "zxx")
    shown = [p.text for p in outcome.value[0].passages if p.block != "title"]
    assert not [d for d in outcome.diagnostics if d.code is Code.LOST_WORDS]
    letters = [sign for sign in value if sign.isalnum()]
    for passage in shown:
        assert [s for s in passage.removeprefix("before").removesuffix("after") if s.isalnum()] == (
            letters
        )
    assert len(shown) == 2 or not letters


def test_a_value_of_the_text_of_book_toml(folder: Folder) -> None:
    more = '[imprint]\nnote = "Made in {{ place }}."\n[[parts]]\n'
    more += 'title = "In {{ n }}"\nchapters = ["a.md"]'
    folder.write({"a.md": "# T"}, VALUES + more)
    manuscript, findings = folder.read()
    assert manuscript.settings.imprint.note == "Made in Kobe *east*."
    assert (manuscript.parts[0].title, findings) == ("In 12", ())


# includes


def test_a_file_is_put_in_with_its_places(folder: Folder) -> None:
    parts = {"parts/b.md": "---\ntitle: X\n---\nOne\n\n<b onclick='x()'>two</b>\n"}
    folder.write({"a.md": "# T\n\n> [include: parts/b.md]\n\nend\n", **parts})
    manuscript, _ = folder.read()
    (source,) = manuscript.sources
    assert source.text == "# T\n\n> One\n>\n> <b onclick='x()'>two</b>\n\nend\n"
    outcome = parse_source(source, "en")
    assert [str(d.at) for d in outcome.diagnostics] == ["parts/b.md:6:4"]
    places = {p.text: str(p.at) for p in outcome.value[0].passages}
    assert (places["One"], places["two"], places["end"]) == (
        "parts/b.md:4:1",
        "parts/b.md:6:18",
        "a.md:5:1",
    )


@pytest.mark.parametrize(
    ("part", "read"),
    [
        ("one", "A\n\n## Sub {: #own }\n\nB"),
        ("own", "## Sub {: #own }\n\nB\n<!-- end -->"),
        ("a-head", "## A *head*\n\nC"),
        ("7-", "## A *head*\n\nC"),
        ("4", "B"),
    ],
)
def test_a_part_is_put_in(folder: Folder, part: str, read: str) -> None:
    text = "<!-- part: one -->\nA\n\n## Sub {: #own }\n\nB\n<!-- end -->\n\n## A *head*\n\nC\n"
    text = text if not part[0].isdigit() else "1\n2\n3\nB\n5\n6\n## A *head*\n\nC\n"
    made = text_of(folder, {"a.md": f"# T\n\n[include: p/b.md#{part}]\n", "p/b.md": text})
    assert made == f"# T\n\n{read}\n"


CODE = "import x\n\n# part: two\nclass A:\n    pass\n# end: two\nprint(1)\n"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("[include: p.py#two]", "```py\nclass A:\n    pass\n```"),
        ("[include: p.py#1]", "```py\nimport x\n```"),
        ("```python [include: p.py#L4-L5]\n```", "```python\nclass A:\n    pass\n```"),
        ("    [include: p.py]", "    [include: p.py]"),
        ("`[include: p.py]`", "`[include: p.py]`"),
        (
            "!!! note\n    [include: p.py#two]",
            "!!! note\n    ```py\n    class A:\n        pass\n    ```",
        ),
    ],
)
def test_code_is_put_in(folder: Folder, written: str, read: str) -> None:
    files: dict[str, str | bytes] = {"a.md": f"# T\n\n{written}\n", "p.py": CODE}
    assert text_of(folder, files) == f"# T\n\n{read}\n"


def test_a_file_that_others_include_is_no_chapter(folder: Folder) -> None:
    folder.write(
        {"a.md": "# T\n\n[include: z.md]\n\n[include: s/y.md]\n", "z.md": "Z", "s/y.md": "Y"}
    )
    assert show(folder.read()[0]) == " | a.md | "


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("[include: ../b.md]", Code.FILE_OUTSIDE_BOOK),
        ("[include: no.md]", Code.MISSING_FILE),
        ("[include: no.py]", Code.MISSING_FILE),
        ("[include: a.md]", Code.INCLUDE_LOOP),
        ("[include: bin.txt]", Code.FILE_NOT_TEXT),
    ],
)
def test_what_cannot_be_put_in_is_a_finding(folder: Folder, written: str, code: Code) -> None:
    (folder.root.parent / "b.md").write_text("secret")
    finding = folder.refusal({"a.md": f"# T\n\nx\n\n{written}\n", "bin.txt": b"\xff\xfe\xff"})
    assert finding.code is code
    assert finding.at is not None
    assert finding.at == Location("a.md", 5, 1) or finding.at.path == "bin.txt"


def test_files_that_double_themselves_are_bounded(folder: Folder) -> None:
    files: dict[str, str | bytes] = {"a.md": "# T\n\n" + "[include: b0.md]\n\n" * 9}
    files |= {f"b{n}.md": f"[include: b{n + 1}.md]\n\n" * 9 for n in range(8)}
    files["b8.md"] = "word " * 20
    folder.write(files)
    findings = folder.read(Limits(source_bytes=20_000))[1]
    assert {found.code for found in findings} == {Code.FILE_TOO_LARGE}
    assert len(findings) == 1


# languages


def test_another_language_is_left_out(folder: Folder) -> None:
    text = "# T\n\n!!! only lang=ja\n    A\n\n    B\n\n!!! only lang=en,fr\n    C\n\n    - d\n\nE\n"
    assert text_of(folder, {"a.md": text}) == "# T\n\n\n\n\nC\n\n- d\n\nE\n"


def test_an_edition_stays_to_be_asked_later(folder: Folder) -> None:
    text = "# T\n\n!!! only print lang=en\n    A\n"
    assert text_of(folder, {"a.md": text}) == "# T\n\n!!! only print\n    A\n"
