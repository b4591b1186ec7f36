"""Texts nobody writes in good faith, or that come out of broken programs."""

from __future__ import annotations

HOSTILE = {
    "empty": "",
    "blank": " \t\n\u3000 ",
    "NUL": "before\x00after\x00",
    "only NUL": "\x00" * 50,
    "control characters": "".join(map(chr, range(32))),
    "lone surrogates": "half \ud83d a \udc00 pair \ud800",
    "a character of eighteen": "\ufdfa" * 100,
    "as many of those as are read": "\ufdfa" * 20_000,
    "emoji": "😀👩‍👩‍👧‍👦🏳️‍🌈" * 40,
    "one letter, endless": "a" * 100_000,
    "endless Chinese": "服务外包企业" * 17_000,
    "endless blanks": " " * 100_000,
    "endless combining marks": "e" + "\u0301" * 100_000,
    "right to left": "\u202eدعم التدريب\u202c " * 50,
    "not a character": "\uffff\ufffe\U0010ffff\U000e0001",
    "everything": "Which 银行 💰\x00 lends\ud800 \ufdfa قرض ตัวอย่าง\u200b?" * 300,
    "special tokens": "<s> </s> <pad> <unk> <mask> ▁▁ query: passage: ",
}
