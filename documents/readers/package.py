"""An Office package (a zip archive of XML parts), opened without trusting it.

Everything is held in memory and parts are asked for by name: nothing is unpacked to a folder, so names with ``..``
in them lead nowhere. Sizes are checked before anything is unpacked, and no XML with a DTD or entities is read.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from documents.readers.formats import MOST_MEMBERS
from documents.readers.source import fault, size_in_words

LARGEST_UNPACKED = 300 * 1024 * 1024
"""Bytes of all parts together, unpacked, above which an archive is not opened."""
LARGEST_PART = 40 * 1024 * 1024
"""Bytes of a single XML part, unpacked, above which it is not read."""
LARGEST_RATIO = 150
"""How many times its size an archive may unpack to, once that is more than ``RATIO_FROM``."""
RATIO_FROM = 16 * 1024 * 1024
"""Unpacked bytes below which the ratio does not matter: a short text repeats itself."""

Element = Any
"""An element of lxml, which has no types of its own."""

# What reading a damaged archive raises.
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
)
_DAMAGED = "is damaged and cannot be unpacked; get or save the file again"
_LOCKED = 0x1
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_MAIN = "/officeDocument"


class Package:
    """The parts of one archive, by name."""

    def __init__(self, path: Path, data: bytes) -> None:
        """Open the archive in ``data``; raises ``ReadingError`` where it is damaged, locked, or unpacks to too much."""
        self._path = path
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            members = self._archive.infolist()
        except _ZIP_FAULTS:
            raise fault(path, _DAMAGED) from None
        if len(members) > MOST_MEMBERS:
            raise fault(path, f"holds more than {MOST_MEMBERS} parts; open it in Word and save it as a new .docx")
        unpacked = sum(member.file_size for member in members)
        if unpacked > LARGEST_UNPACKED or (unpacked > RATIO_FROM and unpacked > len(data) * LARGEST_RATIO):
            raise fault(path, f"unpacks to {size_in_words(unpacked)}, too much for a document; save it as a new .docx")
        if any(member.flag_bits & _LOCKED for member in members):
            raise fault(path, "is locked with a password; save it without one")
        self._members = {member.filename.replace("\\", "/").lstrip("/").lower(): member for member in members}

    def names(self) -> tuple[str, ...]:
        """The names of all parts, in lower case."""
        return tuple(self._members)

    def part(self, name: str) -> Element | None:
        """The root element of an XML part, ``None`` where there is no such part."""
        member = self._members.get(name.lower())
        if member is None:
            return None
        if member.file_size > LARGEST_PART:
            raise fault(self._path, f"holds more than {size_in_words(LARGEST_PART)} of text; split it")
        try:
            with self._archive.open(member) as file:
                data = file.read(LARGEST_PART + 1)
        except _ZIP_FAULTS:
            raise fault(self._path, _DAMAGED) from None
        return self._parsed(name, data)

    def _parsed(self, name: str, data: bytes) -> Element:
        if _DOCTYPE.search(data.replace(b"\x00", b"")):  # without the zeros of UTF-16
            raise fault(self._path, "holds XML with entities, which no Word document needs; save it as a new .docx")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError):
            raise fault(self._path, f"is damaged: {posixpath.basename(name)} in it is no XML; save it again") from None
        if root.getroottree().docinfo.doctype:
            raise fault(self._path, "holds XML with entities, which no Word document needs; save it as a new .docx")
        return root

    def main(self) -> str:
        """The name of the part that holds the document."""
        relations = self.part("_rels/.rels")
        for relation in relations if relations is not None else ():
            if isinstance(relation.tag, str) and (relation.get("Type") or "").endswith(_MAIN):
                name = _resolved("", relation.get("Target") or "")
                if name.lower() in self._members:
                    return name
        return "word/document.xml"

    def related(self, source: str, kind: str) -> Element | None:
        """The root of the part that ``source`` names as its ``kind`` (styles, numbering, footnotes ...)."""
        folder, base = posixpath.split(source)
        relations = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        for relation in relations if relations is not None else ():
            if isinstance(relation.tag, str) and (relation.get("Type") or "").endswith(f"/{kind}"):
                if (relation.get("TargetMode") or "").lower() == "external":
                    continue
                found = self.part(_resolved(folder, relation.get("Target") or ""))
                if found is not None:
                    return found
        return self.part(posixpath.join(folder, f"{kind}.xml"))


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
