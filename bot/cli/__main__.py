"""``python -m bot.cli`` is ``circular``."""

from bot.cli.main import main

if __name__ == "__main__":
    main()
