"""The entry point: runs the commands, and turns errors into one line and an exit status."""

from __future__ import annotations

import os
import sys

from bot.cli.errors import ReaderLeft, report

_INTERRUPTED = 130
_STREAMS = ("stdout", "stderr")


def _readable(encoding: str | None) -> str:
    return "utf-8" if (encoding or "ascii").lower() in ("ascii", "us-ascii", "ansi_x3.4-1968") else str(encoding)


def main() -> None:
    """Run ``circular`` with the arguments of the process.

    Exit status 0 done, 1 failed with one line on standard error, 2 wrong usage.
    """
    arguments = sys.argv[1:]
    debug = "--debug" in arguments[: arguments.index("--") if "--" in arguments else None]
    for name in _STREAMS:
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            # Answers hold Chinese and ¶ whatever the terminal's encoding; what it cannot show is escaped.
            stream.reconfigure(encoding=_readable(stream.encoding), errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        # A damaged byte in what is typed or piped damages its character, not the conversation.
        sys.stdin.reconfigure(encoding=_readable(sys.stdin.encoding), errors="replace")
    try:
        from bot.cli.app import app

        app(args=[a for a in arguments if a != "--debug"] if debug else arguments, prog_name="circular")
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except ReaderLeft:
        # Python would complain once more when it closes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if debug:
            raise
        report(error)
        sys.exit(1)
