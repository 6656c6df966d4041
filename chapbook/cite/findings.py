"""What is wrong with citations, as the author is told it."""

import json
from collections.abc import Iterable
from difflib import get_close_matches

from chapbook.diagnostics import Code, Diagnostic, Location, error, warning
from chapbook.model import Cite, Work

NAMED = ("author", "editor", "translator", "title", "container-title", "URL")


def unknown_work(cite: Cite, known: Iterable[str]) -> Diagnostic:
    """Say that a key names nothing."""
    folded = {key.casefold(): key for key in known}
    near = get_close_matches(cite.key.casefold(), folded, n=1, cutoff=0.6)
    hints = [f"did you mean “@{folded[near[0]]}”?"] if near else []
    hints.append(f"write \\@{cite.key} where it is no citation")
    message = f"no list of sources has the key “{cite.key}”"
    return error(Code.UNKNOWN_WORK, message, cite.at, *hints)


def describe_lack(work: Work) -> Diagnostic | None:
    """Say that a work is cited of which nothing is told; None where enough is."""
    csl = json.loads(work.csl)
    if any(csl.get(name) for name in NAMED):
        return None
    message = f"“{work.key}” is cited, but its entry has neither author nor title"
    return warning(Code.SOURCE_INCOMPLETE, message, work.at, "tell at least its title")


def style_fault(problem: str, path: str, line: int) -> Diagnostic:
    """Say what is wrong with a style that can be used all the same."""
    hint = "styles that are known to be sound are at https://citationstyles.org"
    return warning(Code.CITATION_STYLE, f"the style breaks a rule of CSL: {problem}",
                   Location(path, line), hint)  # fmt: skip


def no_style(problem: str, at: Location | None, *hints: str) -> Diagnostic:
    """Say that a style can not be used."""
    return error(Code.CITATION_STYLE, problem, at, *hints)
