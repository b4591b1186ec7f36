"""``python -m benchmarks.loaders.making [NAME ...]``: make these documents anew, or all.

Needs the Noto CJK fonts, LibreOffice and Chromium on the machine, and the environment of the peers for PDFium. What
reportlab, fpdf2 and python-docx write is the same every time; what the other two print holds the time it was made.
"""

from __future__ import annotations

import sys
from fnmatch import fnmatch

from benchmarks.loaders.making.catalogue import ALL, make
from benchmarks.shared import ROOT

FOLDER = ROOT / "tests" / "documents" / "made"


def main() -> None:
    """Make the documents whose file names match any of the patterns given."""
    patterns = sys.argv[1:] or ["*"]
    for made in ALL:
        if any(fnmatch(made.file, pattern) for pattern in patterns):
            truth = make(made, FOLDER)
            size = (FOLDER / made.file).stat().st_size
            pages = max((paragraph.page or 0 for paragraph in truth.paragraphs), default=0)
            print(f"{made.file}: {len(truth.paragraphs)} paragraphs, {pages or 'no'} pages, {size // 1024} kB")


if __name__ == "__main__":
    main()
