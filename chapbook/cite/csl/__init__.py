"""The room of citeproc-py: a style, the works that it sets, and what the library leaves undone.

Beyond it here: years told apart by letters, names added where two cites would be the same, cites
without their author, one author's years together, ranges of numbers, what stands for a repeated
author, `position` and `disambiguate` as CSL means them, names in scripts without capitals,
punctuation inside quotation marks, and sorting by letters rather than by code points.
"""
