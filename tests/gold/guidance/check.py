"""Check the guidance pages and their questions; run with plain python3, no arguments, exit status 1 on any fault.

Proves that every page has its title, sections and 12-20 paragraphs, that there are five questions a page with
unique ids, and that each evidence snippet stands exactly once in the whole collection, on the page it is filed under.
"""

import collections
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
PAGES = 24
QUESTIONS_PER_PAGE = 5
PARAGRAPHS = range(12, 21)
SNIPPET_WORDS = range(6, 16)
SNIPPETS = range(1, 4)
SENTENCES = range(3, 9)
KINDS = {"yes_no", "how_much", "when", "which", "conditions"}
FIELDS = {"id", "kind", "question", "document", "evidence", "any_of"}


def blocks(text: str) -> list[str]:
    """Blank-line separated blocks of a page, headings included."""
    return [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]


def page_faults(name: str, text: str) -> list[str]:
    """Faults in the shape of one page."""
    found = blocks(text)
    faults = []
    if not found[0].startswith("# ") or sum(block.startswith("# ") for block in found) != 1:
        faults.append(f"{name}: wants one title, first")
    headings = [block for block in found if block.startswith("## ")]
    if len(headings) < 5 or len(set(headings)) != len(headings):
        faults.append(f"{name}: too few or repeated section headings")
    if any(block.startswith("#") and "\n" in block for block in found):
        faults.append(f"{name}: heading not parted from its paragraph by a blank line")
    paragraphs = [block for block in found if not block.startswith("#")]
    if len(paragraphs) not in PARAGRAPHS:
        faults.append(f"{name}: {len(paragraphs)} paragraphs")
    for block in paragraphs:
        first, *rest = block.split("\n")
        if rest and not (first.endswith(":") and all(line.startswith("- ") for line in rest)):
            faults.append(f"{name}: not a plain paragraph or an opening line with bullets: {first[:50]}")
        if not 20 <= len(block.split()) <= 95:
            faults.append(f"{name}: {len(block.split())} words in: {first[:50]}")
    return faults


def question_faults(row: dict, pages: dict[str, str]) -> list[str]:
    """Faults in one question and its snippets."""
    name = row["id"]
    faults = []
    if set(row) != FIELDS or row["kind"] not in KINDS:
        faults.append(f"{name}: fields or kind")
    if row["document"] not in pages or not name.startswith(row["document"] + "-q"):
        faults.append(f"{name}: document")
        return faults
    if row["evidence"] != [row["any_of"]] or len(row["any_of"]) not in SNIPPETS:
        faults.append(f"{name}: evidence and any_of differ, or not 1-3 snippets")
    sentences = re.findall(r"[.?!](?=\s|$)", row["question"])
    if len(sentences) not in SENTENCES or "?" not in row["question"]:
        faults.append(f"{name}: {len(sentences)} sentences, or no question mark")
    hits = []
    for snippet in row["any_of"]:
        if len(snippet.split()) not in SNIPPET_WORDS:
            faults.append(f"{name}: {len(snippet.split())} words in snippet: {snippet}")
        counts = {page: text.lower().count(snippet.lower()) for page, text in pages.items()}
        if sum(counts.values()) != 1 or counts[row["document"]] != 1 or snippet not in pages[row["document"]]:
            faults.append(f"{name}: snippet not exactly once on its page: {snippet}")
        else:
            hits += [i for i, block in enumerate(blocks(pages[row["document"]])) if snippet in block]
    if len(set(hits)) != len(hits):
        faults.append(f"{name}: two snippets of one paragraph")
    return faults


def main() -> int:
    """Print the counts and every fault; 0 when there is none."""
    pages = {path.stem: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("g[0-9][0-9].md"))}
    lines = (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    faults = [fault for name, text in pages.items() for fault in page_faults(name, text)]
    faults += [fault for row in rows for fault in question_faults(row, pages)]
    if len(pages) != PAGES:
        faults.append(f"{len(pages)} pages")
    if len({row["id"] for row in rows}) != len(rows) or len({row["question"] for row in rows}) != len(rows):
        faults.append("repeated id or question")
    per_page = collections.Counter(row["document"] for row in rows)
    faults += [f"{page}: {per_page[page]} questions" for page in pages if per_page[page] != QUESTIONS_PER_PAGE]
    every = [block for text in pages.values() for block in blocks(text) if not block.startswith("#")]
    faults += [f"paragraph stands twice: {b[:50]}" for b, n in collections.Counter(every).items() if n > 1]
    kinds = dict(collections.Counter(row["kind"] for row in rows))
    words = sum(len(block.split()) for block in every)
    print(f"{len(pages)} pages, {len(every)} paragraphs, {words} words, {len(rows)} questions {kinds}")
    print(f"{sum(len(row['any_of']) > 1 for row in rows)} questions with more than one right paragraph")
    print("\n".join(faults) or "no faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
