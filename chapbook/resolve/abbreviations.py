"""Spell abbreviations out where they are first used, and list them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape, unescape

from chapbook.apparatus import Abbreviation
from chapbook.collation import Collation
from chapbook.model import Division, Kind, Passage
from chapbook.resolve.drafts import Draft
from chapbook.scholarship import SpellOut

USE = re.compile(r'<abbr title="(?P<meaning>[^"]*)">(?P<short>[^<]*)</abbr>')
BLOCK = re.compile(r'data-block="([^"]*)"')
SIGN = "\ufffc"


def abbreviations_of(drafts: Sequence[Draft], collation: Collation) -> list[Abbreviation]:
    """Give the abbreviations that the book uses, each meaning once, sorted."""
    found: dict[tuple[str, str], Abbreviation] = {}
    for draft in drafts:
        for one in draft.chapter.apparatus.abbreviations if draft.chapter else ():
            found.setdefault((one.short, one.meaning), one)
    return sorted(found.values(), key=lambda one: collation.key(f"{one.short} {one.meaning}"))


def list_abbreviations(listed: Sequence[Abbreviation]) -> tuple[str, list[Passage]]:
    """Give the list in neutral markup, and what it must show."""
    pieces, passages = [], []
    for number, one in enumerate(listed, 1):
        blocks = f"abbreviation-{number}", f"abbreviation-{number}-meaning"
        pieces.append(
            f'<dt data-block="{blocks[0]}">{escape(one.short, quote=False)}</dt>'
            f'<dd data-block="{blocks[1]}">{escape(one.meaning, quote=False)}</dd>'
        )
        passages.append(Passage(blocks[0], Kind.TEXT, one.short, one.at))
        passages.append(Passage(blocks[1], Kind.TEXT, one.meaning, one.at))
    return f'<dl class="abbreviations">{"".join(pieces)}</dl>', passages


class SpeltOut:
    """Spells abbreviations out, in the text of one division after the other."""

    def __init__(self, policy: SpellOut) -> None:
        """Do it as the book wishes."""
        self.policy = policy
        self.met: set[str] = set()

    def spell(self, division: Division) -> Division:
        """Write behind the first use of each abbreviation what it means."""
        if self.policy is SpellOut.NEVER or "<abbr title=" not in division.xhtml:
            return division
        if self.policy is SpellOut.CHAPTER:
            self.met.clear()
        spelt: dict[str, set[str]] = {}

        def write(match: re.Match[str]) -> str:
            short = unescape(match["short"])
            if short in self.met or _is_in_heading(division.xhtml, match.start()):
                return match.group()
            self.met.add(short)
            block = BLOCK.findall(division.xhtml, 0, match.start())
            spelt.setdefault(block[-1] if block else "", set()).add(short)
            return f'{match.group()} <span class="spelt-out">({match["meaning"]})</span>'

        xhtml = USE.sub(write, division.xhtml)
        passages = tuple(_with_room(p, spelt.get(p.block, set())) for p in division.passages)
        return replace(division, xhtml=xhtml, passages=passages)


def _is_in_heading(xhtml: str, place: int) -> bool:
    begun = max(xhtml.rfind(f"<h{level}", 0, place) for level in range(2, 7))
    return begun >= 0 and xhtml.find("</h", begun, place) < 0


def _with_room(passage: Passage, shorts: set[str]) -> Passage:
    """Let a passage have room for what the house adds behind an abbreviation."""
    text = passage.text
    for short in sorted(shorts):
        text = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", lambda found: found[0] + SIGN, text)
    return replace(passage, text=text) if text != passage.text else passage
