"""What Alembic runs: the migrations, on the connection and in the transaction it is given."""

from alembic import context

import bot.store.staff_tables  # noqa: F401  (its tables are part of METADATA)
from bot.store.schema import VERSIONS
from bot.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, version_table=VERSIONS)
with context.begin_transaction():
    context.run_migrations()
