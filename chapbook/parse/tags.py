"""Which HTML a book may hold, and what becomes of the rest.

Both the sanitiser and the search for what was taken out read these lists, so that they agree.
"""

import re
from enum import Enum
from html import unescape


def names(text: str) -> frozenset[str]:
    """Give the names in a text, parted by spaces."""
    return frozenset(text.split())


BLOCKS = names(
    "address article aside blockquote caption center dd details div dl dt figcaption figure footer"
    " h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot"
    " th thead tr ul col colgroup"
)
INLINE = names(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span"
    " strong sub sup time u var wbr"
)
ALLOWED = BLOCKS | INLINE
VOID = names("area base br col embed hr img input link meta param source track wbr")
# What stands inside these is not text of the book.
WITH_CONTENT = names(
    "audio canvas embed iframe math noembed noframes object script style svg template textarea"
    " title video xmp"
)
DANGEROUS = names("applet base embed form iframe link meta object script")

EVERYWHERE = frozenset({"id", "class", "lang", "dir", "title"})
ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"cite", "datetime"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "q": frozenset({"cite"}),
    "td": frozenset({"align", "colspan", "headers", "rowspan"}),
    "th": frozenset({"align", "colspan", "headers", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
ADDRESSES = frozenset({"href", "src", "cite"})
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
NUMBERS = frozenset({"width", "height", "colspan", "rowspan", "span", "start", "value"})

TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>"
    r"(?:\s+[^\s\"'=<>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*+)\s*(?P<empty>/?)>"
)
ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'=<>/]+)(?:\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'=<>`]+)))?"
)
# An element within a line or a piece of HTML that goes with what is in it.
WITHIN = re.compile(
    rf"<(?P<gone>{'|'.join(sorted(WITH_CONTENT))})(?=[\s/>])[^<>]*>"
    r"(?:(?!\n[ \t]*\n)[\s\S])*?</(?P=gone)\s*>",
    re.IGNORECASE,
)
SCHEME = re.compile(r"[\s\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):")


class Fate(Enum):
    """What becomes of a tag: it stays, it goes (its text stays), or it was text all along."""

    KEEP = "keep"
    DROP = "drop"
    SHOW = "show"


class TagPolicy:
    """Decides on each tag of one file."""

    def __init__(self, text: str) -> None:
        """Learn which elements the file ever closes."""
        self.closed = {name.lower() for name in re.findall(r"</([A-Za-z][A-Za-z0-9-]*)", text)}

    def decide(self, tag: re.Match[str]) -> Fate:
        """Tell markup from a generic type such as `Vec<T>`, which no one closes or qualifies."""
        name = tag["name"].lower()
        if name in ALLOWED and tag["name"] in (name, name.upper()):
            return Fate.KEEP
        is_markup = (
            tag["end"]
            or tag["empty"]
            or "=" in tag["attributes"]
            or name in self.closed
            or name in WITH_CONTENT | DANGEROUS
        )
        return Fate.DROP if is_markup else Fate.SHOW

    def settle(self, html: str) -> str:
        """Take the unknown tags out of a piece of HTML and make text of those that are text."""
        return TAG.sub(self._settle, WITHIN.sub("", html))

    def _settle(self, tag: re.Match[str]) -> str:
        match self.decide(tag):
            case Fate.KEEP:
                return tag.group()
            case Fate.DROP:
                return ""
            case Fate.SHOW:
                return "&lt;" + tag.group()[1:]


def is_safe_address(address: str) -> bool:
    """Whether an address is relative or of a scheme that a book may name, however it is spelled."""
    scheme = SCHEME.match(unescape(address))
    return scheme is None or scheme[1].lower() in SCHEMES
