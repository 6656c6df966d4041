"""Quarto's shortcodes: `{{< include part.qmd >}}`. https://quarto.org/docs/extensions/shortcodes.html"""

import re
from collections.abc import Iterator

from chapbook.read.foreign.page import Page
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
            case "var" | "meta":
                yield page.put(*match.span(), f"{{{{ {rest} }}}}")
            case word:
                page.report(match.start(), f"the shortcode “{word}” was left out")
                yield page.put(*match.span(), "")
