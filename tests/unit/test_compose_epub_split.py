"""Long documents are parted between blocks; no word and no link is lost on the way."""

import re
from collections import Counter
from xml.etree.ElementTree import Element

from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.compose.epub_split import Moved, Text, lead_on, part_texts
from chapbook.compose.markup import parse_document

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" '
    'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>A</title></head>\n<body>\n'
)
FOOT = "\n</body>\n</html>"
LIMIT = 2000
HEADINGS = {"h1", "h2", "h3"}


def document(inner: str, name: str = "a.xhtml") -> Text:
    section = f'<section id="one" class="chapter" role="doc-chapter"><h1>One</h1>{inner}</section>'
    return Text(name, HEAD + section + FOOT)


def parted(*texts: Text, limit: int = LIMIT) -> tuple[list[Text], Moved]:
    """Give all the parts, their links led on."""
    parts, moved = part_texts(texts, limit)
    led = [lead_on(part, moved, own[0].name) for own in parts for part in own]
    return led, moved


def body(text: Text) -> Element:
    found = parse_document(text.content).find("body")
    assert found is not None
    return found


def words(text: Text) -> list[str]:
    return " ".join(body(text).itertext()).split()


def places(texts: list[Text]) -> set[str]:
    return {
        f"{text.name}#{key}" for text in texts for e in body(text).iter() if (key := e.get("id"))
    }


def links(texts: list[Text]) -> list[str]:
    """Give where each link leads, as `document#id`."""
    found = [(t.name, e.get("href", "")) for t in texts for e in body(t).iter("a")]
    return [name + href if href.startswith("#") else href for name, href in found]


def long(words: int, key: str) -> str:
    return " ".join(f"{key}-{n}" for n in range(words))


def note(n: int) -> str:
    return (
        f'<aside role="doc-footnote" id="note-{n}"><p><a role="doc-backlink" href="#call-{n}">'
        f"{n}</a> remark-{n}</p></aside>"
    )


def call(n: int) -> str:
    return f'<sup><a role="doc-noteref" href="#note-{n}" id="call-{n}">{n}</a></sup>'


BLOCKS = st.sampled_from(["h2", "p", "ul", "ol", "blockquote", "table", "dl", "noted"])


def block(kind: str, n: int, targets: int) -> str:
    link = f'<a href="#b{(n * 7) % targets}">to-{n}</a> <a href="b.xhtml#k">out-{n}</a>'
    items = [f"{long(12, f'i{n}-{row}')}" for row in range(14)]
    made = {
        "h2": f'<h2 id="b{n}">head-{n}</h2>',
        "p": f'<p id="b{n}">{long(40, f"p{n}")} {link}</p>',
        "ul": f'<ul id="b{n}">' + "".join(f"<li>{i}</li>" for i in items) + "</ul>",
        "ol": f'<ol id="b{n}" start="3">' + "".join(f"<li>{i}</li>" for i in items) + "</ol>",
        "blockquote": f'<blockquote id="b{n}">' + "".join(f"<p>{i}</p>" for i in items)
        + "</blockquote>",
        "table": f'<div class="table"><table id="b{n}"><tbody>'
        + "".join(f"<tr><td>{i}</td><td>{link}</td></tr>" for i in items)
        + "</tbody></table></div>",
        "dl": f'<dl id="b{n}">' + "".join(f"<dt>t</dt><dd>{i}</dd>" for i in items) + "</dl>",
        "noted": f'<p id="b{n}">{long(30, f"n{n}")}{call(n)}</p>',
    }  # fmt: skip
    return made[kind]


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=25))
def test_no_word_and_no_link_is_lost(kinds: list[str]) -> None:
    inner = "".join(block(kind, n, len(kinds)) for n, kind in enumerate(kinds))
    notes = [note(n) for n, kind in enumerate(kinds) if kind == "noted"]
    if notes:
        inner += f'<section class="notes">{"".join(notes)}</section>'
    other = document('<p id="k">k <a href="a.xhtml#b0">back</a></p>', "b.xhtml")
    whole = document(inner)
    texts, _ = parted(whole, other)
    assert Counter(w for t in texts for w in words(t)) == Counter(words(whole) + words(other))
    assert set(links(texts)) <= places(texts)
    assert Counter(link.split("#")[1] for link in links(texts)) == Counter(
        link.split("#")[1] for link in links([whole, other])
    )
    assert len({t.name for t in texts}) == len(texts)


@settings(max_examples=40, deadline=None)
@given(st.lists(BLOCKS.filter(lambda kind: kind != "noted"), min_size=1, max_size=25))
def test_words_stay_in_order_and_no_heading_stands_last(kinds: list[str]) -> None:
    whole = document("".join(block(kind, n, len(kinds)) for n, kind in enumerate(kinds)))
    texts, _ = parted(whole)
    assert [w for t in texts for w in words(t)] == words(whole)
    for text in texts[:-1]:
        assert body(text)[0][-1].tag not in HEADINGS


def test_a_short_document_is_left_as_it_is() -> None:
    text = document("<p>short</p>")
    assert part_texts([text], LIMIT) == ([[text]], {})
    assert part_texts([document(long(900, "p"))], 0)[1] == {}


def test_parts_are_cut_before_headings_where_one_is_near() -> None:
    section = "".join(f'<h2 id="h{n}">H</h2><p>{long(200, f"s{n}")}</p>' for n in range(9))
    texts, moved = parted(document(section))
    assert [text.name for text in texts] == ["a.xhtml", *(f"a-p{n}.xhtml" for n in range(2, 10))]
    assert {body(text)[0][0].tag for text in texts[1:]} == {"h2"}
    assert moved["a.xhtml", "h8"] == "a-p9.xhtml"


def test_a_later_part_says_no_more_than_how_it_looks() -> None:
    texts, _ = parted(document("".join(f"<p>{long(60, str(n))}</p>" for n in range(20))))
    first, second = body(texts[0])[0], body(texts[1])[0]
    assert first.get("role") == "doc-chapter"
    assert first.get("id") == "one"
    assert second.attrib == {"class": "chapter continued"}


def test_a_list_counts_on() -> None:
    items = "".join(f"<li>{long(30, f'item{n}')}</li>" for n in range(30))
    texts, _ = parted(document(f'<ol start="5">{items}</ol>'))
    seen = 0
    for text in texts:
        listed = body(text).find(".//ol")
        if listed is not None:
            assert int(listed.get("start", "")) == 5 + seen
            seen += len(listed)
    assert seen == 30


def test_a_list_with_numbers_of_its_own_counts_on_from_them() -> None:
    plain = "".join(f"<li>{long(30, f'item{n}')}</li>" for n in range(30))
    items = plain.replace("<li>item2-", '<li value="40">item2-')
    texts, _ = parted(document(f'<ol start="x">{items}</ol>'))
    starts = [body(text).find(".//ol") for text in texts]
    second = starts[1]
    assert second is not None
    first_item = (second[0].text or "").split()[0]
    place = int(first_item.removeprefix("item").split("-")[0])
    assert second.get("start") == str(40 + place - 2)


def test_a_table_repeats_its_head_but_not_its_ids() -> None:
    rows = "".join(f"<tr><td>{long(20, f'row{n}')}</td></tr>" for n in range(40))
    head = '<thead><tr><th id="th" scope="col">Head</th></tr></thead>'
    texts, _ = parted(document(f"<table>{head}<tbody>{rows}</tbody></table>"))
    tables = [table for text in texts for table in body(text).iter("table")]
    assert len(tables) > 2
    assert {(table.findtext(".//th") or "") for table in tables} == {"Head"}
    assert sum(th.get("id") == "th" for table in tables for th in table.iter("th")) == 1


def test_a_table_whose_cells_span_rows_is_not_cut() -> None:
    rows = '<tr><td rowspan="2">x</td></tr>' + "".join(
        f"<tr><td>{long(20, f'row{n}')}</td></tr>" for n in range(40)
    )
    texts, _ = parted(document(f"<table><tbody>{rows}</tbody></table>"))
    assert sum(1 for text in texts for _ in body(text).iter("table")) == 1


def test_a_note_stands_where_it_is_called_first() -> None:
    paragraphs = "".join(f"<p>{long(60, str(n))}{call(n)}</p>" for n in range(12))
    notes = "".join(note(n) for n in range(12))
    texts, _ = parted(document(f'{paragraphs}<section class="notes">{notes}</section>'))
    assert len(texts) > 2
    for text in texts:
        asides = {aside.get("id") for aside in body(text).iter("aside")}
        called = {
            a.get("href", "").removeprefix("#")
            for a in body(text).iter("a")
            if a.get("role") == "doc-noteref"
        }
        assert asides == called


def test_a_name_is_not_taken_twice() -> None:
    texts, _ = parted(
        document("".join(f"<p>{long(60, str(n))}</p>" for n in range(20))),
        document("<p>own</p>", "a-p2.xhtml"),
    )
    assert len({text.name for text in texts}) == len(texts)


def test_a_sample_of_code_is_no_link() -> None:
    sample = '<p><code>&lt;a href="a.xhtml#b9"&gt;</code></p>'
    paragraphs = "".join(f'<p id="b{n}">{long(60, str(n))}</p>' for n in range(20))
    texts, _ = parted(document(sample + paragraphs))
    assert '&lt;a href="a.xhtml#b9"&gt;' in texts[0].content
    assert len(re.findall("<code>", texts[0].content)) == 1
