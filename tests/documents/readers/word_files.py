"""Writes Word documents part by part, for what python-docx cannot write."""

from __future__ import annotations

import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def p(text: str = "", properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def part(root: str, inner: str) -> str:
    """An XML part of Word with this root element."""
    return f"{HEAD}<w:{root} {_SPACES}>{inner}</w:{root}>"


def members(body: str, **parts: str) -> dict[str, str | bytes]:
    """The members of a document with this body, and the inner XML of other parts by the name of their root."""
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATIONS}/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts)
    )
    types = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{types}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{types}/relationships"><Relationship Id="m" '
        f'Type="{_RELATIONS}/officeDocument" Target="/word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{types}/relationships">{related}</Relationships>',
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        **{f"word/{name}.xml": part(name, inner) for name, inner in parts.items()},
    }


def pack(path: Path, content: dict[str, str | bytes]) -> Path:
    """Write the members of an archive to a file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def word(path: Path, body: str, **parts: str) -> Path:
    """Write a document with this body and these other parts."""
    return pack(path, members(body, **parts))
