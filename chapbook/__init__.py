"""Chapbook turns a folder of Markdown into a printed booklet and an e-book.

The program is a line of stages. Each is a verb on types; the types live in `settings`,
`model` and `publication`, and one short file, `pipeline`, puts the stages in order:

1. `configure`  read `book.toml` strictly                       Path        -> BookSettings
2. `read`       gather the sources and images                   BookSettings -> Manuscript
3. `parse`      Markdown to clean XHTML and facts               SourceFile  -> Chapters
4. `resolve`    number, name, link and order the whole book     Chapters    -> Book
5. `compose`    pour the book into the templates                Book        -> Publication
6. `typeset`    lay the pages out, and say what stands where    Publication -> Typeset
7. `finish`     tags, labels and metadata of the PDF            Typeset     -> PDF bytes
8. `package`    put the e-book together                         Publication -> EPUB bytes
9. `inspect`    prove that nothing was lost                     bytes       -> diagnostics
10. `publish`   move the whole set to the output folder         bytes       -> Artifacts

What is wrong with a book is a `Diagnostic`, never an exception; `report` prints them.
"""

__version__ = "0.1.0"
