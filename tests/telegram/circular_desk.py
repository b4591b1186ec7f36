"""Test equipment: the real bot before the real documents of ``CIRCULAR_CORPUS``, and a desk that only echoes.

It starts in a second, as it needs no index.
"""

from __future__ import annotations

import sys

from bot.answering.answer import Answer, Question, Status
from bot.settings import Settings
from bot.telegram import BotError, run
from documents.library import Library
from documents.loading import SHIPPED, load_corpus


class EchoingDesk:
    """Knows the documents, answers nothing."""

    def __init__(self, settings: Settings) -> None:
        self.library: Library = load_corpus(settings.corpus or SHIPPED)[0]

    def ask(self, question: Question, *, explain: bool = False) -> Answer:
        said = f"Echo: {question.text}"
        return Answer(status=Status.NOT_STATED, language="en", text=said, lead=said)


if __name__ == "__main__":
    read = Settings()
    try:
        run(EchoingDesk(read), read)
    except BotError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
