"""Put citations into the text: words with links, or the calls of notes that hold them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape
from xml.etree.ElementTree import Element

from chapbook.cite.occurrences import Chapter, Occurrence, inside, tree
from chapbook.model import CITED, Division, Kind, Note, Passage

SIGN = "\ufffc"
AFTER = re.compile(r"[.,;:!?…]+[”’\")\]]*|[”’\")\]]+[.,;:!?…]*")  # noqa: RUF001
REFERENCE = re.compile(
    r'(?P<start><a\b[^<>]*href="(?P<href>book:[^"<>#]+#note [^"<>]+)"[^<>]*>)(?P<text>[^<]*)</a>'
)
# All tags at the beginning, and the first letter.
FIRST = re.compile(r"(?:<[^<>]*>)*[^<>&]")
WORD = re.compile(r"[^\W_]+")


def weave_text(chapter: Chapter) -> Division:
    """Give a division with its citations in the text."""
    words: dict[str, list[str]] = {}
    for one in chapter.cited:
        made = tree(f'<span class="citation" id="{one.id}">{one.xhtml}</span>')[0]
        if one.author:
            _write_before(one, f"{one.author} ", is_close=False)
        _replace(one, made)
        author = f"{one.author} " if one.author else ""
        words.setdefault(one.block, []).append(author + one.words)
    return _woven(chapter, words, {}, [])


def weave_notes(chapter: Chapter, moves_calls: bool) -> Division:
    """Give a division whose citations are notes; those in a note of the author's stay in it.

    `moves_calls`: a call comes after the stop that follows it.
    """
    words: dict[str, list[str]] = {}
    made: dict[str, Note] = {}
    passages: list[Passage] = []
    for number, one in enumerate(chapter.cited, 1):
        if one.note:
            _replace(one, tree(f'<span class="citation" id="{one.id}">{one.xhtml}</span>')[0])
            author = f"{one.author} " if one.author else ""
            words.setdefault(one.block, []).append(author + one.words)
            if one.author:
                _write_before(one, f"{one.author} ", is_close=False)
            continue
        key = f"cite-{number}"
        at = one.citation.cites[0].at
        block = f"note-{key}"
        _capitalise(one)
        inner = f'<span class="citation" id="{one.id}">{one.xhtml}</span>'
        text = f'<p data-block="{block}">{inner}</p>'
        made[key] = Note(key, 0, text, len(WORD.findall(one.words)), at)
        passages.append(Passage(block, Kind.NOTE, one.words, at))
        _write_before(one, one.author, is_close=not one.author)
        call = Element("a", {"class": "note-call", "data-note": key})
        stop = _replace(one, call, moves_calls)
        words.setdefault(one.block, []).append(f"\b{one.author}{stop}{SIGN}{len(stop)}\b")
    return _woven(chapter, words, made, passages)


def _capitalise(one: Occurrence) -> None:
    """Begin a note of its own with a capital letter, also where it begins with “see”."""
    if one.words[:1].islower() and (match := FIRST.match(one.xhtml)):
        start = match.end() - 1
        one.xhtml = f"{one.xhtml[:start]}{one.words[0].upper()}{one.xhtml[start + 1 :]}"
        one.words = f"{one.words[0].upper()}{one.words[1:]}"


def _woven(
    chapter: Chapter,
    words: Mapping[str, list[str]],
    made: Mapping[str, Note],
    passages: list[Passage],
) -> Division:
    division = chapter.division
    left = {block: list(texts) for block, texts in words.items()}
    woven = [_with_words(passage, left) for passage in division.passages]
    notes = [replace(n, xhtml=inside(chapter.notes[n.key])) for n in division.notes]
    if made:
        notes = _numbered(chapter, {**{n.key: n for n in notes}, **made})
    return replace(
        division,
        title_xhtml=inside(chapter.title),
        xhtml=inside(chapter.body),
        notes=tuple(notes),
        passages=(*woven, *passages),
        citations=(),
    )


def _numbered(chapter: Chapter, notes: Mapping[str, Note]) -> list[Note]:
    """Number the notes anew, in the order of their first calls."""
    calls = [e.get("data-note", "") for e in (*chapter.title.iter("a"), *chapter.body.iter("a"))]
    order = dict.fromkeys(key for key in (*calls, *notes) if key in notes)
    return [replace(notes[key], number=number) for number, key in enumerate(order, 1)]


def _with_words(passage: Passage, left: dict[str, list[str]]) -> Passage:
    """Put the words of its citations into a passage, in order."""
    if CITED not in passage.text:
        return passage
    text = passage.text
    waiting = left.get(passage.block, [])
    while CITED in text:
        words = waiting.pop(0) if waiting else SIGN
        before, _, after = text.partition(CITED)
        if words.startswith("\b"):  # the call of a note, drawn to the word before it
            shown, _, moved = words.strip("\b").partition(SIGN)
            before, after = before if shown[:1].isalnum() else before.rstrip(), after[int(moved) :]
            words = shown + SIGN
        text = before + words + after
    return replace(passage, text=text)


def _replace(one: Occurrence, made: Element, moves_calls: bool = False) -> str:
    """Put an element in the place of the citation; give the stop that was moved before it."""
    old = one.element
    tail, stop = old.tail or "", ""
    if moves_calls and (match := AFTER.match(tail)):
        stop = match.group()
        tail = tail[match.end() :]
        _write_before(one, stop, is_close=False)
    made.tail = tail
    place = list(one.parent).index(old)
    one.parent[place] = made
    return stop


def _write_before(one: Occurrence, words: str, is_close: bool) -> None:
    """Write words before the citation; `is_close`: the space before it goes."""
    place = list(one.parent).index(one.element)
    holder = one.parent[place - 1] if place else one.parent
    name = "tail" if place else "text"
    before = getattr(holder, name) or ""
    setattr(holder, name, (before.rstrip() if is_close else before) + words)


def renumbered(before: Iterable[Division], after: Iterable[Division]) -> list[Division]:
    """Put the new numbers of notes into the references to them."""
    old = {(d.id, note.key): note.number for d in before for note in d.notes}
    numbers = {
        escape(f"book:{d.id}#note {note.key}"): str(note.number)
        for d in after
        for note in d.notes
        if old.get((d.id, note.key), note.number) != note.number
    }
    if not numbers:
        return list(after)

    def renumber(match: re.Match[str]) -> str:
        number = numbers.get(match["href"])
        text = re.sub("[0-9]+", number, match["text"], count=1) if number else match["text"]
        return f"{match['start']}{text}</a>"

    return [
        replace(
            one,
            xhtml=REFERENCE.sub(renumber, one.xhtml),
            notes=tuple(
                replace(note, xhtml=REFERENCE.sub(renumber, note.xhtml)) for note in one.notes
            ),
        )
        for one in after
    ]
