"""Images that move are told from those that stand, as Pillow writes both."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from chapbook.compose.motion import moves


def image(kind: str, frames: int, mode: str = "RGB") -> bytes:
    pictures = [Image.new(mode, (9, 7), n * 40) for n in range(frames)]
    target = io.BytesIO()
    if frames > 1:
        pictures[0].save(target, kind, save_all=True, append_images=pictures[1:])
    else:
        pictures[0].save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize("kind", ["gif", "png", "webp"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_more_frames_than_one_move(kind: str, mode: str) -> None:
    assert not moves(image(kind, 1, mode))
    assert moves(image(kind, 3, mode))


def test_a_still_gif_may_have_comments() -> None:
    target = io.BytesIO()
    Image.new("P", (9, 7)).save(target, "gif", comment=b"said " * 100)
    assert not moves(target.getvalue())


def test_a_drawing_moves_where_it_is_animated() -> None:
    assert moves(b"<svg><rect><animate attributeName='x'/></rect></svg>")
    assert not moves(b"<svg><rect/></svg>")


def test_a_file_is_read_and_one_that_is_gone_stands(tmp_path: Path) -> None:
    (tmp_path / "a.gif").write_bytes(image("gif", 2))
    assert moves(tmp_path / "a.gif")
    assert not moves(tmp_path / "gone.gif")


@given(st.sampled_from(["gif", "png", "webp"]), st.integers(0, 400), st.binary(max_size=9))
def test_a_damaged_image_is_no_trouble(kind: str, cut: int, more: bytes) -> None:
    assert moves(image(kind, 2)[:cut] + more) in (True, False)
