"""Whether a finished file is what it claims to be: PDF/X-4 or PDF/X-1a:2003.

There is no free validator for either, so each requirement is a rule of ours, with a name and the
clause that it is written from. The file is read from its bytes, as any other program would.
"""

import io

import pikepdf

from chapbook.prepress.standard import claims, colours, contents, files, pages
from chapbook.prepress.standard.rules import Breach, Claim, Rule
from chapbook.print_shop import Standard

__all__ = ["RULES", "Breach", "Rule", "check_standard"]

RULES: tuple[Rule, ...] = (
    *files.RULES,
    *claims.RULES,
    *pages.RULES,
    *contents.RULES,
    *colours.RULES,
)


def check_standard(pdf: bytes, standard: Standard) -> tuple[Breach, ...]:
    """Give every breach of the standard, rule by rule; nothing for no standard."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        claim = Claim(pdf, file, standard)
        return tuple(
            Breach(rule.name, rule.clause_of(standard), message)
            for rule in RULES
            if standard in rule.clauses
            for message in dict.fromkeys(rule.check(claim))
        )
