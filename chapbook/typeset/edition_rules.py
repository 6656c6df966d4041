"""Tell whether a chapter looks the same in every edition, and so need not be laid out for each.

The class of `<body>` is all that the editions differ in for a style rule.
"""

import re
from functools import lru_cache
from typing import Any

import cssselect2

from chapbook.settings import Edition
from chapbook.typeset.selectors import selectors_of

_NAME = rf"\.(?:{'|'.join(Edition)})(?![\w-])"
CLASS = re.compile(rf":not\(\s*{_NAME}\s*\)|{_NAME}")
ANY = ":is(*)"


def is_bound_to_edition(root: Any, stylesheet: str) -> bool:
    """Whether a rule that asks for an edition has to do with anything below the root element."""
    matcher = _matcher(stylesheet)
    elements = root.iter_subtree()
    return any(one.local_name in ("style", "link") or matcher.match(one) for one in elements)


@lru_cache(maxsize=2)
def _matcher(stylesheet: str) -> Any:
    """Make a matcher of the rules that ask for an edition, as if every edition were meant."""
    matcher = cssselect2.Matcher()
    if "@import" in stylesheet.lower():
        matcher.add_selector(_compiled("*")[0], None)
    for selectors in selectors_of(stylesheet):
        if "[class" in selectors.replace(" ", ""):
            matcher.add_selector(_compiled("*")[0], None)
        elif CLASS.search(selectors):
            for wanted in _compiled(CLASS.sub(ANY, selectors)) or _compiled("*"):
                matcher.add_selector(wanted, None)
    return matcher


def _compiled(selectors: str) -> list[Any]:
    """Compile selectors; none where they do not match more than those that they came from."""
    if ":not(" in selectors:
        return []
    try:
        return list(cssselect2.compile_selector_list(selectors))
    except cssselect2.SelectorError:
        return []
