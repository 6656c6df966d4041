"""Read the selectors of a style sheet, those of nested rules too (CSS Nesting, 2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import tinycss2

COMBINATORS = frozenset({">", "+", "~"})
Tokens = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One compound selector, and how it stands to the one before it: ` `, `>`, `+`, `~`.

    `element` is the name that it asks for, in small letters, '' where any will do; `pseudo` are
    the names behind its colons.
    """

    combinator: str
    element: str
    pseudo: tuple[str, ...]
    text: str


@lru_cache(maxsize=2)
def selectors_of(stylesheet: str) -> tuple[str, ...]:
    """Give the list of selectors of every rule that is not for pages."""
    return tuple(_selectors(rules_of(stylesheet), ""))


def rules_of(stylesheet: str) -> list[Any]:
    """Give the rules of a style sheet."""
    found = tinycss2.parse_stylesheet(stylesheet, skip_comments=True, skip_whitespace=True)
    return [rule for rule in found if rule.type in ("qualified-rule", "at-rule")]


def _selectors(rules: Sequence[Any], around: str) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            own = _inside(around, tinycss2.serialize(rule.prelude).strip())
            yield own
            inner = tinycss2.parse_blocks_contents(rule.content)
            yield from _selectors([one for one in inner if one.type == "qualified-rule"], own)
        elif rule.content and rule.lower_at_keyword != "page":
            yield from _selectors(rules_of(tinycss2.serialize(rule.content)), around)


def _inside(around: str, own: str) -> str:
    """Write the selectors of a rule as they would stand outside of the rule around it."""
    if not around:
        return own
    return own.replace("&", f":is({around})") if "&" in own else f":is({around}) :is({own})"


def paths_of(selectors: str) -> list[tuple[Step, ...]]:
    """Take a list of selectors apart; what stands in `:is()` or `:has()` is a path of its own.

    Where `:has()` looks beside an element, its path begins with that element.
    """
    tokens = tinycss2.parse_component_value_list(selectors, skip_comments=True)
    return list(_paths(tokens, None))


def _paths(tokens: Tokens, outer: Step | None) -> Iterator[tuple[Step, ...]]:
    for part in _parted(tokens):
        steps = []
        for combinator, compound in _compounds(part):
            step = Step(
                combinator, _element(compound), _pseudo(compound), tinycss2.serialize(compound)
            )
            steps.append(step)
            for token in compound:
                if token.type == "function":
                    looks_beside = token.lower_name == "has"
                    beside = replace(step, pseudo=(), text=step.element) if looks_beside else None
                    yield from _paths(token.arguments, beside)
        if steps:
            is_beside = outer is not None and steps[0].combinator in ("+", "~")
            yield (outer, *steps) if is_beside and outer else tuple(steps)


def _parted(tokens: Tokens) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _compounds(tokens: Tokens) -> Iterator[tuple[str, list[Any]]]:
    combinator, compound = "", list[Any]()
    for token in tokens:
        is_sign = token.type == "literal" and token.value in COMBINATORS
        if token.type != "whitespace" and not is_sign:
            compound.append(token)
            continue
        if compound:
            yield combinator or " ", compound
            combinator, compound = "", []
        if is_sign:
            combinator = token.value
    if compound:
        yield combinator or " ", compound


def _pseudo(compound: Tokens) -> tuple[str, ...]:
    named = [b for a, b in pairwise(compound) if a == ":" and b.type in ("ident", "function")]
    return tuple([one.lower_name if one.type == "function" else one.lower_value for one in named])


def _element(compound: Tokens) -> str:
    return str(compound[0].lower_value) if compound[0].type == "ident" else ""
