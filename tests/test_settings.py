"""Every setting is read from its variable or ``.env``; a wrong value is told by name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from bot.cli.errors import one_line
from bot.settings import Settings

READ: list[tuple[str, str, str, Any]] = [
    ("home", "CIRCULAR_HOME", "/srv/desk", Path("/srv/desk")),
    ("corpus", "CIRCULAR_CORPUS", "docs", Path("docs")),
    ("database_url", "CIRCULAR_DATABASE_URL", "sqlite:////x.db", "sqlite:////x.db"),
    ("embedder", "CIRCULAR_EMBEDDER", "minilm", "minilm"),
    ("chroma_url", "CIRCULAR_CHROMA_URL", "http://localhost:8000", "http://localhost:8000"),
    ("weights", "CIRCULAR_WEIGHTS", "/w.bin", Path("/w.bin")),
    ("threads", "CIRCULAR_THREADS", "4", 4),
    ("memory", "CIRCULAR_MEMORY", "false", False),
    ("reading", "CIRCULAR_READING", "false", False),
    ("telegram_token", "TELEGRAM_BOT_TOKEN", "1:abc", SecretStr("1:abc")),
    ("telegram_api", "TELEGRAM_API_BASE_URL", "http://localhost:8081", "http://localhost:8081"),
    ("webhook_url", "CIRCULAR_WEBHOOK_URL", "https://bot.example/tg", "https://bot.example/tg"),
    ("webhook_secret", "CIRCULAR_WEBHOOK_SECRET", "abc-def_1", SecretStr("abc-def_1")),
    ("webhook_listen", "CIRCULAR_WEBHOOK_LISTEN", "0.0.0.0:80", "0.0.0.0:80"),
    ("metrics_listen", "CIRCULAR_METRICS_LISTEN", "127.0.0.1:9000", "127.0.0.1:9000"),
    ("log_form", "CIRCULAR_LOG", "json", "json"),
    ("hash_key", "CIRCULAR_HASH_KEY", "of my own", SecretStr("of my own")),
    ("keep_days", "CIRCULAR_KEEP_DAYS", "30", 30),
    ("staff_chat", "CIRCULAR_STAFF_CHAT_ID", "-100123", -100123),
    ("admins", "CIRCULAR_ADMIN_IDS", "1,2", (1, 2)),
    ("staff_language", "CIRCULAR_STAFF_LANGUAGE", "zh", "zh"),
    ("office_hours", "CIRCULAR_OFFICE_HOURS", "Mon 09:00-10:00; UTC", "Mon 09:00-10:00; UTC"),
    ("keep_staff_days", "CIRCULAR_KEEP_STAFF_DAYS", "30", 30),
]
WRONG = [
    ("CIRCULAR_THREADS", "many"),
    ("CIRCULAR_THREADS", "0"),
    ("CIRCULAR_THREADS", "65"),
    ("CIRCULAR_MEMORY", "perhaps"),
    ("CIRCULAR_READING", "perhaps"),
    ("CIRCULAR_STAFF_CHAT_ID", "@staff"),
    ("CIRCULAR_LOG", "xml"),
    ("CIRCULAR_KEEP_DAYS", "0"),
    ("CIRCULAR_KEEP_DAYS", "for ever"),
    ("CIRCULAR_ADMIN_IDS", "1,anna"),
    ("CIRCULAR_STAFF_LANGUAGE", "fr"),
    ("CIRCULAR_KEEP_STAFF_DAYS", "0"),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of no ``.env``, and an environment of no setting."""
    for name in os.environ:
        if name.startswith(("CIRCULAR_", "TELEGRAM_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_setting_is_tried_here() -> None:
    assert {(name, alias) for name, alias, _, _ in READ} == {
        (name, field.alias) for name, field in Settings.model_fields.items()
    }


def test_the_defaults_need_nothing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setenv("HOME", str(folder))
    settings = Settings()
    assert settings.home.is_relative_to(folder)
    assert settings.home.name == "circular-desk"
    assert settings.embedder == "auto"
    assert settings.database == f"sqlite:///{settings.home}/library.sqlite"
    assert (settings.corpus, settings.weights, settings.telegram_token, settings.staff_chat) == (None,) * 4
    assert settings.bot_database == f"sqlite:///{settings.home}/bot.sqlite"
    assert (settings.webhook_url, settings.webhook_secret, settings.metrics_listen, settings.hash_key) == (None,) * 4
    assert (settings.webhook_listen, settings.log_form, settings.keep_days) == ("127.0.0.1:8080", "plain", 90)
    assert settings.threads == 2
    assert settings.memory is True
    assert settings.telegram_api == "https://api.telegram.org"
    assert settings.admins == ()


@pytest.mark.parametrize(("name", "variable", "raw", "value"), READ)
def test_a_setting_is_read_from_its_variable(
    name: str, variable: str, raw: str, value: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert getattr(Settings(), name) != value
    monkeypatch.setenv(variable, raw)
    assert getattr(Settings(), name) == value


@pytest.mark.parametrize(("name", "variable", "raw", "value"), READ)
def test_a_setting_is_read_from_the_file(name: str, variable: str, raw: str, value: Any, folder: Path) -> None:
    (folder / ".env").write_text(f"# settings\n{variable}={raw}\nUNKNOWN=1\n", encoding="utf-8")
    assert getattr(Settings(), name) == value


def test_the_environment_goes_before_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("CIRCULAR_THREADS=3\nCIRCULAR_EMBEDDER=e5\n", encoding="utf-8")
    monkeypatch.setenv("CIRCULAR_THREADS", "5")
    settings = Settings()
    assert (settings.threads, settings.embedder) == (5, "e5")


@pytest.mark.parametrize(
    ("raw", "ids"), [("", ()), ("7", (7,)), ("7,8", (7, 8)), (" 7 , 8,", (7, 8)), ("7 8", (7, 8)), ("-7", (-7,))]
)
def test_admins_are_ids_separated_by_commas(raw: str, ids: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIRCULAR_ADMIN_IDS", raw)
    assert Settings().admins == ids


@pytest.mark.parametrize(("variable", "raw"), WRONG)
def test_a_wrong_value_is_told_in_one_line_by_the_name_of_its_variable(
    variable: str, raw: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, raw)
    with pytest.raises(ValidationError) as caught:
        Settings()
    line = one_line(caught.value)
    assert line.startswith(variable)
    assert "\n" not in line


def test_the_token_is_not_shown_by_accident(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:hush")
    monkeypatch.setenv("CIRCULAR_WEBHOOK_SECRET", "hush-webhook")
    monkeypatch.setenv("CIRCULAR_HASH_KEY", "hush-key")
    settings = Settings()
    assert "hush" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == "123:hush"


def test_the_bot_keeps_its_own_file_or_uses_the_database_of_the_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIRCULAR_HOME", "/srv/desk")
    assert Settings().bot_database == "sqlite:////srv/desk/bot.sqlite"
    monkeypatch.setenv("CIRCULAR_DATABASE_URL", "postgresql://desk@host/desk")
    assert Settings().bot_database == Settings().database == "postgresql://desk@host/desk"


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().threads = 3


@pytest.mark.parametrize(("name", "variable"), [(name, variable) for name, variable, _, _ in READ if name != "admins"])
def test_an_empty_variable_is_an_absent_one(name: str, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    absent = getattr(Settings(), name)
    monkeypatch.setenv(variable, "")
    assert getattr(Settings(), name) == absent
