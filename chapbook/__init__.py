"""Chapbook turns a folder of Markdown into a printed booklet and an e-book.

The program is a line of stages. Each is a verb on types; the types live in `settings`,
`print_shop`, `model`, `publication`, `laid`, `imposition` and `print_job`. Two short files put
the stages in order: `pipeline` for the whole book, `editions` for what is made of it:

1. `configure`  read `book.toml` strictly                       Path        -> BookSettings
2. `read`       gather the sources and images                   BookSettings -> Manuscript
3. `parse`      Markdown to clean XHTML and facts               SourceFile  -> Chapters
4. `resolve`    number, name, link and order the whole book     Chapters    -> Book
5. `cite`       set the citations, and list the works cited     Book        -> Book
6. `compose`    pour the book into the templates                Book        -> Publication
7. `typeset`    lay the pages out, and say what stands where    Publication -> Typeset
8. `finish`     tags, labels and metadata of the PDF            Typeset     -> PDF bytes
9. `prepress`   inks, boxes and marks for the printer           PDF bytes   -> PDF bytes
10. `impose`    pages on sheets, to be folded or cut            PDF bytes   -> PDF bytes
11. `package`   put the e-book together                         Publication -> EPUB bytes
12. `inspect`   prove that nothing was lost                     bytes       -> diagnostics
13. `preflight` tell what a printer would refuse                bytes       -> diagnostics
14. `publish`   move the whole set to the output folder         bytes       -> Artifacts

What is wrong with a book is a `Diagnostic`, never an exception; `report` prints them.
"""

__version__ = "0.1.0"
