"""The dialect: Python-Markdown with its own extensions and ours, in one list.

`docs/dialect.md` shows what an author may write.
"""

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension

from chapbook.parse.dialect.attributes import Attributes
from chapbook.parse.dialect.blocks import Blocks, cut_notes, note_sign
from chapbook.parse.dialect.braces import BraceExtension
from chapbook.parse.dialect.captions import Captions
from chapbook.parse.dialect.citations import Citations
from chapbook.parse.dialect.code import Code
from chapbook.parse.dialect.conditions import Conditions
from chapbook.parse.dialect.context import Context
from chapbook.parse.dialect.deletions import Deletions
from chapbook.parse.dialect.figures import Figures
from chapbook.parse.dialect.formulas import FormulasExtension
from chapbook.parse.dialect.headings import Headings
from chapbook.parse.dialect.indented import Indented
from chapbook.parse.dialect.inline import Inline
from chapbook.parse.dialect.lists import ListsExtension
from chapbook.parse.dialect.quotes import QuotesExtension
from chapbook.parse.dialect.references import References
from chapbook.parse.dialect.ruby import RubyExtension
from chapbook.parse.dialect.signs import Signs
from chapbook.parse.dialect.spans import SpansExtension
from chapbook.parse.dialect.tables import TablesExtension
from chapbook.parse.dialect.tasks import Tasks

__all__ = ["Context", "write_html"]


def extensions(context: Context) -> list[Extension]:
    """Give every extension: first those of blocks, in the order in which they look at one."""
    return [
        Signs(),
        Blocks(context),
        Conditions(),
        Indented(),
        ListsExtension(context),
        QuotesExtension(context),
        Code(context),
        Captions(),
        TablesExtension(context),
        Headings(),
        AbbrExtension(),
        References(),
        FormulasExtension(context.formulas),
        BraceExtension(context.braces),
        RubyExtension(),
        Inline(context),
        SpansExtension(),
        Citations(context.citations),
        Deletions(),
        Tasks(),
        Attributes(),
        Figures(),
    ]


def write_html(context: Context) -> tuple[str, list[str]]:
    """Give the HTML of the text of a file, not yet sanitised, and that of each of its notes."""
    pieces = [context.scan.text]
    for number, note in enumerate(context.scan.notes):
        pieces += [note_sign(number), note.text]
    markdown = Markdown(extensions=extensions(context), output_format="html")
    text, *notes = cut_notes(markdown.convert("\n\n".join(pieces)))
    return text, notes
