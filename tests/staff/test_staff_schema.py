"""The tables of the staff desk come by one line of migrations, and by default their clock is the database's."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from staff_words import BOT, Shelf, asked, pseudonym

from bot.settings import Settings
from bot.staff.desk import open_staff

pytest_plugins = ["postgres_server", "staff_desks"]


def test_the_migrations_have_one_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(resources.files("bot.store").joinpath("migrations")))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_times_are_those_of_the_database(
    url: str, shelf: Shelf, tmp_path: Path, settings_of: Callable[..., Settings]
) -> None:
    settings = settings_of(tmp_path, CIRCULAR_DATABASE_URL=url)
    staff = open_staff(settings, bot=BOT, library=shelf, pseudonym=pseudonym)
    staff.asking.asked(asked(1), 500)
    (inquiry,) = staff.inquiries(2)
    staff.close()
    assert abs(inquiry.at - time.time()) < 60
