"""Quarto's references: `@fig-plan`, `[@sec-trees]`. https://quarto.org/docs/authoring/cross-references.html"""

import re
from collections.abc import Iterator

from chapbook.read.foreign.page import Page
from chapbook.spliced import Edit

KINDS = "fig|tbl|lst|sec|eq|nte|tip|wrn|imp|cau|thm|lem|cor|prp|def|exm|exr|rem|vid"
NAME = rf"(?P<minus>-)?@(?P<name>(?:{KINDS})-[\w:.-]*\w)"
BRACKETED = re.compile(
    rf"\[(?P<all>-?@(?:{KINDS})-[^\[\]@;]*(?:;[ ]*-?@(?:{KINDS})-[^\[\]@;]*)*)\]"
)
BARE = re.compile(rf"(?<![\w@.\[]){NAME}")
ONE = re.compile(NAME)


def refer(page: Page) -> Iterator[Edit]:
    """Write references as ours; what they name may be in another file."""
    if "@" not in page.text.text:
        return
    taken: list[tuple[int, int]] = []
    for match in page.find(BRACKETED):
        taken.append(match.span())
        links = (_link(page, one, match.start()) for one in ONE.finditer(match["all"]))
        yield page.put(*match.span(), ", ".join(links))
    for match in page.find(BARE):
        if not any(start <= match.start() < end for start, end in taken):
            yield page.put(*match.span(), _link(page, match, match.start()))


def _link(page: Page, match: re.Match[str], offset: int) -> str:
    address = page.targets.address(match["name"], page.path)
    if not address:
        page.report(offset, f"nothing in the book is called “{match['name']}”")
        return match.group().replace("@", "\\@")
    form = "{: .number }" if match["minus"] else ""
    return f"[]({address}){form}"
