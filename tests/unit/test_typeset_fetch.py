import base64
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.typeset.galley.fetch import DATA_BYTES, ROOT, BookFetcher, RefusedError
from tests.paged_books import png


@pytest.fixture
def fetcher(tmp_path: Path) -> BookFetcher:
    file = tmp_path / "stored"
    file.write_bytes(b"content")
    return BookFetcher({"images/Zeichnung a\u0308.svg": file, "images/gone.png": tmp_path / "no"})


@pytest.mark.parametrize(
    "address",
    [
        "images/Zeichnung%20%C3%A4.svg",
        "images/Zeichnung%20a%CC%88.svg",
        "images/Zeichnung%20%C3%A4.svg#layer",
        "images/Zeichnung%20%C3%A4.svg?v=2",
    ],
)
def test_a_file_is_found_however_its_address_is_written(fetcher: BookFetcher, address: str) -> None:
    answer = fetcher.fetch(ROOT + address)
    assert answer.read() == b"content"
    assert answer.content_type == "image/svg+xml"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a.png",
        "https://book.invalid.example.org/images/a.png",
        "file:///etc/passwd",
        "ftp://example.org/a.png",
        ROOT + "../../etc/passwd",
        ROOT + "images/%2e%2e/secret",
        ROOT + "images/gone.png",
        "relative.png",
        "data:text/css,p{}",
        "data:image/svg+xml,<svg/>",
        "data:image/png;base64,!!!",
        "data:image/png," + "a" * (DATA_BYTES * 2),
        "data:",
        "",
    ],
)
def test_everything_else_is_refused_and_remembered(fetcher: BookFetcher, url: str) -> None:
    with pytest.raises(RefusedError):
        fetcher.fetch(url)
    assert url in fetcher.refused


def test_a_small_picture_may_stand_in_the_address(fetcher: BookFetcher) -> None:
    picture = png(2, 2)
    url = "data:image/png;base64," + base64.b64encode(picture).decode()
    assert fetcher.fetch(url).read() == picture


@given(st.text(max_size=40))
def test_no_address_opens_a_socket_or_a_file(address: str) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was asked for")

    fetcher = BookFetcher({})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", refuse)
        patch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(RefusedError):
            fetcher(address)
        with pytest.raises(RefusedError):
            fetcher.open(f"http://{address}")
