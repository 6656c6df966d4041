"""The ids that an author gave, each of which may be given once in a file."""

import re

from chapbook.diagnostics import Code, Diagnostic, warning
from chapbook.parse.places import Places
from chapbook.parse.positions import Positions
from chapbook.parse.tags import ATTRIBUTE, Fate, TagPolicy

LISTED = re.compile(r"(?<=[\s{:])(?:#([^\s{}=]+)|id\s*=\s*[\"']?([^\s\"'{}]+))")


def repeated_ids(places: Places, policy: TagPolicy, stretches: list[Positions]) -> list[Diagnostic]:
    """Report each id that was given before."""
    given = sorted(pair for positions in stretches for pair in _given(policy, positions))
    firsts: dict[str, int] = {}
    found = []
    for offset, name in given:
        if name in firsts:
            first, at = places.locate(firsts[name]), places.locate(offset)
            message = f"the id “{name}” is given twice"
            where = f"line {first.line}" if first.path == at.path else str(first)
            hint = f"it was first given in {where}"
            found.append(warning(Code.DUPLICATE_ID, message, at, hint))
        firsts.setdefault(name, offset)
    return found


def _given(policy: TagPolicy, positions: Positions) -> list[tuple[int, str]]:
    found = []
    for offset, text in positions.written.attributes:
        if not positions.is_shown(offset, offset + len(text)):
            for match in LISTED.finditer(text):
                found.append((offset + match.start(), match[1] or match[2]))
    for offset, tag in positions.written.tags:
        if tag["end"] or policy.decide(tag) is not Fate.KEEP or "id" not in tag["attributes"]:
            continue
        if positions.is_shown(offset + 1, offset + 1 + len(tag["name"])):
            continue
        for match in ATTRIBUTE.finditer(tag["attributes"]):
            value = match["a"] or match["b"] or match["c"]
            if match["name"].lower() == "id" and value:
                start = offset + tag.start("attributes") - tag.start() + match.start()
                found.append((start, value))
    return found
