"""Keep what Pango needs to set words in a style, which the engine makes anew for every line.

In letterpress a fount is all the type of one face and size.
"""

from collections.abc import Iterator
from typing import Any

from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import TO_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

# All properties that tell how a word without tabs is set.
NAMES = (
    "font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning",
    "font_variant_ligatures", "font_variant_position", "font_variant_caps",
    "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings", "font_variation_settings", "font_language_override",
    "lang", "direction", "text_decoration_line",
    "letter_spacing", "word_spacing", "overflow_wrap",
)  # fmt: skip
FEATURES = (
    "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps",
    "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings",
)  # fmt: skip
BREAKING = ("anywhere", "break-word")
OF_THE_TEXT = frozenset({"style", "justification_spacing", "max_width", "layout"})


class Fount:
    """What Pango needs for one style. `measures` are the fields of every line in it.

    `slugs` are the lines that were set in it, by their text, with what the engine tells of each.
    """

    def __init__(self, style: Any) -> None:
        """Make it as the engine would for one line."""
        self.slugs: dict[str, Any] = {}
        model = Layout(style)
        self.measures = {k: v for k, v in vars(model).items() if k not in OF_THE_TEXT}
        self.word_spacing = style["word_spacing"]
        letters = style["letter_spacing"]
        self.is_spaced = bool(self.word_spacing or letters not in ("normal", 0))
        self._is_breaking = style["overflow_wrap"] in BREAKING
        features = font_features(*(style[name] for name in FEATURES))
        self._features = ",".join(f"{key} {value}" for key, value in features.items()).encode()
        self._context = _context(style, model.language)
        self._description = get_font_description(style)
        self._attributes = self.new_attributes()

    def blank(self) -> Any:
        """Give a Pango layout without text; its attributes are not to be changed."""
        layout = ffi.gc(pango.pango_layout_new(self._context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout, False)
        pango.pango_layout_set_font_description(layout, self._description)
        pango.pango_layout_set_attributes(layout, self._attributes)
        return layout

    def new_attributes(self) -> Any:
        """Give a new list of the attributes that any text in the style has."""
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        if self._features:
            feature = pango.pango_attr_font_features_new(self._features)
            pango.pango_attr_list_insert(attributes, feature)
        if self._is_breaking:
            hyphens = pango.pango_attr_insert_hyphens_new(False)
            pango.pango_attr_list_insert(attributes, hyphens)
        return attributes

    def spaced(self, spacing: float, places: Iterator[tuple[int, int, int]]) -> Any:
        """Give such a list with spacing (pixels, times a factor) at (start, end, factor)."""
        attributes = self.new_attributes()
        units = int(spacing * TO_UNITS)
        for start, end, factor in places:
            attribute = pango.pango_attr_letter_spacing_new(factor * units)
            attribute.start_index, attribute.end_index = start, end
            pango.pango_attr_list_change(attributes, attribute)
        return attributes


def _context(style: Any, language: Any) -> Any:
    context = ffi.gc(
        pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
    )
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    if style["font_language_override"] != "normal" or style["lang"]:
        pango.pango_context_set_language(context, language)
    return context


class Founts:
    """The fount of each style; styles that say the same have the same."""

    def __init__(self, most: int) -> None:
        """Begin with none; `most` lines may be kept."""
        self._left = most
        self._by_style: dict[int, tuple[Any, Fount]] = {}  # the style is kept for its id
        self._by_name: dict[tuple[int, str], Fount] = {}

    def __call__(self, style: Any) -> Fount:
        """Give the fount of a style, whose properties must not change any more."""
        known = self._by_style.get(id(style))
        return known[1] if known else self._learn(style)

    def is_full(self) -> bool:
        """Count one line more; whether there are too many."""
        self._left -= 1
        return self._left < 0

    def _learn(self, style: Any) -> Fount:
        name = id(style.font_config), str([style[name] for name in NAMES])
        fount = self._by_name.get(name)
        if fount is None:
            fount = self._by_name[name] = Fount(style)
        self._by_style[id(style)] = style, fount
        return fount
