"""Makes the pictures of the documentation anew from real conversations with the product.

    make pictures

It needs a Chromium on this machine, and fonts with Chinese and emoji: on Debian ``chromium``, ``fonts-noto-cjk`` and
``fonts-noto-color-emoji``. Nothing is fetched. Names of pictures after it make these alone.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from browser import MOST_BYTES, NoBrowserError, photographed
from phone import page_of
from scenes import taken

from bot.desk import open_desk
from bot.settings import Settings

HERE = Path(__file__).parent


def built(home: Path) -> None:
    """A home folder with the index of the shipped library, whatever the environment says."""
    fields = Settings.model_fields.items()
    defaults = {field.alias or name: field.get_default(call_default_factory=True) for name, field in fields}
    open_desk(Settings.model_validate({**defaults, "CIRCULAR_HOME": home})).close()


def main(wanted: list[str]) -> int:
    """Write the pictures beside this file; the exit code."""
    style = (HERE / "phone.css").read_text(encoding="utf-8")
    with taken(built) as scenes, tempfile.TemporaryDirectory() as folder:
        for name in wanted or scenes:
            try:
                content = photographed(page_of(scenes[name], style), Path(folder))
            except NoBrowserError as error:
                print(error, file=sys.stderr)
                return 1
            (HERE / f"{name}.png").write_bytes(content)
            print(f"{name}.png: {len(content):,} bytes" + (" (too large)" if len(content) > MOST_BYTES else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
