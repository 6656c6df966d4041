"""Say to e-readers what verse, letters, sidebars and pull quotes are.

https://www.w3.org/TR/epub-ssv-11/, and for what that has no word for
https://www.daisy.org/z3998/2012/vocab/structure/, whose prefix a document declares.
"""

from xml.etree.ElementTree import Element

from chapbook.compose.markup import EPUB, classes

TYPE = f"{{{EPUB}}}type"
KINDS = {
    "letter": "z3998:letter",
    "line": "z3998:verse",
    "pull-quote": "pullquote",
    "sidebar": "sidebar",
    "signature": "z3998:signature",
    "salutation": "z3998:salutation",
    "verse": "z3998:poem",
}
# A pull quote needs no words to say what it is where it is passed over, else a role does.
ROLES = {"pull-quote": "doc-pullquote", "sidebar": "note"}


def settle_forms(root: Element) -> None:
    """Give each such element its type and role, and number the lines that have a number."""
    for element in root.iter():
        for name in classes(element):
            if name in KINDS and element.tag in ("aside", "div", "p"):
                element.set(TYPE, KINDS[name])
                if name in ROLES:
                    element.set("role", ROLES[name])
    for line in [e for e in root.iter("div") if "data-line" in e.attrib]:
        number = Element("span", {"class": "line-number", "aria-hidden": "true"})
        number.text, number.tail = line.attrib["data-line"], line.text
        line.text = None
        line.insert(0, number)
    _hide_repeated(root)


def _hide_repeated(root: Element) -> None:
    """Let a pull quote be passed over by those who listen, where the text says it all the same."""
    quotes = [e for e in root.iter("aside") if "pull-quote" in classes(e)]
    if not quotes:
        return
    text = _letters(root)
    for quote in quotes:
        said = "".join(_letters(e) for e in quote if "attribution" not in e.get("class", ""))
        is_linked = any(e.tag == "a" for e in quote.iter())
        if said and text.count(said) > 1 and not is_linked:
            quote.set("aria-hidden", "true")


def _letters(element: Element) -> str:
    return "".join(sign for sign in "".join(element.itertext()).casefold() if sign.isalnum())
