"""Check this collection: `python3 check.py` prints what is wrong and exits 1, or prints the counts.

It proves that every article has its title and five paragraphs of 90 to 160 words, that every article
has ten questions and every paragraph two of them, and that each snippet names exactly one place.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ARTICLES = 24
PARAGRAPHS = 5
QUESTIONS_EACH = 10
QUESTIONS_PER_PARAGRAPH = 2
PARAGRAPH_WORDS = range(90, 161)
SNIPPET_WORDS = range(6, 16)
QUESTION_CHARS = range(8, 36)
Places = Counter[tuple[str, int]]  # how many questions each paragraph (article, its number from 1) answers
FIELDS = {"id", "question", "document", "any_of"}


def paragraphs(text: str) -> list[str]:
    """The body paragraphs of one article: its blocks that are not headings."""
    return [block for block in text.strip().split("\n\n") if not block.startswith("#")]


def article_faults(name: str, text: str) -> list[str]:
    """What is wrong with one article, a line each."""
    faults = []
    if not text.startswith("# "):
        faults.append(f"{name}: no title")
    if len(re.findall(r"(?m)^##", text)) > 2:
        faults.append(f"{name}: more than two headings")
    body = paragraphs(text)
    if len(body) != PARAGRAPHS:
        faults.append(f"{name}: {len(body)} paragraphs")
    for number, paragraph in enumerate(body, 1):
        words = len(paragraph.split())
        if words not in PARAGRAPH_WORDS:
            faults.append(f"{name} paragraph {number}: {words} words")
        if "\n" in paragraph:
            faults.append(f"{name} paragraph {number}: broken over lines")
    return faults


def question_faults(row: dict[str, Any], articles: dict[str, str], whole: str, per_place: Places) -> list[str]:
    """What is wrong with one question, a line each; counts the paragraphs it points at in `per_place`."""
    name = row.get("id", "?")
    if set(row) != FIELDS:
        return [f"{name}: fields {sorted(row)}"]
    faults = []
    if not re.fullmatch(rf"{row['document']}-q\d\d", name) or row["document"] not in articles:
        return [f"{name}: id and document disagree, or no such article"]
    if len(row["question"]) not in QUESTION_CHARS:
        faults.append(f"{name}: question of {len(row['question'])} characters")
    if not row["question"].endswith("？"):
        faults.append(f"{name}: does not end in a question mark")
    places = set()
    for snippet in row["any_of"]:
        if len(snippet.split()) not in SNIPPET_WORDS:
            faults.append(f"{name}: snippet of {len(snippet.split())} words")
        if whole.count(snippet) != 1:
            faults.append(f"{name}: snippet found {whole.count(snippet)} times: {snippet}")
        places |= {n for n, p in enumerate(paragraphs(articles[row["document"]]), 1) if snippet in p}
    if len(places) != 1:
        faults.append(f"{name}: answered in {len(places)} paragraphs of {row['document']}")
    per_place.update((row["document"], place) for place in places)
    return faults


def main() -> int:
    """Print the faults, or the counts when there are none."""
    articles = {path.stem: path.read_text("utf-8") for path in sorted(HERE.glob("e[0-9][0-9].md"))}
    lines = (HERE / "questions.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    faults = [fault for name, text in articles.items() for fault in article_faults(name, text)]
    if len(articles) != ARTICLES:
        faults.append(f"{len(articles)} articles")
    whole = "\n\n".join(articles.values())
    per_place: Places = Counter()
    for row in rows:
        faults += question_faults(row, articles, whole, per_place)
    each = Counter(row.get("document") for row in rows)
    faults += [f"{name}: {each[name]} questions" for name in articles if each[name] != QUESTIONS_EACH]
    for name in articles:
        for place in range(1, PARAGRAPHS + 1):
            if per_place[name, place] != QUESTIONS_PER_PARAGRAPH:
                faults.append(f"{name} paragraph {place}: {per_place[name, place]} questions")
    for field in ("id", "question"):
        doubled = [value for value, times in Counter(row.get(field) for row in rows).items() if times > 1]
        faults += [f"{field} used twice: {value}" for value in doubled]
    if faults:
        print(*faults, sep="\n")
        return 1
    words = [len(p.split()) for text in articles.values() for p in paragraphs(text)]
    chars = [len(row["question"]) for row in rows]
    print(f"{len(articles)} articles, {len(words)} paragraphs of {min(words)}-{max(words)} words")
    print(f"{len(rows)} questions of {min(chars)}-{max(chars)} characters, each snippet found exactly once")
    return 0


if __name__ == "__main__":
    sys.exit(main())
