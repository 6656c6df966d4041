"""Quarto's shortcodes: `{{< include part.qmd >}}`. https://quarto.org/docs/extensions/shortcodes.html"""

import re
from collections.abc import Iterator

from chapbook.read.foreign.page import Page
from chapbook.read.variables import written
from chapbook.spliced import Edit

SHORTCODE = re.compile(r"\{\{<[ \t]*(?P<word>[\w-]+)[ \t]*(?P<rest>[^{}\n]*?)[ \t]*>\}\}")


def settle_shortcodes(page: Page) -> Iterator[Edit]:
    """Write includes, variables and page breaks as ours; take the others out."""
    for match in page.find(SHORTCODE):
        rest = match["rest"].strip("\"'")
        match match["word"]:
            case "include" | "embed":
                yield page.put(*match.span(), f"[include: {rest}]")
            case "pagebreak":
                yield page.put(*match.span(), "[page break]")
            case "var" | "meta" if rest in page.values:
                start = page.text.text.rfind("\n", 0, match.start()) + 1
                before = page.text.text[start : match.start()]
                after = page.text.text[match.end() : match.end() + 1]
                yield page.put(*match.span(), written(page.values[rest], before, after))
            case word:
                said = f"{word} {rest}" if word in ("var", "meta") else word
                page.report(match.start(), f"the shortcode “{said}” was left out")
                yield page.put(*match.span(), "")
