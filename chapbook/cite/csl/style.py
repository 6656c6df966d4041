"""A style, read and ready: it sets one cite, or one entry of the list."""

import os
from collections.abc import Callable
from typing import Any

from citeproc import LANGUAGE_NAMES, LOCALES_PATH, PRIMARY_DIALECTS, SCHEMA_PATH
from citeproc.model import CitationStylesElement
from citeproc.string import join
from lxml import etree

from chapbook.cite.csl.elements import OWN, Sort, Watch
from chapbook.cite.csl.items import Item
from chapbook.cite.csl.punctuation import tidy
from chapbook.cite.csl.signs import LINK, LINK_END, Formatter, bare

NAMESPACE = "http://purl.org/net/xbiblio/csl"
Fault = tuple[str, int]  # what is wrong, and its line


class StyleError(Exception):
    """Raised where a style can not be used at all; holds its faults."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep what is wrong."""
        super().__init__(faults[0][0])
        self.faults = faults


class Style:
    """A style of CSL in one language. `faults` are what its schema has against it."""

    def __init__(self, text: str, language: str, collate: Callable[[str], Any]) -> None:
        """Read the style; raises `StyleError`."""
        self.root = _parse(text.encode())
        self.faults = _faults(self.root)
        if not self.root.tag.endswith("}style") or self.root.citation is None:
            is_dependent = self.root.find(f".//{{{NAMESPACE}}}link[@rel='independent-parent']")
            problem = (
                "the style names another that it depends on" if is_dependent is not None else ""
            )
            raise StyleError(self.faults or [(problem or "this is no style for citations", 1)])
        Sort.collate = staticmethod(collate)
        self.language = _locale(language)
        self.root.set("default-locale", self.language)
        self.root.formatter = Formatter()
        self.root.locales = _locales(self.root, self.language)
        for locale in self.root.locales:
            locale.style = self.root
        self.citation = self.root.citation
        self.layout = self.citation.layout
        self.bibliography = self.root.bibliography
        self.has_own_letters = "year-suffix" in text.replace("disambiguate-add-year-suffix", "")

    @property
    def is_notes(self) -> bool:
        """Whether citations are notes."""
        return bool(self.root.get("class") == "note")

    @property
    def is_listing(self) -> bool:
        """Whether the style has a list of works."""
        return self.bibliography is not None

    def option(self, name: str) -> str:
        """Give an option of the citations, '' where it is not set."""
        return str(self.citation.get(name) or "")

    def term(self, name: str) -> str:
        """Give a word of the style's language."""
        return str(self.root.get_single_term(name=name) or "")

    # citations

    def cite(self, item: Item, watch: Watch | None = None) -> str:
        """Set one cite with its signs, without what is around all of a citation."""
        item["watch"] = watch
        self.layout.repressed = {}
        return str(self.layout.render_children(item) or "")

    def join(self, cites: list[tuple[str, str]], is_plain: bool) -> str:
        """Set cites in one citation, each with what parts it from the one before.

        `is_plain`: without what the style puts before and after them.
        """
        delimiter = str(self.layout.get("delimiter", ""))
        whole: Any = ""
        for place, (between, text) in enumerate(cites):
            whole = join([whole, text], between or delimiter) if place else text
        made = whole if is_plain else self.layout.wrap(whole)
        return self.tidy(str(self.layout.format(made)))

    def sorted_cites(self, items: list[Item]) -> list[Item]:
        """Give the cites of one citation in the style's order."""
        sort = self.citation.find(f"{{{NAMESPACE}}}sort")
        return items if sort is None else list(sort.sort(items, self.layout))

    def linked(self, text: str) -> str:
        """Mark a cite as what leads to its entry."""
        return f"{LINK}{text}{LINK_END}" if bare(text).strip() else text

    # the list

    def sorted_works(self, items: list[Item]) -> list[Item]:
        """Give the items of the list in the style's order."""
        sort = self.bibliography.find(f"{{{NAMESPACE}}}sort") if self.is_listing else None
        return items if sort is None else list(sort.sort(items, self.bibliography.layout))

    def entry(self, item: Item, watch: Watch | None = None) -> tuple[str, str]:
        """Set an entry of the list: what stands before it in a column of its own, and the rest."""
        layout = self.bibliography.layout
        item["watch"] = watch
        layout.repressed = {}
        children = list(layout.iterchildren())
        label = ""
        if self.bibliography.get("second-field-align") and len(children) > 1:
            label = self.tidy(str(children[0].render(item) or ""))
            label = label if bare(label).strip() else ""
        whole = layout.wrap(layout.render_children(item) or "")
        text = self.tidy(str(layout.format(whole)))
        if label and text.startswith(label):
            return label, text[len(label) :].strip()
        return "", text

    @property
    def stand_in(self) -> str | None:
        """What stands in the list for an author who stood in the entry before, None for no such."""
        value = self.bibliography.get("subsequent-author-substitute") if self.is_listing else None
        return None if value is None else str(value)

    def tidy(self, text: str) -> str:
        """Tidy what stands twice where pieces meet."""
        is_inside = str(self.root.get_locale_option("punctuation-in-quote")).lower() == "true"
        marks = self.term("close-quote"), self.term("close-inner-quote")
        return tidy(text, marks if is_inside and all(marks) else None)


def _parser() -> etree.XMLParser:
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(NAMESPACE)
    namespace[None] = CitationStylesElement
    classes = [*CitationStylesElement.__subclasses__(), *OWN]
    namespace.update({one.__name__.replace("_", "-").lower(): one for one in classes})
    parser = etree.XMLParser(
        remove_comments=True, remove_pis=True, no_network=True, resolve_entities=False,
        load_dtd=False, huge_tree=False,
    )  # fmt: skip
    parser.set_element_class_lookup(lookup)
    return parser


def _parse(content: bytes) -> Any:
    try:
        return etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as fault:
        raise StyleError([(f"the style is not XML: {fault.msg}", fault.lineno or 1)]) from None


def _faults(root: Any) -> list[Fault]:
    schema = etree.RelaxNG(etree.parse(SCHEMA_PATH))
    if schema.validate(root.getroottree()):
        return []
    return [(str(one.message), int(one.line)) for one in schema.error_log][:3]


def _locale(language: str) -> str:
    if language in LANGUAGE_NAMES:
        return language
    return str(PRIMARY_DIALECTS.get(language.partition("-")[0], "en-US"))


def _locales(root: Any, language: str) -> list[Any]:
    """Give what the words of the style are looked for in, one after the other."""
    first = language.partition("-")[0]
    found = [
        *root.xpath_search(f'./cs:locale[@xml:lang="{language}"]')[:1],
        *root.xpath_search(f'./cs:locale[@xml:lang="{first}"]')[:1],
        *root.xpath_search("./cs:locale[not(@xml:lang)]")[:1],
    ]
    for tag in dict.fromkeys((language, str(PRIMARY_DIALECTS.get(first, "en-US")), "en-US")):
        path = os.path.join(LOCALES_PATH, f"locales-{tag}.xml")  # noqa: PTH118
        with open(path, "rb") as file:  # noqa: PTH123
            found.append(_parse(file.read()))
    return found
