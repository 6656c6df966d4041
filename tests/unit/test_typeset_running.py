"""A running element is written so that it can be laid out again as it was."""

from typing import Any

import pytest
import weasyprint

from chapbook.typeset.galley.running import write_running

PAGE = """<html><body><section id="s" class="a &amp; b"><h1>Title</h1>
<div lang="ja"><p>before</p><p class="run" data-x="1">Run <b>on &lt;</b></p> tail</div>
</section><section class="next"><p>x</p></section></body></html>"""


@pytest.fixture
def root() -> Any:
    return weasyprint.HTML(string=PAGE).etree_element


def written(root: Any, path: str) -> str:
    parents = {kid: parent for parent in root.iter() for kid in parent}
    return write_running(root.find(path), parents)


def test_it_stands_inside_those_that_it_stood_in_and_beside_its_neighbours(root: Any) -> None:
    hidden = 'style="display: none !important"'
    assert written(root, ".//p[@class='run']") == (
        '<section id="s" class="a &amp; b">'
        f"<h1 {hidden}></h1>"
        '<div lang="ja">'
        f"<p {hidden}></p>"
        '<p class="run" data-x="1">Run <b>on &lt;</b></p>'
        "</div></section>"
        f'<section class="next" {hidden}></section>'
    )


def test_the_parts_that_are_not_its_own_are_left_out(root: Any) -> None:
    assert "tail" not in written(root, ".//p[@class='run']")
    assert "Title" not in written(root, ".//p[@class='run']")


def test_what_is_written_reads_the_same(root: Any) -> None:
    once = written(root, ".//p[@class='run']")
    again = weasyprint.HTML(string=f"<html><body>{once}</body></html>").etree_element
    assert written(again, ".//p[@class='run']") == once


def test_it_may_stand_in_the_body_itself() -> None:
    root = weasyprint.HTML(string="<html><body><p class=run>x</p></body></html>").etree_element
    assert written(root, ".//p") == '<p class="run">x</p>'
