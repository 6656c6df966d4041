"""Asks each pattern of what stands inside a line only where its sign is there at all."""

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor as Base
from markdown.util import AtomicString

# What must stand in a text for the pattern of this name to find anything: one of these two.
SIGNS = {
    "backtick": ("`",),
    "formulas": ("$",),
    "braces": ("{",),
    "ruby": ("{",),
    "hard_break": ("\\\n",),
    "escape": ("\\",),
    "calls": ("[^",),
    "citations": ("@",),
    "cited_in_text": ("@",),
    **dict.fromkeys(("spans", "spans_1", "spans_2", "spans_3"), ("]{",)),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "dropped": ("</",),
    "html": ("<",),
    "addresses": ("://",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
    "delimiter": ("~",),
}


class InlineProcessor(Base):
    """Does what its base does.

    Its name is that of its base so that it can replace a method that is private there.
    """

    def __init__(self, md: Markdown) -> None:
        """Work for `md`, whose patterns are known when it is first run."""
        super().__init__(md)
        self._asked: list[tuple[Pattern, str, str]] = []

    def __handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        asked = self._asked or self._ask()
        for place in range(patternIndex, len(asked)):
            pattern, sign, other = asked[place]
            is_found = sign in data or other in data
            here = 0
            while is_found:
                data, is_found, here = self.__applyPattern(pattern, data, place, here)  # type: ignore[attr-defined]
        return data

    def _ask(self) -> list[tuple[Pattern, str, str]]:
        patterns = self.md.inlinePatterns
        signs = {patterns.get_index_for_name(name): either for name, either in SIGNS.items()}
        for place, pattern in enumerate(patterns):
            either = signs.get(place, ("",))
            self._asked.append((pattern, either[0], either[-1]))
        return self._asked


class Signs(Extension):
    """Registers the above in the place of Python-Markdown's own."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what this file holds."""
        md.treeprocessors.register(InlineProcessor(md), "inline", 20)
