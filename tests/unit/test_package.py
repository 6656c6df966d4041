"""The package: its metadata, its manifest, its bytes."""

import io
import logging
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from ebooklib import epub as library
from hypothesis import given
from hypothesis import strategies as st

from chapbook.compose import compose_epub
from chapbook.diagnostics import BookError, Code
from chapbook.package import package_epub
from chapbook.package.archive import read_archive, write_archive
from chapbook.package.opf import name_language
from chapbook.publication import EpubDocument, EpubPublication
from chapbook.settings import BookSettings, Contributor, Identifiers
from tests.compose_books import FOLDERS, MODIFIED, TWO, book, english, whole_book

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def publication(tmp_path: Path) -> EpubPublication:
    return compose_epub(whole_book(tmp_path), FOLDERS, english(), MODIFIED).value


def small(**settings: Any) -> EpubPublication:
    made = book(TWO, settings=BookSettings(title="T", **settings))
    return compose_epub(made, FOLDERS, english(), MODIFIED).value


def opf_of(epub: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(read_archive(epub)["EPUB/content.opf"])


def message_of(publication: EpubPublication) -> str:
    with pytest.raises(BookError) as caught:
        package_epub(publication)
    (fault,) = caught.value.diagnostics
    assert fault.code is Code.BAD_EPUB
    return fault.message


def test_the_same_publication_gives_the_same_bytes(publication: EpubPublication) -> None:
    assert package_epub(publication) == package_epub(publication)


def test_the_container_is_as_readers_want_it(publication: EpubPublication) -> None:
    made = package_epub(publication)
    assert made[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        infos = archive.infolist()
    assert [i.filename for i in infos[:3]] == [
        "mimetype",
        "META-INF/container.xml",
        "EPUB/content.opf",
    ]
    assert {i.date_time for i in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {(i.create_system, i.external_attr) for i in infos} == {(3, 0o100644 << 16)}
    assert not any(i.extra for i in infos)
    kinds = {i.filename == "mimetype": i.compress_type for i in infos}
    assert kinds == {True: zipfile.ZIP_STORED, False: zipfile.ZIP_DEFLATED}


def test_documents_go_in_byte_by_byte(publication: EpubPublication) -> None:
    files = read_archive(package_epub(publication))
    for document in publication.documents:
        assert files[f"EPUB/{document.name}"] == document.content.encode()
    for name, file in publication.resources.items():
        assert files[f"EPUB/{name}"] == (file if isinstance(file, bytes) else file.read_bytes())


def test_the_manifest_lists_every_file_once(publication: EpubPublication) -> None:
    made = package_epub(publication)
    items = list(opf_of(made).iter(f"{OPF}item"))
    names = {f"EPUB/{i.get('href')}" for i in items}
    others = {"mimetype", "META-INF/container.xml", "EPUB/content.opf"}
    assert names | others == set(read_archive(made))
    assert len({i.get("id") for i in items}) == len(items)
    marks = {i.get("href"): i.get("properties") for i in items if i.get("properties")}
    assert marks == {"nav.xhtml": "nav", "images/cover.jpg": "cover-image"}


def test_the_spine_is_the_reading_order(publication: EpubPublication) -> None:
    nav = next(d for d in publication.documents if d.name == "nav.xhtml")
    documents = [replace(d, linear=d is not nav) for d in publication.documents]
    root = opf_of(package_epub(replace(publication, documents=tuple(documents))))
    rows = [(i.get("idref"), i.get("linear")) for i in root.iter(f"{OPF}itemref")]
    assert [key for key, _ in rows] == [d.id for d in documents if d.in_spine]
    assert [key for key, linear in rows if linear == "no"] == ["nav"]
    spine = root.find(f"{OPF}spine")
    assert spine is not None
    assert spine.get("toc") == "ncx"


def test_metadata_says_who_made_what(publication: EpubPublication) -> None:
    root = opf_of(package_epub(publication))
    assert root.get(LANG) == "en-GB"
    refined: dict[str, dict[str, str]] = {}
    for meta in root.iter(f"{OPF}meta"):
        if key := meta.get("refines"):
            refined.setdefault(key[1:], {})[meta.get("property", "")] = meta.text or ""
    makers = {
        e.text: {"as": e.tag.removeprefix(DC), **refined[e.get("id", "")]}
        for e in root.iter()
        if e.tag in (f"{DC}creator", f"{DC}contributor", f"{DC}title")
    }
    assert makers == {
        "Six & a Half <Threads>": {"as": "title", "title-type": "main", "display-seq": "1"},
        "A Companion": {"as": "title", "title-type": "subtitle", "display-seq": "2"},
        "Ann Bee": {"as": "creator", "role": "aut", "file-as": "Bee, Ann", "display-seq": "1"},
        "Cy Dee": {"as": "creator", "role": "aut", "display-seq": "2"},
        "Eve Eff": {"as": "contributor", "role": "trl", "file-as": "Eff, Eve", "display-seq": "1"},
    }
    said = {
        name: [e.text for e in root.iter(f"{DC}{name}")]
        for name in ("identifier", "language", "date", "subject", "source", "rights")
    }
    assert said == {
        "identifier": ["urn:uuid:533dd805-b8c0-5bf3-acf8-deac486ad505"],
        "language": ["en-GB"],
        "date": ["2026-11-24"],
        "subject": ["Books", "Threads & needles"],
        "source": ["urn:isbn:9783161484100"],
        "rights": ["© 2026 The House"],
    }
    properties = {m.get("property"): m.text for m in root.iter(f"{OPF}meta")}
    assert properties["dcterms:modified"] == "2026-11-24T09:30:00Z"
    assert properties["schema:accessibilityHazard"] == "none"


def test_an_isbn_identifies_and_the_uuid_stands_by() -> None:
    uuid = "urn:uuid:533dd805-b8c0-5bf3-acf8-deac486ad505"
    made = small(identifiers=Identifiers(epub="978-3-16-148410-0", uuid=uuid))
    root = opf_of(package_epub(made))
    found = [(e.text, e.get("id")) for e in root.iter(f"{DC}identifier")]
    assert found == [("urn:isbn:9783161484100", "pub-id"), (uuid, None)]
    assert root.get("unique-identifier") == "pub-id"


def test_two_makers_of_one_name_are_both_kept() -> None:
    made = small(contributors=(Contributor("Ann", "ill"), Contributor("Ann", "trl")))
    root = opf_of(package_epub(made))
    assert [e.text for e in root.iter(f"{DC}creator")] == ["Ann"]
    assert [e.text for e in root.iter(f"{DC}contributor")] == ["Ann"]


def test_a_book_from_right_to_left_says_so() -> None:
    root = opf_of(package_epub(small(language="ar")))
    spine = root.find(f"{OPF}spine")
    assert spine is not None
    assert (root.get("dir"), spine.get("page-progression-direction")) == ("rtl", "rtl")


@pytest.mark.parametrize("name", ["../a.xhtml", "/a.xhtml", "a b.xhtml", "日.xhtml", "", "a//b"])
def test_an_unsafe_name_is_refused(name: str) -> None:
    made = small()
    document = EpubDocument(name, "x", "application/xhtml+xml", "<html/>")
    found = message_of(replace(made, documents=(*made.documents, document)))
    assert "not a name" in found


def test_two_files_of_one_name_are_refused() -> None:
    made = small()
    first = made.documents[0]
    twin = replace(first, id="other", name=first.name.upper().replace(".XHTML", ".xhtml"))
    assert "the name" in message_of(replace(made, documents=(*made.documents, twin)))
    twin = replace(first, name="other.xhtml")
    assert "the id" in message_of(replace(made, documents=(*made.documents, twin)))


def test_a_file_that_is_gone_or_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    made = small()
    gone = {"images/a.png": tmp_path / "a.png"}
    assert "cannot be read" in message_of(replace(made, resources=gone))
    odd = {"images/a.bmp": tmp_path / "a.bmp"}
    assert "not a kind of file" in message_of(replace(made, resources=odd))


def test_metadata_that_ebooklib_would_drop_is_a_fault() -> None:
    made = small()
    metadata = replace(made.metadata, title="a\x01b")
    assert "Could not create metadata" in message_of(replace(made, metadata=metadata))


def test_nothing_that_ebooklib_says_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def murmur(*_: object, **__: object) -> bool:
        logging.getLogger("ebooklib.deep").debug("a murmur")
        return True

    made = small()
    monkeypatch.setattr(library, "write_epub", murmur)
    assert message_of(made) == "ebooklib: a murmur"
    monkeypatch.setattr(library, "write_epub", lambda *_: False)
    assert message_of(made) == "the package was not written"


@given(st.dictionaries(st.text("abc", min_size=1), st.binary(max_size=50), max_size=5))
def test_an_archive_gives_back_what_was_put_in(files: dict[str, bytes]) -> None:
    assert read_archive(write_archive(files)) == files
    assert write_archive(files) == write_archive(dict(files))


def test_a_package_without_its_element_is_refused() -> None:
    with pytest.raises(ValueError, match="no package element"):
        name_language(b"<metadata/>", "en")
