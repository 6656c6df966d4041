"""Every key of a TOML text has a place, and at that place stands the key."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.diagnostics import BookError, Code, Location
from chapbook.toml_source import KeyPath, read_toml

KEYS = st.sampled_from(["a", "b-c", "1", '"d.e"', "'f g'", '"\\u00e9 [x]"'])
SCALARS = st.sampled_from(
    [
        *("1", "-3.5e2", "true", "2026-11-24", "1979-05-27 07:32:00Z"),
        *('"x"', '""', "'c:\\'", '"a ] , } # = \\" b"'),
        '"""\n[not.a.table]\nx = 1\\"""" and ""more"""""',
        "'''\n[[no]]\n'''",
    ]
)
GAPS = st.sampled_from(["", " ", "\n", "\n  # a ] comment\n"])


@st.composite
def lists(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    gap = draw(GAPS)
    elements = draw(st.lists(values, max_size=3))
    comma = draw(st.sampled_from(["", ","])) if elements else ""
    return f"[{gap}{f'{gap},{gap}'.join(elements)}{gap}{comma}{gap}]"


@st.composite
def inline_tables(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    pairs = draw(st.dictionaries(KEYS, values, max_size=3))
    return "{ " + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + " }"


VALUES = st.recursive(
    SCALARS, lambda inner: st.one_of(lists(inner), inline_tables(inner)), max_leaves=6
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Lines that are each TOML; some together are not."""
    names = st.lists(KEYS, min_size=1, max_size=3).map(" . ".join)
    pair = st.builds("{} = {}".format, names, VALUES)
    header = st.sampled_from(["[{}]", "[[{}]]", "[ {} ] # [x]"])
    line = st.one_of(pair, st.builds(str.format, header, names), st.just("# [x]"))
    return "\n".join(draw(st.lists(line, max_size=10)))


@given(documents())
def test_every_key_and_element_has_a_place_where_it_stands(text: str) -> None:
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(BookError):
            read_toml(text, "book.toml")
        return
    table, places = read_toml(text, "book.toml")
    assert table == parsed
    expected = dict(walk(parsed, ()))
    assert set(places) - {()} == set(expected)
    for path, in_list in expected.items():
        stands = rest_of(text, places[path])
        if not in_list:
            assert tomllib.loads(f"{first_key(stands)} = 0") == {path[-1]: 0}


def walk(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, bool]]:
    in_list = isinstance(value, list)
    children = enumerate(value) if in_list else value.items() if isinstance(value, dict) else ()
    for key, child in children:
        yield (*path, str(key)), in_list
        yield from walk(child, (*path, str(key)))


def rest_of(text: str, place: Location) -> str:
    lines = text.split("\n")[place.line - 1 :]
    return "\n".join([lines[0][place.column - 1 :], *lines[1:]])


def first_key(text: str) -> str:
    if text[0] in "\"'":
        return text[: text.index(text[0], 1) + 1]
    return text[: next(i for i, c in enumerate(text + "=") if not (c.isalnum() or c in "-_"))]


def test_elements_stand_at_their_first_character() -> None:
    text = 'x = [\n  "one", # 1\n  [2, {y = 3}],\n]\n[[p]]\nq.r = 1\n[[p]]\n'
    _, places = read_toml(text, "b")
    assert {".".join(path): str(place) for path, place in places.items()} == {
        "": "b",
        "x": "b:1:1",
        "x.0": "b:2:3",
        "x.1": "b:3:3",
        "x.1.0": "b:3:4",
        "x.1.1": "b:3:7",
        "x.1.1.y": "b:3:8",
        "p": "b:5:3",
        "p.0": "b:5:3",
        "p.0.q": "b:6:1",
        "p.0.q.r": "b:6:3",
        "p.1": "b:7:3",
    }


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ('title = "A"\ntitle = "B"\n', "cannot overwrite a value", "b:2:12"),
        ("title = \n", "invalid value", "b:1:9"),
        ('title = "A', "unterminated string", "b:1:11"),
        ("x = 2026-02-30\n", "invalid date or datetime", "b:1:5"),
    ],
)
def test_what_is_not_toml_is_told_with_its_place(text: str, message: str, place: str) -> None:
    with pytest.raises(BookError) as raised:
        read_toml(text, "b")
    (found,) = raised.value.diagnostics
    assert (found.code, found.message, str(found.at)) == (Code.CONFIG_SYNTAX, message, place)


@pytest.mark.parametrize("text", ["x = " + "[" * 100_000, f"x = {'9' * 5000}"])
def test_hostile_toml_is_a_finding(text: str) -> None:
    with pytest.raises(BookError) as raised:
        read_toml(text, "b")
    assert raised.value.diagnostics[0].code is Code.CONFIG_SYNTAX
