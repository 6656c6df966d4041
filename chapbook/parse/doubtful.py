"""What looks like a brace mark and is none, left in the text as it was written."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from chapbook.diagnostics import Code, Diagnostic, Location, warning
from chapbook.parse.dialect.braces import BY_WORD
from chapbook.parse.letters import letters_of
from chapbook.parse.positions import Positions
from chapbook.parse.walk import Draft

BRACE = re.compile(r"\{[ ]*(?P<word>[A-Za-z]+(?:-[A-Za-z]+)*)(?P<colon>[ ]*:)?(?=[ }|:])")
ALIKE = 0.75


def doubtful_braces(positions: Positions) -> Iterator[Diagnostic]:
    """Report each at its place; none where its author has escaped the brace."""
    for draft in positions.walk.drafts:
        if "{" not in draft.prose:
            continue
        for match in BRACE.finditer(draft.prose):
            word = _meant(match)
            at = _place(positions, draft, match) if word else None
            if at is not None:
                message = f"“{match.group().strip()}…” is no mark that can be read, and stays text"
                example = f"write {BY_WORD[word].example}"
                hint = "or a backslash before the brace, if it is text"
                yield warning(Code.UNKNOWN_MARK, message, at, example, hint)


def _meant(match: re.Match[str]) -> str:
    """Give the word that was meant, '' where the braces are text."""
    word = match["word"].casefold()
    if word in BY_WORD:
        return word
    near = get_close_matches(word, BY_WORD, n=1, cutoff=ALIKE) if match["colon"] else []
    return near[0] if near else ""


def _place(positions: Positions, draft: Draft, match: re.Match[str]) -> Location | None:
    letters = len(letters_of(draft.text[: match.start("word")]))
    offset = positions.offset_in(draft, letters)
    if offset is None:
        return positions.of_draft(draft)
    start = positions.text.rfind("{", 0, offset)
    is_escaped = positions.text[start - 1 : start] == "\\"
    return None if is_escaped else positions.places.locate(start)
