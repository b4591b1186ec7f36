"""Ensures the index of the three documents in a process of its own, from vectors computed before.

    build_apart.py HOME VECTORS [MOMENT ACTION]...

At a moment, as Python's audit events tell them, it acts: ``die`` (SIGKILL), ``touch:FILE``, or ``wait:FILE`` until that
exists. At the end it prints as JSON whether it built, and the counts of the index.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

MOMENTS = {
    "lock asked for": ("open", ".lock"),
    "folder asked for": ("os.mkdir", ".building-"),
    "half embedded": ("half embedded", ""),
    "database made": ("import", "langchain_chroma"),
    "arrays written": ("open", "spaces.npz"),
    "seal written": ("open", "COMPLETE"),
    "renamed": ("os.rename", ".building-"),
}
"""Moment to audit event and what the event's first argument holds. Python tells before it does."""


def act(action: str) -> None:
    if action == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    verb, file = action.split(":", 1)
    if verb == "touch":
        Path(file).touch()
    deadline = time.monotonic() + 30
    while verb == "wait" and not Path(file).exists() and time.monotonic() < deadline:
        time.sleep(0.01)


def watch(moment: str, action: str) -> None:
    event, holds = MOMENTS[moment]
    armed = True

    def hook(name: str, args: tuple[Any, ...]) -> None:
        nonlocal armed
        if not (armed and name == event and holds in str(args[0])):
            return
        # The seal is read before it is written.
        if holds != "COMPLETE" or ".building-" in str(args[0]):
            armed = False
            act(action)

    sys.addaudithook(hook)


def main(home: str, vectors: str, *moments: str) -> None:
    for moment, action in zip(moments[::2], moments[1::2], strict=True):
        watch(moment, action)

    import three_documents

    from retrieval.embedding.shipped import ShippedVectors
    from retrieval.fingerprint import fingerprint
    from retrieval.groups import wanted_of
    from retrieval.index import IndexFolder
    from retrieval.tuning import tuning

    built = False

    def progress(done: int, total: int) -> None:
        nonlocal built
        built = True
        if 0 < done < total:
            sys.audit("half embedded", "")

    asked = three_documents.NotLoaded()
    questions = three_documents.knowledge()
    place = IndexFolder(Path(home)).update(
        fingerprint(questions, asked.key, tuning()),
        wanted_of(three_documents.library(), questions),
        questions,
        tuning(),
        lambda: ShippedVectors(asked, Path(vectors)),
        progress,
    )
    from retrieval.store import Store

    print(json.dumps({"built": built, "counts": Store(place).counts()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
