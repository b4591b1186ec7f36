"""Runs in the environment of the peers, which holds none of this project: reads or draws a file, prints JSON.

``python peer.py LOADER FILE``: what the loader makes of the file, page by page where it tells pages apart, and the
seconds it took. ``python peer.py draw FILE FOLDER DPI``: the pages as pictures, by PDFium.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

Pages = tuple[list[str], bool]
"""The text of each page, and whether pages are told apart."""


def pypdf_loader(file: str) -> Pages:
    """LangChain's loader for PDFs, as its documentation shows it for files that hold pictures."""
    from langchain_community.document_loaders import PyPDFLoader  # type: ignore[import-not-found]

    return [document.page_content for document in PyPDFLoader(file, images_parser=_pictures()).load()], True


@cache
def _pictures() -> object:
    from langchain_community.document_loaders.parsers.images import (  # type: ignore[import-not-found]
        RapidOCRBlobParser,
    )

    return RapidOCRBlobParser()


def markitdown(file: str) -> Pages:
    """Microsoft's converter to Markdown."""
    return [_markitdown().convert(file).text_content], False


@cache
def _markitdown() -> Any:
    from markitdown import MarkItDown  # type: ignore[import-not-found]

    return MarkItDown()


def pymupdf4llm(file: str) -> Pages:
    """PyMuPDF's converter to Markdown, page by page, told to leave out what it takes for headers and footers."""
    import pymupdf4llm as converter  # type: ignore[import-not-found]

    chunks = converter.to_markdown(file, page_chunks=True, header=False, footer=False)
    return [chunk["text"] for chunk in chunks], True


def pdfium(file: str) -> Pages:
    """PDFium's text, by which the pages of made documents are found."""
    document = import_module("pypdfium2").PdfDocument(file)
    return [page.get_textpage().get_text_range() for page in document], True


LOADERS: dict[str, Callable[[str], Pages]] = {
    "PyPDFLoader": pypdf_loader,
    "markitdown": markitdown,
    "pymupdf4llm": pymupdf4llm,
    "pdfium": pdfium,
}


def draw(file: str, folder: str, dpi: int) -> None:
    """Save each page as ``NUMBER.png``."""
    for number, page in enumerate(import_module("pypdfium2").PdfDocument(file), 1):
        picture = page.render(scale=dpi / 72).to_pil()
        picture.convert("L").save(Path(folder, f"{number:03}.png"))


def main() -> None:
    """One job, or many: ``LOADER FILE [FILE ...]`` prints one line a file."""
    job, *given = sys.argv[1:]
    if job == "draw":
        draw(given[0], given[1], int(given[2]))
        return
    for file in given:
        began = time.perf_counter()
        try:
            pages, paged = LOADERS[job](file)
            told = {"pages": pages, "paged": paged}
        except Exception as error:
            told = {"error": f"{type(error).__name__}: {error}"[:300]}
        # A loader may print on its own: a line of ours begins with a mark.
        print("\x1e" + json.dumps({**told, "seconds": time.perf_counter() - began}), flush=True)


if __name__ == "__main__":
    main()
