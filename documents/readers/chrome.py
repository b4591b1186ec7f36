"""What of a web page is not the document: menus, forms, hidden parts, lines of links."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import groupby

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, Tag

from documents.blocks import Style
from documents.issuers import is_authority
from documents.readers.pieces import Piece
from documents.structure import label_of

_NEVER_SHOWN = frozenset([
    "applet", "area", "audio", "base", "button", "canvas", "datalist", "del", "dialog", "embed", "frame", "frameset",
    "head", "iframe", "img", "input", "link", "map", "meta", "noembed", "noframes", "noscript", "object",
    "optgroup", "option", "param", "progress", "rp", "rt", "script", "select", "source", "style", "svg", "template",
    "textarea", "title", "track", "video"
])  # fmt: skip
_CHROME = frozenset({"nav", "aside", "header", "footer", "form"})
_CHROME_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar"}
)
_OF_ARTICLES = frozenset({"header", "footer"})
_ARTICLES = frozenset({"article", "main"})
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)

_MOST_OF_THE_PAGE = 0.5
"""Share of the text from which a part is the document, whatever its tag says: many pages are one form."""
_MOST_OF_A_LINE = 0.6
"""Share of a line that is links from which it is a line of links."""
_LEFT_OVER = 4
"""Letters beside links up to which a line holds nothing but them."""
_RUN = 3
"""Lines of one link each, one after the other, that make a menu."""

_LETTERS = re.compile(r"\w")
_SENTENCE = re.compile(r"[。；;：:.!?！？，,]$")
_ATTACHMENT = re.compile(
    r"^(?:\d+[.、．]\s*)?[《“\"']?(?:附件|附表|附录|附图|Append|Annex|Attachment|Schedule|Enclosure)"
    r"|\.(?:docx?|pdf|xlsx?|wps|zip|rar|et|ofd)\b",
    re.I,
)
_TRAIL = re.compile(r"^(?:当前位置|您的位置|您现在的位置|现在位置|所在位置|You are here|Home\s*[>»›/|])", re.I)
# A trail anywhere in a line, such as behind the name of the site, though none of its steps is a link.
_TRAIL_WITHIN = re.compile(
    r"(?:当前位置|您的位置|您现在的位置|现在位置|所在位置|You are here)\s*[:：]?\s*"
    r"(?:网站)?(?:首[页頁]|主[页頁]|Home)\s*[>»›→|/]",
    re.I,
)
_FURNITURE = re.compile(
    r"^\W*(?:返回顶部|回到顶部|返回首页|打印本页|打印|关闭窗口|关闭本页|关闭|首页|上一[篇页][:：]?.*|下一[篇页][:：]?.*|分享到?[:：]?"
    r"|字[体号][:：].{0,12}|设为首页|加入收藏|扫一扫.{0,20}|back to top|top of page|print(?: this page)?"
    r"|close(?: window)?|home|skip to (?:main )?content|share(?: this page)?|log ?in|sign in"
    r"|(?:打印|关闭)\W+(?:关闭|打印))\W*$"
    r"|^\W*(?:copyright\b.{0,12}(?:©|\(c\)|\d{4})|©|版权所有|all rights reserved|copyright policy\b|disclaimers?\W*$)"
    r"|ICP备\s*\d+|公网安备|网站标识码|^\W*(?:主办单位|承办单位|技术支持)[:：]",
    re.I,
)
_LONGEST_FURNITURE = 160
"""Characters above which a block is text, whatever it begins with."""
_LONGEST_NAME = 40
"""Characters above which a block is more than the name of a site or of a menu."""
_SHORTEST_TITLE = 4
"""Characters below which what a page calls itself tells nothing."""

_DIGIT = re.compile(r"\d")
_TITLE_PARTS = re.compile(r"\s+[-–—|·»:]\s+|[_|－—–]+|-(?=[^\x00-\x7f])")
_TITLE_NAMES = frozenset({"articletitle", "og:title", "dc.title", "dcterms.title", "citation_title"})


class Chrome:
    """Tells which parts of a page are shown and belong to the document."""

    def __init__(self, soup: BeautifulSoup) -> None:
        """Measure the page once: parts that hold most of its text are the document, whatever they are called."""
        body: Tag = soup.body or soup
        self._sizes, self._in_article, total = _measure(body)
        self._most = total * _MOST_OF_THE_PAGE
        mains = [tag for tag in soup.find_all(_is_main) if isinstance(tag, Tag)]
        whole = len(mains) == 1 and self._sizes.get(id(mains[0]), 0) > self._most
        self.root: Tag = mains[0] if whole else body

    def hides(self, tag: Tag) -> bool:
        """Whether a part is not shown, or not part of the document."""
        if tag.name in _NEVER_SHOWN or _is_hidden(tag):
            return True
        if not _is_chrome(tag) or self._sizes.get(id(tag), 0) > self._most:
            return False
        return not (tag.name in _OF_ARTICLES and id(tag) in self._in_article)


def _is_main(tag: Tag) -> bool:
    return tag.name == "main" or tag.get("role") == "main"


def _is_chrome(tag: Tag) -> bool:
    return tag.name in _CHROME or str(tag.get("role") or "").lower() in _CHROME_ROLES


def _is_hidden(tag: Tag) -> bool:
    if tag.get("hidden") is not None or str(tag.get("aria-hidden") or "").lower() == "true":
        return True
    style = tag.get("style")
    return style is not None and bool(_HIDDEN_STYLE.search(str(style)))


def _measure(body: Tag) -> tuple[dict[int, int], set[int], int]:
    """Characters of text in each part that may be chrome, which of them stand in an article, and in the whole page."""
    sizes: dict[int, int] = {}
    in_article: set[int] = set()
    total = 0
    articles = 0
    stack = [(body, iter(body.contents), 0)]
    counts = [0]
    while stack:
        tag, inner, _ = stack[-1]
        child = next(inner, None)
        if child is None:
            stack.pop()
            articles -= tag.name in _ARTICLES
            if id(tag) in sizes:
                sizes[id(tag)] = counts.pop()
                counts[-1] += sizes[id(tag)]
        elif isinstance(child, Tag):
            if child.name in _NEVER_SHOWN or _is_hidden(child):
                continue
            if _is_chrome(child) or _is_main(child):
                sizes[id(child)] = 0
                counts.append(0)
                if articles:
                    in_article.add(id(child))
            articles += child.name in _ARTICLES
            stack.append((child, iter(child.contents), 0))
        elif type(child) in {NavigableString, CData}:
            size = len("".join(str(child).split()))
            counts[-1] += size
            total += size
    return sizes, in_article, total


def _is_links(piece: Piece) -> bool:
    """Whether a line is made of links: a menu, a trail of where the page stands."""
    if not piece.links or piece.style is Style.HEADING or _ATTACHMENT.search(piece.text):
        return False
    if _TRAIL.match(piece.text):
        return True
    if piece.links < 2:
        return False
    size = len("".join(piece.text.split()))
    rest = len(_LETTERS.findall(piece.text)) - piece.linked
    return rest <= _LEFT_OVER or (piece.linked >= size * _MOST_OF_A_LINE and not _SENTENCE.search(piece.text))


def _is_furniture(piece: Piece) -> bool:
    return (
        piece.style is not Style.HEADING
        and len(piece.text) <= _LONGEST_FURNITURE
        and bool(_FURNITURE.search(piece.text) or _TRAIL_WITHIN.search(piece.text))
    )


def _is_one_link(piece: Piece) -> bool:
    whole = piece.linked + _LEFT_OVER >= len("".join(piece.text.split()))
    return piece.links == 1 and whole and piece.style is not Style.HEADING and not _ATTACHMENT.search(piece.text)


def _is_name(piece: Piece) -> bool:
    """Whether a line may be the name of a site or of a menu: short, no sentence, without a figure."""
    text = piece.text
    return len(text) <= _LONGEST_NAME and not _SENTENCE.search(text) and not _DIGIT.search(text)


def titles_of(soup: BeautifulSoup) -> frozenset[str]:
    """What a page calls itself: whole, and in the parts that a name of the site is added to; white space gone."""
    said = [tag.get_text() for tag in soup.find_all("title")]
    for tag in soup.find_all("meta"):
        if str(tag.get("name") or tag.get("property") or "").lower() in _TITLE_NAMES:
            said.append(str(tag.get("content") or ""))
    parts = {part for text in said for part in (text, *_TITLE_PARTS.split(text))}
    return frozenset(squeezed for part in parts if len(squeezed := "".join(part.split())) >= _SHORTEST_TITLE)


def _title(pieces: Sequence[Piece], titles: Container[str]) -> int | None:
    """Which line is the title of the document, by what the page calls itself: the last above the text.

    The name of the site, which is part of what a page calls itself, stands above the title.
    """
    found = None
    for at, piece in enumerate(pieces):
        if "".join(piece.text.split()) in titles:
            found = at
        elif len(piece.text) > _LONGEST_NAME and _SENTENCE.search(piece.text):
            break
    return found


def _topmost_heading(pieces: Sequence[Piece]) -> int | None:
    """The one heading of the first level, where no text, but lines, stand above it; ``None`` where it tells nothing.

    It may number a part, or name the office whose site the page is of: then it is no title.
    """
    tops = [at for at, piece in enumerate(pieces) if piece.style is Style.HEADING and piece.level == 1]
    if len(tops) != 1 or label_of(text := pieces[tops[0]].text) or is_authority(text):
        return None
    return None if any(_SENTENCE.search(piece.text) for piece in pieces[: tops[0]]) else tops[0]


def _marked(pieces: Sequence[Piece], at: int) -> list[Piece]:
    """The pieces, of which one is the title."""
    return [*pieces[:at], pieces[at]._replace(style=Style.TITLE, level=None), *pieces[at + 1 :]]


def _from_title(pieces: Sequence[Piece], titles: Container[str]) -> list[Piece]:
    """The pieces with the title marked as one; names of site and menus above what the page calls itself are left out.

    Where the page does not call itself by its title, its topmost heading is that, and all above it stays: it may be
    a letterhead.
    """
    at = _title(pieces, titles)
    if at is None:
        top = _topmost_heading(pieces)
        return list(pieces) if not top else _marked(pieces, top)
    above = [piece for piece in pieces[:at] if piece.style is Style.TABLE_ROW or not _is_name(piece)]
    return _marked([*above, *pieces[at:]], len(above))


def without_furniture(pieces: Sequence[Piece], titles: Container[str] = ()) -> tuple[list[Piece], int]:
    """The pieces that are text, and how many were left out. ``titles`` is what the page calls itself."""
    kept: list[Piece] = []
    for one_link, run in groupby(pieces, key=_is_one_link):
        group = list(run)
        if one_link and len(group) >= _RUN:
            if kept and kept[-1].style is Style.HEADING and not kept[-1].links and _is_name(kept[-1]):
                kept.pop()  # what the menu is called
            continue
        kept += [piece for piece in group if not _is_links(piece) and not _is_furniture(piece)]
    kept = _from_title(kept, titles)
    return kept, len(pieces) - len(kept)
