"""PDFs by the programs people print with: an office suite, and a browser. Both must be installed on the machine."""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

_OFFICES, _BROWSERS = ("soffice", "libreoffice"), ("chromium", "chromium-browser", "google-chrome")
_SECONDS = 180


def _program(names: tuple[str, ...]) -> str:
    for name in names:
        if found := shutil.which(name):
            return found
    raise FileNotFoundError(f"none of {', '.join(names)} is installed")


def by_office(path: Path, word: Path) -> None:
    """Print a Word document."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            _program(_OFFICES), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
            "pdf:writer_pdf_Export", "--outdir", folder, str(word),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        shutil.move(f"{folder}/{word.stem}.pdf", path)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


def by_browser(path: Path, page: str, address: str, *, margins: bool) -> None:
    """Print a web page as if it stood at ``address`` (``http://host/file``); ``margins`` prints date, title and address.

    The browser is served by this process; nothing is asked of any other machine.
    """
    host, _, file = address.removeprefix("http://").partition("/")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "site", file)
        target.parent.mkdir(parents=True)
        target.write_text(page, encoding="utf-8")
        handler = functools.partial(_Quiet, directory=f"{folder}/site")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        command = [
            _program(_BROWSERS), "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
            f"--host-resolver-rules=MAP {host}:80 127.0.0.1:{server.server_port}",
            *([] if margins else ["--no-pdf-header-footer"]), f"--print-to-pdf={path}", address,
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        finally:
            server.shutdown()
            server.server_close()
