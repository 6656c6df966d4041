"""The inner parts of the engine that this room takes hold of, and whether they are still there."""

import inspect
from importlib import import_module
from importlib.metadata import version

MAJOR = "70"
# What is replaced or called, with the parameters that it is known by.
HOOKS = {
    "weasyprint.css:find_stylesheets": (
        "wrapper_element", "device_media_type", "url_fetcher", "base_url", "font_config",
        "counter_style", "color_profiles", "page_rules", "layers",
    ),
    "weasyprint.css:ComputedStyle.__missing__": ("self", "key"),
    "weasyprint.css:StyleFor._page_type_match": ("page_selector_type", "page_type"),
    "weasyprint.css.targets:TargetCollector.lookup_target": (
        "self", "anchor_token", "source_box", "css_token", "parse_again",
    ),
    "weasyprint.document:Document._build_layout_context": (
        "html", "font_config", "counter_style", "color_profiles", "options",
    ),
    "weasyprint.document:Page.paint": ("self", "stream", "scale"),
    "weasyprint.draw:draw_page": ("page", "stream"),
    "weasyprint.draw:draw_stacking_context": ("stream", "stacking_context"),
    "weasyprint.draw:draw_text": (
        "stream", "textbox", "offset_x", "text_overflow", "block_ellipsis",
    ),
    "weasyprint.images:SVGImage.draw": (
        "self", "stream", "concrete_width", "concrete_height", "_style",
    ),
    "weasyprint.layout:layout_backgrounds": ("page", "get_image_from_uri"),
    "weasyprint.layout:initialize_page_maker": ("context", "root_box"),
    "weasyprint.layout:make_margin_boxes": ("context", "page", "state"),
    "weasyprint.layout.background:layout_box_backgrounds": (
        "page", "box", "get_image_from_uri", "layout_children", "style",
    ),
    "weasyprint.layout.block:_add_break_values": ("box", "side"),
    "weasyprint.layout.block:_linebox_layout": (
        "context", "box", "index", "child", "new_children", "page_is_empty", "absolute_boxes",
        "fixed_boxes", "adjoining_margins", "bottom_space", "position_y", "skip_stack",
        "first_letter_style", "first_line_style", "draw_bottom_decoration", "max_lines",
    ),
    "weasyprint.layout.block:block_box_layout": (
        "context", "box", "bottom_space", "skip_stack", "containing_block", "page_is_empty",
        "absolute_boxes", "fixed_boxes", "adjoining_margins", "first_letter_style",
        "first_line_style", "discard", "max_lines",
    ),
    "weasyprint.layout.inline:can_break_text": ("text", "lang"),
    "weasyprint.layout.inline:count_expandable_spaces": ("box",),
    "weasyprint.layout.page:PageType": ("side", "blank", "name", "index", "groups"),
    "weasyprint.layout.page:make_page": (
        "context", "root_box", "page_type", "resume_at", "page_number", "page_state",
    ),
    "weasyprint.layout.page:page_height": ("box", "context", "containing_block_height"),
    "weasyprint.layout.page:page_width": ("box", "context", "containing_block_width"),
    "weasyprint.layout.page:remake_page": ("index", "context", "root_box", "html"),
    "weasyprint.layout.page:set_page_type_computed_styles": ("page_type", "html", "style_for"),
    "weasyprint.layout.percent:resolve_percentages": ("box", "containing_block"),
    "weasyprint.pdf:_use_references": ("pdf", "resources", "images", "color_profiles"),
    "weasyprint.pdf:add_outlines": ("pdf", "bookmarks", "parent"),
    "weasyprint.pdf:add_tags": ("pdf", "document", "pdf_version", "page_streams"),
    "weasyprint.pdf:build_fonts_dictionary": ("pdf", "fonts", "compress", "subset", "options"),
    "weasyprint.pdf:generate_pdf": ("document", "target", "zoom", "options"),
    "weasyprint.pdf:resolve_links": ("pages",),
    "weasyprint.pdf.fonts:Font.get_unused_glyph_id": ("self", "codepoint"),
    "weasyprint.pdf.stream:Stream.__init__": (
        "self", "fonts", "page_rectangle", "resources", "images", "tags", "color_profiles",
        "output_intent", "args", "kwargs",
    ),
    "weasyprint.stacking:StackingContext.from_box": ("box", "page", "child_contexts"),
    "weasyprint.text.line_break:Layout.reactivate": ("self", "style"),
    "weasyprint.text.line_break:Layout.set_text": ("self", "text", "justify"),
    "weasyprint.text.line_break:Layout.setup": ("self", "style"),
    "weasyprint.text.line_break:create_layout": (
        "text", "style", "context", "max_width", "justification_spacing",
    ),
    "weasyprint.text.line_break:split_first_line": (
        "text", "style", "context", "max_width", "justification_spacing", "is_line_start",
        "minimum",
    ),
    "weasyprint.text.line_break:strut": ("style",),
}  # fmt: skip


def missing_hook() -> str:
    """Name the first part of the engine that is not as it is known here, '' where all are."""
    if version("weasyprint").partition(".")[0] != MAJOR:
        return f"version {version('weasyprint')}"
    return next((hook for hook, known in HOOKS.items() if _parameters(hook) != known), "")


def _parameters(hook: str) -> tuple[str, ...]:
    module, _, path = hook.partition(":")
    try:
        found = import_module(module)
        for name in path.split("."):
            found = getattr(found, name)
        fields = getattr(found, "_fields", None)
        return fields or tuple(inspect.signature(found).parameters)  # type: ignore[arg-type]
    except (AttributeError, ImportError, TypeError, ValueError):
        return ()
