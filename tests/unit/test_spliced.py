"""However a text is put together, each character keeps the place at which it was written."""

from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.model import SourceFile
from chapbook.settings import FrontMatter
from chapbook.spliced import Edit, Spliced, join, whole
from chapbook.spliced import given as given_at

TEXT = st.text("ab \n", max_size=30)
CUTS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), TEXT), max_size=4)


def named(path: str, text: str) -> dict[str, str]:
    """Give each place of a text and the character that stands there."""
    source = SourceFile(path, text, FrontMatter())
    return {str(source.locate(offset)): sign for offset, sign in enumerate(text)}


def spliced(text: str, cuts: list[tuple[int, int, str]]) -> Spliced:
    """Replace stretches that do not overlap by texts of other files."""
    edits = []
    here = 0
    for number, (start, length, put) in enumerate(sorted(cuts)):
        start = min(max(start, here), len(text))
        here = min(start + length, len(text))
        edits.append(Edit(start, here, whole(f"{number}.md", put)))
    return whole("a.md", text).edit(edits)


@given(TEXT, CUTS)
@settings(max_examples=80, deadline=None)
def test_a_character_is_where_it_was_written(text: str, cuts: list[tuple[int, int, str]]) -> None:
    made = spliced(text, cuts)
    known = named("a.md", text)
    for number, (_, _, put) in enumerate(sorted(cuts)):
        known |= named(f"{number}.md", put)
    source = SourceFile("a.md", made.text, FrontMatter(), 0, made.pieces)
    for offset, sign in enumerate(made.text):
        at = made.locate(offset)
        assert known[str(at)] == sign
        assert source.locate(offset) == at


@given(TEXT, CUTS, st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=80, deadline=None)
def test_a_cut_keeps_places(
    text: str, cuts: list[tuple[int, int, str]], start: int, end: int
) -> None:
    made = spliced(text, cuts)
    part = made.cut(start, min(end, len(made.text)))
    assert part.text == made.text[start:end]
    for offset in range(len(part.text)):
        assert part.locate(offset) == made.locate(start + offset)


def test_a_value_stands_where_its_name_stood() -> None:
    text = whole("a.md", "one\ntwo {{x}} three")
    at = text.locate(8)
    made = text.edit([Edit(8, 13, given_at("a long\nvalue", at))])
    assert {str(made.locate(offset)) for offset in range(8, 20)} == {"a.md:2:5"}
    assert str(made.locate(made.text.index("three"))) == "a.md:2:11"


def test_nothing_joined_is_nothing() -> None:
    assert join([whole("a.md", ""), given_at("", whole("b.md", "b").locate(0))]).pieces == ()
