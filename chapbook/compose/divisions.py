"""Pour one division into its template."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from markupsafe import Markup

from chapbook.compose.context import Context, chapters_of
from chapbook.compose.markup import parse_fragment, write_html
from chapbook.compose.proofs import prove_addresses, trace
from chapbook.compose.rendering import Renderer
from chapbook.compose.rewriting import Rewriter
from chapbook.compose.sandbox import nearest
from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error
from chapbook.model import Book, Division, DivisionKind

TEMPLATES = {DivisionKind.PART: "part.html.j2", DivisionKind.CHAPTER: "chapter.html.j2"}


def named_for(
    division: Division, parts: Mapping[str, Division], context: Mapping[str, object]
) -> Context:
    """Give what a template may name of the other divisions when it is to show this one.

    `parts` are the parts of the book by their ids.
    """
    part = parts.get(division.part)
    return {
        "part": without_proofs(part) if part else None,
        "chapters": chapters_of(context.get("contents"), division.id),
    }


def parts_of(book: Book) -> Mapping[str, Division]:
    """Give the parts of a book by their ids."""
    return {d.id: d for d in book.divisions if d.kind is DivisionKind.PART}


def without_proofs(division: Division) -> Division:
    """Give a division as templates see it: its passages are for the proofs alone."""
    return replace(division, passages=())


def render_division(
    division: Division,
    template: str,
    renderer: Renderer,
    rewriter: Rewriter,
    context: Mapping[str, object],
    semantics: str = "",
) -> Element:
    """Give the one element of a division, in a root.

    `context` is all that its template may name but for the division and its text. Raises
    `BookError` for a faulty template.
    """
    title = rewriter.rewrite(division.title_xhtml, cramped=True)
    body = rewriter.rewrite(division.xhtml)
    filled = {
        **context,
        "division": replace(without_proofs(division), title_xhtml=Markup(title)),
        "body": Markup(body),
        "notes": Markup(rewriter.end_notes()),
        "semantics": Markup(semantics),
    }
    root = read_made(renderer, template, renderer.render(template, filled))
    if division.language:
        root[0].attrib.setdefault("lang", division.language)
    return root


def template_of(division: Division, renderer: Renderer) -> str:
    """Name the template of a division; raises `BookError` for a page that has none."""
    name = TEMPLATES.get(division.kind, f"pages/{division.page}.html.j2")
    if renderer.folders.find(name):
        return name
    known = [n.split("/")[-1].removesuffix(".html.j2") for n in renderer.folders.names("pages/*")]
    near = nearest(division.page, known)
    hint = f"did you mean “{near}”?" if near else "the pages are " + ", ".join(known)
    what = f"there is no page “{division.page}”" if division.page else f"there is no {name}"
    raise BookError([error(Code.UNKNOWN_PAGE, what, division.at, hint)])


def read_made(renderer: Renderer, template: str, made: str) -> Element:
    """Read what a template made: one well-formed element and nothing beside it."""
    try:
        root = parse_fragment(made.strip())
    except ParseError as fault:
        raise BookError([malformed(renderer, template, made.strip(), fault)]) from fault
    if len(root) != 1 or (root.text or "") + (root[0].tail or ""):
        message = "a template must make one element, with nothing before or after it"
        raise BookError([_at_template(renderer, template, message)])
    return root


def proved_html(
    renderer: Renderer,
    template: str,
    context: Mapping[str, object],
    resources: Mapping[str, Path],
) -> str:
    """Render a page that stands alone; it may name nothing but itself and the resources.

    Raises `BookError` where the template is at fault.
    """
    root = read_made(renderer, template, renderer.render(template, context))
    if faults := prove_addresses({"": trace(root)}, resources):
        raise BookError(faults)
    return write_html(root)


def malformed(renderer: Renderer, template: str, made: str, fault: ParseError) -> Diagnostic:
    """Say that a template does not make well-formed XML, and near which words."""
    line, _ = fault.position
    message = f"what the template makes is not well-formed: {str(fault).split(':')[0]}"
    near = "near: " + "".join(made.splitlines()[line - 1 : line]).strip()[:80]
    return _at_template(renderer, template, message, near)


def _at_template(renderer: Renderer, template: str, message: str, *hints: str) -> Diagnostic:
    found = renderer.folders.find(template)
    at = Location(found.shown if found else template)
    return error(Code.TEMPLATE_ERROR, message, at, *hints)
