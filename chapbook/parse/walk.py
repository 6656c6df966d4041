"""Walk through a finished tree: number its leaf blocks and note the words of each.

A leaf block is the innermost block that has words of its own. The words are noted in the order
of the source, so that they can be aligned with it.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from chapbook.conditions import END, editions_of, sign_of
from chapbook.diagnostics import Location
from chapbook.model import CITED, READING, READING_END, Kind
from chapbook.parse.letters import letters_of
from chapbook.parse.marks import AT, CALL, CITATION, MADE
from chapbook.parse.shaping.captions import AFTER, WRITTEN
from chapbook.parse.shaping.prose import VERBATIM
from chapbook.parse.tree import classes, inner_text, is_block, set_classes, squeeze

SIGN = "\ufffc"
CAPTION_APART = f"figcaption[@{WRITTEN}]"
LEGIBLE = re.compile(r"\S")
KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Kind.HEADING),
    **dict.fromkeys(("td", "th"), Kind.CELL),
    **dict.fromkeys(("figcaption", "caption"), Kind.CAPTION),
    "pre": Kind.CODE,
}


@dataclass(slots=True, eq=False)
class Draft:
    """The words of a block, or of an image.

    `prose` is `text` with its code blotted out; `top` counts the outermost blocks; `runs` are
    the places of its words among all runs, `place` is its own among all drafts. `twin` shows the
    same source a second time, and `is_made` says that its words are not in the source at all.
    `drawn` is the formula or chart whose words they are.
    """

    kind: Kind
    top: int
    owner: Element
    block: str = ""
    text: str = ""
    prose: str = ""
    runs: list[int] = field(default_factory=list)
    twin: "Draft | None" = None
    place: int = 0
    is_made: bool = False
    at: Location | None = None
    drawn: "Mark | None" = None


@dataclass(slots=True, eq=False)
class Mark:
    """A link, an image, the call of a note or a brace mark, and between which runs it stands.

    The kind of a brace mark is its word, `brace` its number; `number` that of a formula or a chart.
    """

    kind: str
    element: Element
    top: int
    first: int
    last: int = 0
    brace: int = -1
    number: int = -1


@dataclass(slots=True)
class _Segment:
    """Words of one block that no inner block interrupts."""

    draft: Draft
    pieces: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    images: list[Draft] = field(default_factory=list)


def _place_elsewhere(names: list[str]) -> Location | None:
    """Give the place that the classes of an element name, in another file than the source."""
    written = next((name.removeprefix(AT) for name in names if name.startswith(AT)), "")
    line, _, path = written.partition(":")
    return Location(unquote(path), int(line)) if path else None


class Walk:
    """What was found in one tree: `runs` are the letters of all words, in the order written."""

    def __init__(self, root: Element, note: str = "") -> None:
        """Walk through `root`; `note` is the key of the note whose tree it is."""
        self.note = note
        self.runs: list[str] = []
        self.starts: list[str] = []
        self.drafts: list[Draft] = []
        self.marks: list[Mark] = []
        self.top = 0
        self._count = 0
        self._figure: Element | None = None
        for self.top, child in enumerate(root):
            self._block(child)
        self.drafts = [draft for draft in self.drafts if draft.text]
        for place, draft in enumerate(self.drafts):
            draft.place = place

    # blocks

    def _block(self, element: Element) -> None:
        outer = self._figure
        if element.tag == "figure":
            self._figure = element
        self._inside_block(element)
        self._figure = outer

    def _inside_block(self, element: Element) -> None:
        if element.tag == "pre":
            self._code(element)
        elif element.tag == "figure" and (apart := element.find(CAPTION_APART)) is not None:
            self._caption_apart(element, apart)
        else:
            segment = self._begin(element)
            segment = self._inside(element, element, segment, False)
            self._end(segment)

    def _code(self, element: Element) -> None:
        draft = Draft(self._kind(element), self.top, element)
        self.drafts.append(draft)
        draft.text = inner_text(element).rstrip("\n")
        draft.prose = SIGN * len(draft.text)
        if draft.text.strip():
            self._run(draft, draft.text)
            self._number(draft)
        else:
            draft.text = ""

    def _caption_apart(self, figure: Element, caption: Element) -> None:
        """Walk through a figure as it was written, but keep the order in which it stands."""
        rest = [child for child in figure if child is not caption]
        is_after = caption.attrib.pop(WRITTEN) == AFTER
        drafts, marks = len(self.drafts), len(self.marks)
        for child in rest if is_after else [caption]:
            self._block(child)
        drafts_end, marks_end = len(self.drafts), len(self.marks)
        for child in [caption] if is_after else rest:
            self._block(child)
        self.drafts[drafts:] = self.drafts[drafts_end:] + self.drafts[drafts:drafts_end]
        self.marks[marks:] = self.marks[marks_end:] + self.marks[marks:marks_end]

    def _kind(self, element: Element) -> Kind:
        return Kind.NOTE if self.note else KINDS.get(element.tag, Kind.TEXT)

    def _number(self, draft: Draft) -> None:
        block = draft.owner.get("data-block")
        if block is None:
            self._count += 1
            block = str(self._count)
            if self.note:
                suffix = f".{self._count}" if self._count > 1 else ""
                block = f"note-{self.note}{suffix}"
            draft.owner.set("data-block", block)
        draft.block = block

    def _run(self, draft: Draft, text: str) -> None:
        letters = letters_of(text)
        if letters and not draft.is_made:
            draft.runs.append(len(self.runs))
            self.runs.append(letters)
            self.starts.append(text)

    # words

    def _begin(self, element: Element) -> _Segment:
        draft = Draft(self._kind(element), self.top, element)
        if MADE in classes(element):
            draft.is_made = True
            names = [name for name in classes(element) if name != MADE]
            draft.at = _place_elsewhere(names)
            set_classes(element, (name for name in names if not name.startswith(AT)))
        self.drafts.append(draft)
        return _Segment(draft)

    def _end(self, segment: _Segment) -> None:
        text = squeeze("".join(segment.pieces))
        draft = segment.draft
        if text.replace(SIGN, "").strip():
            draft.text = text
            is_code = segment.prose != segment.pieces
            draft.prose = squeeze("".join(segment.prose)) if is_code else text
            self._number(draft)
            self._find_twin(draft)
        for image in segment.images:
            if draft.block:
                image.owner = draft.owner
            self._number(image)

    def _find_twin(self, draft: Draft) -> None:
        """A caption made of the image's words has the same source as they."""
        figure = self._figure
        if KINDS.get(draft.owner.tag) is not Kind.CAPTION or figure is None:
            return
        if figure.find(".//figure") is not None:  # a caption of several has words of its own
            return
        image = next((d for d in reversed(self.drafts[-6:]) if d.owner.tag == "img"), None)
        if image is None or image.owner not in figure.iter("img"):
            return
        if letters_of(image.text) == letters_of(draft.text):
            draft.twin = image
            for run in draft.runs:
                self.runs[run] = self.starts[run] = ""

    def _inside(
        self, element: Element, owner: Element, segment: _Segment, is_code: bool
    ) -> _Segment:
        self._words(segment, element.text, is_code)
        for child in element:
            if is_block(child):
                self._end(segment)
                self._block(child)
                segment = self._begin(owner)
            else:
                segment = self._inline(child, owner, segment, is_code)
            self._words(segment, child.tail, is_code)
        return segment

    def _words(self, segment: _Segment, text: str | None, is_code: bool) -> None:
        if text:
            segment.pieces.append(text)
            segment.prose.append(LEGIBLE.sub(SIGN, text) if is_code else text)
            self._run(segment.draft, text)

    def _sign(self, segment: _Segment, sign: str = SIGN) -> None:
        segment.pieces.append(sign)
        segment.prose.append(sign)

    def _inline(self, child: Element, owner: Element, segment: _Segment, is_code: bool) -> _Segment:
        """Go through an inline element, between signs where it is for some editions alone."""
        editions = editions_of(classes(child)) if "class" in child.attrib else None
        if editions is None:
            return self._inline_whole(child, owner, segment, is_code)
        start, drafts = sign_of(editions), len(self.drafts)
        self._sign(segment, start)
        segment = self._inline_whole(child, owner, segment, is_code)
        self._sign(segment, END)
        for draft in self.drafts[drafts:]:
            if draft in segment.images:
                draft.text = f"{start}{draft.text}{END}"
                draft.prose = f"{start}{draft.prose}{END}"
        return segment

    def _inline_whole(
        self, child: Element, owner: Element, segment: _Segment, is_code: bool
    ) -> _Segment:
        if child.tag == "br":
            self._sign(segment)
        elif child.tag == "img":
            self._image(child, segment)
        elif child.tag == "math" or "data-chart" in child.attrib:
            self._drawn(child, segment)
        elif child.tag in ("ruby", "rt", "rp"):
            segment = self._gloss(child, owner, segment, is_code)
        elif "data-brace" in child.attrib:
            number = int(child.attrib["data-brace"])
            mark = Mark(child.attrib["data-mark"], child, self.top, len(self.runs), brace=number)
            self.marks.append(mark)
            segment = self._inside(child, owner, segment, is_code)
            mark.last = len(self.runs)
        elif child.tag == "a":
            segment = self._anchor(child, owner, segment, is_code)
        else:
            segment = self._inside(child, owner, segment, is_code or child.tag in VERBATIM)
        return segment

    def _anchor(self, child: Element, owner: Element, segment: _Segment, is_code: bool) -> _Segment:
        """Note the call of a note, a citation or a link, and the words of what is none of them."""
        if any(name.startswith(CALL) for name in classes(child)):
            self._sign(segment)
            self.marks.append(Mark("call", child, self.top, len(self.runs), len(self.runs)))
        elif child.get("class", "").startswith(CITATION):
            segment.pieces.append(CITED)
            segment.prose.append(CITED)
            self.marks.append(Mark("cite", child, self.top, len(self.runs), len(self.runs)))
        elif "href" in child.attrib:
            mark = Mark("link", child, self.top, len(self.runs))
            self.marks.append(mark)
            segment = self._inside(child, owner, segment, is_code)
            mark.last = len(self.runs)
            is_empty = not inner_text(child).strip() and mark.last == mark.first
            if is_empty or "page" in classes(child):
                self._sign(segment)  # the name of its target will stand here, or its page
        else:
            segment = self._inside(child, owner, segment, is_code)
        return segment

    def _gloss(self, child: Element, owner: Element, segment: _Segment, is_code: bool) -> _Segment:
        """Note a word and its readings; each reader sets one with marks in it in its own way."""
        if child.tag == "ruby":
            if all(e.tag in ("rt", "rp") and not len(e) for e in child):
                self._ruby(child, segment, is_code)
                return segment
            return self._inside(child, owner, segment, is_code)
        self._sign(segment)
        if child.tag == "rt":
            segment = self._inside(child, owner, segment, is_code)
            self._sign(segment)
        return segment

    def _ruby(self, ruby: Element, segment: _Segment, is_code: bool) -> None:
        """Note the words of a ruby, each reading between two signs: it is set in a row apart."""
        self._words(segment, ruby.text, is_code)
        for child in ruby:
            if child.tag == "rt" and child.text:
                self._sign(segment, READING)
                self._words(segment, child.text, is_code)
                self._sign(segment, READING_END)
            self._words(segment, child.tail, is_code)

    def _image(self, image: Element, segment: _Segment) -> None:
        self._sign(segment)
        mark = Mark("image", image, self.top, len(self.runs))
        self.marks.append(mark)
        alt = squeeze(image.get("alt", ""))
        if alt:
            draft = Draft(Kind.ALT, self.top, image, text=alt, prose=SIGN * len(alt))
            self.drafts.append(draft)
            segment.images.append(draft)
            self._run(draft, alt)
        mark.last = len(self.runs)

    def _drawn(self, element: Element, segment: _Segment) -> None:
        """Note a formula or a chart by the words that tell it, which no one wrote."""
        self._sign(segment)
        kind = "formula" if element.tag == "math" else "chart"
        number = int(element.attrib.pop("data-number", "-1"))
        mark = Mark(kind, element, self.top, len(self.runs), len(self.runs), number=number)
        self.marks.append(mark)
        words = squeeze(element.get("alttext") or element.get("aria-label") or "")
        draft = Draft(Kind.ALT, self.top, element, text=words, prose=SIGN * len(words), drawn=mark)
        self.drafts.append(draft)
        segment.images.append(draft)
