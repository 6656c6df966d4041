"""QR codes of links, for those who read on paper (ISO/IEC 18004), with the address beside.

They stand after the block in which the link is, in the print edition alone.
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from chapbook.compose.markup import classes

LEADS_OUT = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
# Millimetres: what a telephone reads from a hand's breadth away.
SIDE, MODULE = 15.0, 0.4
QUIET = 4  # modules around the code that stay white
LONGEST = 600  # signs; more would make a code of a hand's size
PLACES = frozenset(
    {"p", "li", "dd", "dt", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "div"}
)
WHOLE = frozenset({"figure", "table", "header"})
INSIDE = frozenset({"li", "dd", "dt"})


def show_codes(root: Element, of_all: bool) -> None:
    """Put a code after each block that has a link of the class `qr`, or any where `of_all`.

    A link of the class `no-qr` has none. An address has one code in a tree.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    seen: set[str] = set()
    groups: dict[Element, list[str]] = {}
    for link in root.iter("a"):
        address = link.get("href", "")
        if _is_wanted(link, of_all) and address not in seen:
            seen.add(address)
            groups.setdefault(_block_of(link, parents), []).append(address)
    for block, addresses in groups.items():
        _put(block, parents, addresses)


def _is_wanted(link: Element, of_all: bool) -> bool:
    names = classes(link)
    address = link.get("href", "")
    can_be = LEADS_OUT.match(address) is not None and len(address) <= LONGEST
    return can_be and ("qr" in names or (of_all and "no-qr" not in names))


def _block_of(link: Element, parents: Mapping[Element, Element]) -> Element:
    """Give what a code stands after: the paragraph, or the whole table, figure or verse."""
    block, here = link, parents.get(link)
    is_found = False
    while here is not None and here in parents:
        is_whole = here.tag in WHOLE or "verse" in classes(here)
        if is_whole or (here.tag in PLACES and not is_found):
            block, is_found = here, True
        here = parents.get(here)
    return block


def _put(block: Element, parents: Mapping[Element, Element], addresses: list[str]) -> None:
    holder = Element("div", {"class": "qr-codes"})
    for address in addresses:
        code = SubElement(holder, "div", {"class": "qr-code"})
        drawn = draw_code(address)
        code.append(drawn)
        # The margin of the page is white as well: the code itself begins where the text does.
        code.set("style", f"margin-left:-{_quiet(drawn):.2f}mm")
        words = SubElement(code, "p", {"class": "address"})
        words.text = address.removeprefix("mailto:").removeprefix("tel:")
    if block.tag in INSIDE:
        block.append(holder)
        return
    parent = parents[block]
    holder.tail, block.tail = block.tail, None
    parent.insert(list(parent).index(block) + 1, holder)


def _quiet(drawn: Element) -> float:
    count = int(drawn.get("viewBox", "").split()[-1])
    return QUIET * max(SIDE, MODULE * count) / count


def draw_code(address: str) -> Element:
    """Draw the code of an address, with its quiet zone; screen readers have the address itself."""
    import segno

    modules = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix]
    count = len(modules) + 2 * QUIET
    size = max(SIDE, MODULE * count)
    drawn = Element("svg", {"viewBox": f"0 0 {count} {count}", "aria-hidden": "true"})
    drawn.set("style", f"width:{size:.2f}mm;height:{size:.2f}mm")
    runs = [
        f"M{run.start() + QUIET} {row + QUIET}h{len(run[0])}v1h-{len(run[0])}z"
        for row, line in enumerate(modules)
        for run in re.finditer(b"\x01+", line)
    ]
    SubElement(drawn, "path", {"d": "".join(runs), "fill": "#000"})
    return drawn
