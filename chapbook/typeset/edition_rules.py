"""Tell whether a chapter looks the same in every edition, and so need not be laid out for each.

The class of `<body>` is all that the editions differ in for a style rule.
"""

import re
from functools import lru_cache
from typing import Any

import cssselect2
import tinycss2

from chapbook.settings import Edition
from chapbook.typeset.selectors import selectors_of

CLASS = re.compile(rf"(?::not\(\s*)?\.(?:{'|'.join(Edition)})(?![\w-])(?:\s*\))?")


def is_bound_to_edition(root: Any, stylesheet: str) -> bool:
    """Whether a rule that asks for an edition has to do with anything below the root element."""
    matcher = _matcher(stylesheet)
    return any(matcher.match(element) for element in root.iter_subtree())


@lru_cache(maxsize=2)
def _matcher(stylesheet: str) -> Any:
    """Make a matcher of the rules that ask for an edition, as if every edition were meant."""
    matcher = cssselect2.Matcher()
    for selectors in selectors_of(stylesheet):
        if CLASS.search(selectors):
            for wanted in _compiled(CLASS.sub("", selectors)) or _compiled("*"):
                matcher.add_selector(wanted, None)
    return matcher


def _compiled(selectors: str) -> list[Any]:
    """Compile selectors; none where what is left of them is not one."""
    parts = [part.strip() or "*" for part in selectors.split(",")]
    try:
        tokens = tinycss2.parse_component_value_list(",".join(parts))
        return list(cssselect2.compile_selector_list(tokens))
    except cssselect2.SelectorError:
        return []
