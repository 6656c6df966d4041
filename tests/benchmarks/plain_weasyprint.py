"""Makes a PDF with WeasyPrint as anyone would; imports nothing of ours.

    python plain_weasyprint.py BOOK.html BOOK.pdf

Addresses in the HTML are those of files beside it. The number of pages is written to stdout.
"""

import sys
from pathlib import Path

import weasyprint


def main(html: Path, pdf: Path) -> None:
    """Read the HTML, write the PDF."""
    document = weasyprint.HTML(string=html.read_text("utf-8"), base_url=f"{html.parent}/").render()
    document.write_pdf(str(pdf), pdf_variant="pdf/ua-1", pdf_tags=True)
    print(len(document.pages))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))
