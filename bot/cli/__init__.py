"""The command line: ``circular``."""

from bot.cli.main import main

__all__ = ["main"]
