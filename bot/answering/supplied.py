"""Documents that others leave matters to, and that have come into the library since."""

from __future__ import annotations

from collections.abc import Set

from documents.library import Library


def supplied(library: Library, prepared: Set[str]) -> frozenset[str]:
    """The documents that those the memory knows leave matters to, and that are in the library by now."""
    return frozenset(
        document.id
        for document in library.in_force()
        if document.id not in prepared and document.parent is not None and document.parent in prepared
    )
