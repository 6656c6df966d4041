"""Calls of notes and references that lead to nothing, left in the text as they were written."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.parse.letters import letters_of
from chapbook.parse.positions import Positions
from chapbook.parse.scan import NoteText
from chapbook.parse.walk import Draft

CALL = re.compile(r"\[\^([^\]\s\ufffc]+)\]")
REFERENCE = re.compile(r"(?<![\w\])])\[([^\[\]]*\w[^\[\]]*)\] ?\[([^\[\]\ufffc]*)\]")


def dangling(positions: Positions, notes: tuple[NoteText, ...]) -> Iterator[Diagnostic]:
    """Report them at their places."""
    keys = sorted({note.key for note in notes})
    for draft in positions.walk.drafts:
        if "[" not in draft.prose:
            continue
        for match in CALL.finditer(draft.prose):
            at = _place(positions, draft, match.start(1), "[^")
            if at is not None:
                yield _unknown_note(match[1], keys, at)
        for match in REFERENCE.finditer(draft.prose):
            at = _place(positions, draft, match.start(1), "[")
            if at is not None:
                yield _unknown_reference(match[2] or match[1], at)


def _place(positions: Positions, draft: Draft, index: int, before: str) -> Location | None:
    """Give where a bracket was written, or None where its author has escaped it."""
    offset = positions.offset_in(draft, len(letters_of(draft.text[:index])))
    if offset is None:
        return positions.of_draft(draft)
    start = offset - len(before)
    if not positions.text.startswith(before, start):
        return positions.places.locate(offset)
    is_escaped = positions.text[start - 1 : start] == "\\"
    return None if is_escaped else positions.places.locate(start)


def _unknown_note(key: str, keys: list[str], at: Location) -> Diagnostic:
    near = get_close_matches(key, keys, n=1, cutoff=0.5)
    hint = f"did you mean [^{near[0]}]?" if near else f"add a line “[^{key}]: …”"
    return warning(Code.UNKNOWN_NOTE, f"there is no note “{key}”", at, hint)


def _unknown_reference(name: str, at: Location) -> Diagnostic:
    message = f"no line says where “{name}” leads, so its brackets stay in the text"
    return warning(Code.UNKNOWN_REFERENCE, message, at, f"add a line “[{name}]: address”")
