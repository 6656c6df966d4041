"""The guides say what the program does: every key with its default, every name, every link."""

import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from chapbook.configure.lengths import RANGES
from chapbook.diagnostics import Code
from chapbook.paper import STOCKS
from chapbook.print_shop import SHEETS, Booklet, Cover, Paper, Price, Print, Spot, Trim
from chapbook.publish import ENDINGS
from chapbook.settings import BookSettings, Subject
from tests.conftest import ROOT

DOCS = ROOT / "docs"
GUIDE = (DOCS / "print-shop.md").read_text("utf-8")
AUTHORS = (DOCS / "authors.md").read_text("utf-8")
PAGES = sorted([*DOCS.glob("*.md"), DOCS / "writing" / "README.md", ROOT / "README.md"])
TABLES: dict[str, type] = {
    "[print]": Print,
    "[print.paper]": Paper,
    "[[print.spots]]": Spot,
    "[booklet]": Booklet,
    "[cover]": Cover,
    "[cover.price]": Price,
}
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def rows(table: str) -> list[tuple[str, str, str]]:
    """Give the key, the default and the words of each row below a heading of the guide."""
    section = GUIDE.split(f"### `{table}`\n", 1)[1].split("\n#", 1)[0]
    found = re.findall(r"^\| `([^`]+)` \| (.*?) ?\| (.+) \|$", section, re.MULTILINE)
    return [(key, default.strip("` "), words) for key, default, words in found]


def members(kind: Any) -> Iterator[str]:
    """Give the words that a key may have as its value."""
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        yield from kind
    for part in get_args(kind):
        yield from members(part)


def written(field: "Field[Any]", path: str) -> str:
    """Write a default as an author would; '' where there is none, or it is a table."""
    value = field.default
    if value in (MISSING, None) or is_dataclass(value) or field.name == "spots":
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple):
        return f"[{', '.join(f'{chr(34)}{one}{chr(34)}' for one in value)}]"
    is_length = path in RANGES and RANGES[path].unit == "mm" and value
    return f'"{value:g}mm"' if is_length else f"{value:g}"


def key_of(field: "Field[Any]") -> str:
    """Write the name of a field as `book.toml` does."""
    return field.name.replace("_", "-")


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_the_guide_has_every_key_in_order(table: str) -> None:
    assert [key for key, _, _ in rows(table)] == [key_of(one) for one in fields(TABLES[table])]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_the_guide_tells_the_defaults(table: str) -> None:
    path = table.strip("[]")
    expected = {key_of(f): written(f, f"{path}.{key_of(f)}") for f in fields(TABLES[table])}
    assert {key: default for key, default, _ in rows(table)} == expected


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_the_guide_names_every_value_that_a_key_may_have(table: str) -> None:
    said = {key: words for key, _, words in rows(table)}
    kinds = get_type_hints(TABLES[table])
    missing = [
        (key_of(one), value)
        for one in fields(TABLES[table])
        for value in members(kinds[one.name])
        if f'`"{value}"`' not in said[key_of(one)]
    ]
    assert not missing


def test_the_authors_guide_names_every_key_and_table_of_a_book() -> None:
    kinds = get_type_hints(BookSettings)
    for one in fields(BookSettings):
        key, kind = key_of(one), kinds[one.name]
        name = f"[{key}]" if is_dataclass(kind) else key
        parts = [part for part in get_args(kind) if is_dataclass(part)]
        is_list = any(part not in (Trim, Subject) for part in parts)
        assert not one.compare or f"`{f'[[{key}]]' if is_list else name}`" in AUTHORS, (
            f"{key} is not in the table of keys"
        )


def test_the_guide_knows_every_paper() -> None:
    listed = re.findall(r"^\| `([^`]+)`[^|]* \| ([^|]+) \|$", GUIDE, re.MULTILINE)
    known = {f"{kind} {word}" for kind, words in listed for word in re.split(r"[,\s]+", words)}
    missing = [
        stock.name
        for stock in STOCKS
        for word in stock.name.split()[1:]
        if f"{stock.name.split()[0]} {word}" not in known
    ]
    assert not missing


def test_the_guide_knows_every_sheet() -> None:
    (words,) = (words for key, _, words in rows("[booklet]") if key == "sheet")
    named = set(re.findall(r"`([^`{]+)`", words))
    for series in ("A", "B", "SRA"):
        ends = sorted(n for n in named if re.fullmatch(rf"{series}\d", n))
        numbers = range(int(ends[0][-1]), int(ends[-1][-1]) + 1)
        named |= {f"{series}{number}" for number in numbers}
    assert named == {sheet.name for sheet in SHEETS.values()}


def test_the_guides_name_every_edition_and_its_file() -> None:
    for edition, ending in ENDINGS.items():
        assert f'"{edition}"' in AUTHORS
        assert f"{ending}`" in AUTHORS + GUIDE


def test_every_finding_that_a_guide_links_is_one() -> None:
    linked = re.findall(r"diagnostics\.md#([\w-]+)", GUIDE)
    assert linked
    assert set(linked) <= {str(code) for code in Code}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_and_picture_of_a_guide_is_there(page: Path) -> None:
    missing = []
    for address in LINK.findall(CODE.sub("", page.read_text("utf-8"))):
        name, _, anchor = address.partition("#")
        if "://" in address:
            continue
        file = page.parent / name if name else page
        if not file.is_file() or (anchor and anchor not in anchors(file)):
            missing.append(address)
    assert not missing


def anchors(file: Path) -> set[str]:
    """Give the anchors that a page's headings have where it is shown."""
    headings = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
