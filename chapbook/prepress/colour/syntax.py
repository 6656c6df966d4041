"""Content streams instruction by instruction (ISO 32000-1, 7.8.2), without taking them apart.

One expression reads an instruction, operands and all. What it cannot read (inline images, strings
with brackets three deep) is left to the library that reads everything, but slower.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_SPACE = rb"(?:[\x00\t\n\f\r ]|%[^\r\n]*)*+"
_FLAT = rb"\((?>[^()\\]|\\.)*+\)"
_NESTED = rb"\((?>[^()\\]|\\.|" + _FLAT + rb")*+\)"
_STRING = rb"\((?>[^()\\]|\\.|" + _NESTED + rb")*+\)"
_NAME = rb"/[^\x00\t\n\f\r ()<>\[\]{}/%]*+"
_WORD = rb"(?:true|false|null)(?![A-Za-z0-9*'\"])"
_OPERAND = rb"(?>[+\-.0-9]++|" + _NAME + rb"|<<|>>|<[0-9A-Fa-f\s]*+>|[\[\]]|" + _STRING
_OPERANDS = rb"((?:" + _OPERAND + rb"|" + _WORD + rb")" + _SPACE + rb")*+)"
_INSTRUCTION = re.compile(_SPACE + _OPERANDS + rb"([A-Za-z][A-Za-z0-9*]*+|['\"])", re.DOTALL)
_REST = re.compile(_SPACE + rb"\Z")
NUMBER = re.compile(rb"[+\-.0-9]+")


class UnreadableError(ValueError):
    """Raised where a stream has what the expression does not read."""


class Instruction(NamedTuple):
    """An instruction: where it starts and ends in the stream, its operands as written."""

    start: int
    end: int
    operands: bytes
    operator: bytes


def instructions(content: bytes) -> Iterator[Instruction]:
    """Give the instructions of a content stream. Raises `UnreadableError`."""
    at = 0
    for found in _INSTRUCTION.finditer(content):
        if found.start() != at or found[2] == b"BI":
            raise UnreadableError
        at = found.end()
        yield Instruction(found.start(), at, found[1], found[2])
    if not _REST.match(content, at):
        raise UnreadableError


def values(operands: bytes) -> tuple[float, ...]:
    """Give the numbers among operands; what is no number counts as 0."""
    return tuple(_value(written) for written in NUMBER.findall(operands))


def _value(written: bytes) -> float:
    try:
        return float(written)
    except ValueError:
        return 0.0


def written(numbers: tuple[float, ...]) -> bytes:
    """Write numbers as a content stream has them."""
    return b" ".join(b"%d" % n if n == int(n) else b"%.4f" % n for n in numbers)
