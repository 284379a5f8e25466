"""Whether the database that is to be opened is the shop's own, whole, and of a version that is known here.

A folder that served a shop says so in a file. A database that is missing there, or empty, is a loss: it is said, and
never filled anew as if nothing had been.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import psycopg
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DatabaseError

from dokango.archive import BACKUPS
from dokango.db.storage import require_sound
from dokango.errors import Unfit
from dokango.migrations.upgrade import config, engine_url
from dokango.shop.secrets import KEY_FILE

MARK = "database.txt"
_SQLITE = "sqlite:///"
_MOST_LOOKED_AT_BYTES = 2_000_000_000  # some seconds on a slow disk; `check` looks at all of it
_CONNECT_S = 5


def require_fit(url: str, data_dir: Path) -> None:
    """Raises Unfit, with what to do, when the database at `url` must not be opened as it is."""
    try:
        empty = _is_new_file(url) if url.startswith(_SQLITE) else _is_new_server(url)
        if empty and _served(url, data_dir):
            raise Unfit(
                f"{named(url)} is empty or missing, and {data_dir} belongs to a shop that kept its orders there."
            )
        if not empty:
            _require_known_version(url)
    except Unfit as error:
        raise Unfit(f"{error} {_what_to_do(data_dir)}") from error


def remember(url: str, data_dir: Path) -> None:
    """Say in the data folder which database is its shop's."""
    mark = data_dir / MARK
    words = f"{named(url)}\nThe shop of this folder keeps its orders there; without it nothing is started here.\n"
    if not mark.exists() or mark.read_text() != words:
        mark.write_text(words)


def named(url: str) -> str:
    """The database as people know it; without its password."""
    if url.startswith(_SQLITE):
        return url.removeprefix(_SQLITE)
    at = make_url(url)
    return URL.create(at.drivername, at.username, host=at.host, port=at.port, database=at.database).render_as_string()


def _is_new_file(url: str) -> bool:
    path = Path(url.removeprefix(_SQLITE))
    if not path.exists() or not path.stat().st_size:
        return True
    require_sound(path, most_bytes=_MOST_LOOKED_AT_BYTES)
    return False


def _is_new_server(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=_CONNECT_S) as connection:
            found = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
    except psycopg.Error as error:
        why = " ".join(str(error).split())
        raise Unfit(f"{named(url)} cannot be opened: {why}. See whether DOKANGO_DATABASE_URL is right.") from error
    return found is None or found[0] is None


def _served(url: str, data_dir: Path) -> bool:
    """Whether the folder's shop kept its orders at `url`. One from before there was a mark has a key."""
    mark = data_dir / MARK
    if mark.exists():
        return mark.read_text().splitlines()[:1] == [named(url)]
    return url.startswith(_SQLITE) and (data_dir / KEY_FILE).exists()


def _require_known_version(url: str) -> None:
    engine = create_engine(engine_url(url))
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_heads()
            known = ScriptDirectory.from_config(config(connection))
            _require_in(found, [script.revision for script in known.walk_revisions()], url)
    except DatabaseError as error:
        raise Unfit(f"{named(url)} cannot be read ({error.orig}).") from error
    finally:
        engine.dispose()


def _require_in(found: Sequence[str], known: Sequence[str], url: str) -> None:
    unknown = [revision for revision in found if revision not in known]
    if unknown:
        raise Unfit(
            f"{named(url)} was made by a newer version of DokanGo (schema {unknown[0]}; this one knows up to "
            f"{known[0]}). Start that version again."
        )


def _what_to_do(data_dir: Path) -> str:
    backups = sorted((data_dir / BACKUPS).glob("*.tar.gz"), key=lambda file: file.stat().st_mtime, reverse=True)
    here = f"the newest here is {backups[0]}" if backups else f"there is none in {data_dir / BACKUPS}"
    return (
        f"Nothing was changed. Bring the shop back with `python -m dokango restore FILE` ({here}); "
        "to begin a new shop, name another folder in DOKANGO_DATA_DIR."
    )
