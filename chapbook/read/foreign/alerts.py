"""Alerts in a quotation: `> [!NOTE]`. https://docs.github.com/en/get-started/writing-on-github"""

import re
from collections.abc import Iterator

from chapbook.read.foreign.divs import BOXES
from chapbook.read.foreign.page import Page
from chapbook.spliced import Edit

ALERT = re.compile(
    r"^ {0,3}>[ ]?\[!(?P<kind>[A-Za-z]+)\][ \t]*(?P<title>[^\n]*)\n"
    r"(?P<rest>(?: {0,3}>[^\n]*(?:\n|\Z))*)",
    re.M,
)
SIGN = re.compile(r"^ {0,3}>[ ]?", re.M)


def box_alerts(page: Page) -> Iterator[Edit]:
    """Make boxes of them."""
    if "[!" not in page.text.text:
        return
    for match in page.find(ALERT):
        kind = BOXES.get(match["kind"].lower())
        if kind is None:
            page.report(match.start("kind"), f"“{match['kind']}” is no alert that is known")
            continue
        title = f' "{match["title"].strip()}"' if match["title"].strip() else ""
        start = match.start("rest")
        yield page.put(match.start(), start, f"!!! {kind}{title}\n")
        for sign in SIGN.finditer(page.text.text, start, match.end()):
            yield page.put(*sign.span(), "    ")
