"""How a line of a block begins, by the rules of CommonMark."""

import re

from chapbook.parse.marks import STASHED

# https://spec.commonmark.org/0.31.2/#list-items
MARKER = re.compile(
    r"(?P<indent> {0,3})(?P<mark>[-+*]|(?P<number>\d{1,9})(?P<end>[.)]))(?P<room> +|$)"
)
HEADING = re.compile(r" {0,3}(?P<level>#{1,6})(?:[ ]+(?P<words>.*?))??(?:[ ]+#+)?[ ]*$")
RULE = re.compile(r" {0,3}(?:(?:\*[ ]*){3,}|(?:_[ ]*){3,}|(?:-[ ]*){3,})$")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ ]*$")
QUOTE = re.compile(r" {0,3}>")
ADMONITION = re.compile(
    r'!!! ?(?P<kind>[\w-]+(?: +[\w-]+)*)(?: +"(?P<title>.*)")?'
    r"(?:[ ]+\{(?::|(?=[ ]*[#.]))(?P<attributes>[^{}]*)\})?[ ]*$"
)
DEFINITION = re.compile(r" {0,3}:[ ]+(?=\S)")
# Lines of words above the line of dashes that ends the head of a table.
MOST_HEADS = 5
TABLE_NOTE = re.compile(r" {0,3}Table note:[ ]+(?=\S)")
SEPARATOR = re.compile(r"[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")


def width_of(line: str) -> int:
    """Give the number of spaces before the first character."""
    return len(line) - len(line.lstrip(" "))


def is_stashed(line: str) -> bool:
    """Whether a line holds nothing but the sign of a block that was taken out."""
    return STASHED.fullmatch(line.strip()) is not None


def is_item(line: str) -> bool:
    """Whether a line begins an item of a list."""
    return MARKER.match(line) is not None and RULE.match(line) is None


def stands_alone(line: str) -> bool:
    """Whether a line is a block of its own, whatever follows."""
    return is_stashed(line) or bool(HEADING.match(line)) or bool(RULE.match(line))


def interrupts(line: str) -> bool:
    """Whether a line ends the paragraph before it."""
    if stands_alone(line) or QUOTE.match(line) or ADMONITION.match(line) or STASHED.search(line):
        return True
    item = MARKER.match(line)
    if item is None or not line[item.end() :].strip():
        return False
    return item["number"] in (None, "1")


def is_table(lines: list[str]) -> bool:
    """Whether the first lines of a block are the head of a table."""
    return head_lines(lines) > 0


def head_lines(lines: list[str]) -> int:
    """Count the lines of a table's head, which a line of dashes ends; 0 where there is none."""
    for place, line in enumerate(lines[: MOST_HEADS + 1]):
        if place and SEPARATOR.match(line) and "|" in lines[0] + line:
            return place
        if place and "|" not in line:
            return 0
    return 0
