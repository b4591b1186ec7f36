"""What a file is by its content: its first bytes, and for containers the names of what they hold."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, NoReturn

from documents.readers.source import fault


class Kind(StrEnum):
    """The kinds of file there are readers for."""

    PDF = "PDF"
    WORD = "Word document"
    PAGE = "web page"
    TEXT = "plain text"


class Foreign(NamedTuple):
    """A kind of file there is no reader for: what it is, and what to do about it."""

    name: str
    advice: str


_AS_WORD = "open it in Word or LibreOffice and save it as .docx"
_AS_PDF = "save or print it as PDF, or save its text as .docx"
_PICTURE = "a document is needed, not a picture of it; save it as PDF, whose pages text recognition can read"
_UNPACK = "unpack it and add the documents in it one by one"
_NO_DOCUMENT = "add a PDF, a Word document (.docx), a web page or plain text"

_ENCRYPTED = Foreign("an Office file locked with a password", "open it, remove the password and save it as .docx")
_OLD_WORD = Foreign("a Word document of the old kind (.doc)", _AS_WORD)
_ARCHIVED_PAGE = Foreign(
    "a web page saved as an archive (.mht)", "open it in a browser and save it as a web page, HTML only"
)
_BROKEN_ZIP = Foreign("a damaged Word document or zip archive", "get or save the file again")

# First bytes, and what they are the sign of.
_SIGNS: tuple[tuple[bytes, Foreign], ...] = (
    (b"\x89PNG", Foreign("a picture (PNG)", _PICTURE)),
    (b"\xff\xd8\xff", Foreign("a picture (JPEG)", _PICTURE)),
    (b"GIF8", Foreign("a picture (GIF)", _PICTURE)),
    (b"II*\x00", Foreign("a picture (TIFF)", _PICTURE)),
    (b"MM\x00*", Foreign("a picture (TIFF)", _PICTURE)),
    (b"8BPS", Foreign("a picture (Photoshop)", _PICTURE)),
    (b"\x00\x00\x01\x00", Foreign("a picture (icon)", _PICTURE)),
    (b"AT&TFORM", Foreign("a scanned document (DjVu)", _AS_PDF)),
    (b"{\\rtf", Foreign("a rich text file (.rtf)", _AS_WORD)),
    (b"%!PS", Foreign("a PostScript file", "turn it into PDF")),
    (b"\x7fELF", Foreign("a program", _NO_DOCUMENT)),
    (b"\xcf\xfa\xed\xfe", Foreign("a program", _NO_DOCUMENT)),
    (b"\xca\xfe\xba\xbe", Foreign("a program", _NO_DOCUMENT)),
    (b"\x00asm", Foreign("a program", _NO_DOCUMENT)),
    (b"#!", Foreign("a program (script)", _NO_DOCUMENT)),
    (b"\x1f\x8b", Foreign("a packed file (gzip)", _UNPACK)),
    (b"BZh", Foreign("a packed file (bzip2)", _UNPACK)),
    (b"\xfd7zXZ\x00", Foreign("a packed file (xz)", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Foreign("a packed file (zstd)", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Foreign("an archive (7z)", _UNPACK)),
    (b"Rar!\x1a\x07", Foreign("an archive (RAR)", _UNPACK)),
    (b"SQLite format 3\x00", Foreign("a database", _NO_DOCUMENT)),
    (b"ID3", Foreign("a sound recording", _NO_DOCUMENT)),
    (b"OggS", Foreign("a sound recording", _NO_DOCUMENT)),
    (b"\x1aE\xdf\xa3", Foreign("a film", _NO_DOCUMENT)),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in an OLE container, as its directory writes them.
_STREAMS: tuple[tuple[str, Foreign], ...] = (
    ("EncryptedPackage", _ENCRYPTED),
    ("WordDocument", _OLD_WORD),
    ("Workbook", Foreign("an Excel workbook of the old kind (.xls)", _AS_PDF)),
    ("PowerPoint Document", Foreign("a PowerPoint presentation of the old kind (.ppt)", _AS_PDF)),
    ("HwpSummaryInformation", Foreign("a Hangul document (.hwp)", _AS_PDF)),
    ("__properties_version1.0", Foreign("an Outlook message (.msg)", "save its text or its attachment as a file")),
)
_OLD_OFFICE = Foreign("an Office file of an old kind", _AS_WORD)

_ZIP_SIGNS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ZIP_CONTENT: tuple[tuple[str, Foreign], ...] = (
    ("xl/workbook", Foreign("an Excel workbook (.xlsx)", _AS_PDF)),
    ("ppt/presentation", Foreign("a PowerPoint presentation (.pptx)", _AS_PDF)),
    ("META-INF/container.xml", Foreign("an e-book (EPUB)", _AS_PDF)),
    ("META-INF/MANIFEST.MF", Foreign("a program (Java)", _NO_DOCUMENT)),
    ("Index/Document.iwa", Foreign("a Pages document", _AS_WORD)),
    ("content.xml", Foreign("an OpenDocument file (.odt)", _AS_WORD)),
    ("OFD.xml", Foreign("an OFD document", _AS_PDF)),
)
_ARCHIVE = Foreign("a zip archive", _UNPACK)
MOST_MEMBERS = 5_000
"""Parts above which an archive is no document; its list of contents is not even read then."""
_CROWDED = Foreign(f"an archive of more than {MOST_MEMBERS} parts", "add the document itself, saved as a new .docx")
_MEMBER = b"PK\x01\x02"

_HEAD = 4096
"""Bytes from the beginning that tell what a file is."""
_PDF_WITHIN = 1024
"""Bytes within which a PDF has to say that it is one."""
_PDF = re.compile(rb"(?:\A|[\r\n\x00])(?:\xef\xbb\xbf)?\s*%PDF-\d")
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_TAG = re.compile(r"</?(?:p|div|table|br|h[1-6]|span|meta|title|center|font|ul|ol|section|article)\b[^<>]*>", re.I)
_BEFORE_MARKUP = re.compile(r"\s*(?:<\?xml\b[^>]*>|<!--.*?-->|\s+)*\s*", re.S)
_OTHER_XML: tuple[tuple[str, Foreign], ...] = (
    ("Word.Document", Foreign("a Word document saved as XML", _AS_WORD)),
    ("<svg", Foreign("a drawing (SVG)", _PICTURE)),
)
_ANY_XML = Foreign("an XML file", "save the document as .docx, PDF or a web page")
_MAIL_HEADER = re.compile(r"^(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?mime-version:\s*1\.0", re.I)
_MAIL = Foreign("an e-mail message", "save its text or its attachment as a file")


def _text_head(data: bytes) -> str:
    head = data[:_HEAD]
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, errors="replace")
    return head.decode("latin-1")


def _container(data: bytes) -> Foreign:
    for stream, foreign in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return foreign
    return _OLD_OFFICE


def _packed(data: bytes) -> Kind | Foreign:
    if data.count(_MEMBER) > MOST_MEMBERS:
        return _CROWDED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError, OverflowError, IndexError):
        return _BROKEN_ZIP
    lowered = [name.replace("\\", "/").lower() for name in names]
    if any(name == "word/document.xml" or (name.startswith("word/") and name.endswith(".xml")) for name in lowered):
        return Kind.WORD
    for prefix, foreign in _ZIP_CONTENT:
        if any(name.startswith(prefix.lower()) for name in lowered):
            return foreign
    return Kind.WORD if "[content_types].xml" in lowered else _ARCHIVE


def _riff_or_film(data: bytes) -> Foreign | None:
    if data[4:8] == b"ftyp":
        picture = data[8:12] in {b"heic", b"heix", b"avif", b"mif1"}
        return Foreign("a picture (HEIC)", _PICTURE) if picture else Foreign("a film", _NO_DOCUMENT)
    if data.startswith(b"RIFF"):
        picture = data[8:12] == b"WEBP"
        return Foreign("a picture (WebP)", _PICTURE) if picture else Foreign("a recording", _NO_DOCUMENT)
    if data.startswith(b"MZ") and b"PE\x00\x00" in data[:_HEAD]:
        return Foreign("a program", _NO_DOCUMENT)
    if data.startswith(b"BM") and len(data) > 18 and data[6:10] == bytes(4):
        return Foreign("a picture (BMP)", _PICTURE)
    if data[257:262] == b"ustar":
        return Foreign("an archive (tar)", _UNPACK)
    return None


def _markup(head: str) -> Kind | Foreign | None:
    start = _BEFORE_MARKUP.match(head)
    begin = head[start.end() :] if start else head
    if _MARKUP.match(begin):
        return Kind.PAGE
    if head.lstrip().startswith("<?xml") or begin.lower().startswith("<svg"):
        if _MARKUP.search(head):
            return Kind.PAGE
        return next((foreign for sign, foreign in _OTHER_XML if sign in head), _ANY_XML)
    if mail := _MAIL_HEADER.match(head):
        archived = "multipart/related" in head.lower() or "saved by" in mail.group().lower()
        return _ARCHIVED_PAGE if archived else _MAIL
    if _MARKUP.search(head) or len(_TAG.findall(head)) >= 3:
        return Kind.PAGE if begin.startswith("<") else None
    return None


def kind_of(data: bytes) -> Kind | Foreign | None:
    """What the content shows a file to be; ``None`` where it may be text of any kind."""
    if _PDF.search(data, 0, _PDF_WITHIN):
        return Kind.PDF
    if data.startswith(_OLE):
        return _container(data)
    if data.startswith(_ZIP_SIGNS):
        return _packed(data)
    for sign, foreign in _SIGNS:
        if data.startswith(sign):
            return foreign
    return _riff_or_film(data) or _markup(_text_head(data))


def refuse(path: Path, foreign: Foreign) -> NoReturn:
    """Raise the ``ReadingError`` for a kind of file there is no reader for."""
    raise fault(path, f"is {foreign.name}; {foreign.advice}")


def expect(path: Path, data: bytes, kind: Kind) -> None:
    """Raise ``ReadingError`` where the content shows another kind of file than ``kind``."""
    found = kind_of(data)
    if isinstance(found, Foreign):
        refuse(path, found)
    if isinstance(found, Kind) and found is not kind and not {found, kind} <= {Kind.PAGE, Kind.TEXT}:
        raise fault(path, f"is a {found}, not a {kind}; give it the ending that says so")
