"""The printed cover, reckoned: one sheet with back, spine and front, its barcode, its drawing.

Knows the settings and Zint; draws nothing. `compose` pours what is planned here into templates.
"""

from chapbook.cover.plan import CoverPlan, plan_cover, plan_wrap
from chapbook.cover.wrap import Panel, Wrap, fold_lines, spine_width

__all__ = ["CoverPlan", "Panel", "Wrap", "fold_lines", "plan_cover", "plan_wrap", "spine_width"]
