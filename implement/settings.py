"""Settings of one installation, read once from the environment, each with a safe default."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an installation is told from outside; every field has the variable `IMPLEMENT_<NAME>`.

    `database`, `store`, `queue` and `outbox` are URLs or folders; sizes are megabytes, spans are named with their unit.
    """

    home: Path
    database: str
    store: str
    queue: str
    outbox: str
    secret: str
    engine: str = "duckdb"
    timezone: str = "Europe/Berlin"
    base_url: str = "http://127.0.0.1:8000"
    mail_from: str = "implement@localhost"
    upload_limit_mb: int = 512
    engine_memory_mb: int = 1024
    idle_minutes: int = 30
    session_hours: int = 12
    backup_every_hours: int = 0
    backup_folder: Path = Path("var/backups")
    backups_kept: int = 14
    jobs_immediate: bool = False

    @property
    def is_sqlite(self) -> bool:
        """True when people and plans are kept in a SQLite file."""
        return self.database.startswith("sqlite")

    @property
    def cookie_is_secure(self) -> bool:
        """True when the installation is reached over https, so that cookies may demand it."""
        return urlsplit(self.base_url).scheme == "https"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; a secret is made once and kept in the home folder when none is given."""
    home = Path(environment.get("IMPLEMENT_HOME", "var")).absolute()
    port = environment.get("PORT", "8000")
    return Settings(
        home=home,
        database=_database_url(environment.get("IMPLEMENT_DATABASE"), home),
        store=environment.get("IMPLEMENT_STORE", str(home / "store")),
        queue=environment.get("IMPLEMENT_QUEUE", f"sqlite:///{home / 'queue.sqlite'}"),
        outbox=environment.get("IMPLEMENT_OUTBOX", str(home / "outbox")),
        secret=environment.get("IMPLEMENT_SECRET") or _kept_secret(home / "secret"),
        engine=environment.get("IMPLEMENT_ENGINE", "duckdb"),
        timezone=environment.get("IMPLEMENT_TIMEZONE", "Europe/Berlin"),
        base_url=environment.get("IMPLEMENT_BASE_URL", f"http://127.0.0.1:{port}"),
        mail_from=environment.get("IMPLEMENT_MAIL_FROM", "implement@localhost"),
        upload_limit_mb=int(environment.get("IMPLEMENT_UPLOAD_LIMIT_MB", "512")),
        engine_memory_mb=int(environment.get("IMPLEMENT_ENGINE_MEMORY_MB", "1024")),
        idle_minutes=int(environment.get("IMPLEMENT_IDLE_MINUTES", "30")),
        session_hours=int(environment.get("IMPLEMENT_SESSION_HOURS", "12")),
        backup_every_hours=int(environment.get("IMPLEMENT_BACKUP_EVERY_HOURS", "0")),
        backup_folder=Path(environment.get("IMPLEMENT_BACKUP_FOLDER", str(home / "backups"))),
        backups_kept=int(environment.get("IMPLEMENT_BACKUPS_KEPT", "14")),
    )


def _database_url(given: str | None, home: Path) -> str:
    """Default to a SQLite file in the home folder; PostgreSQL URLs get the driver that is installed."""
    if not given:
        return f"sqlite:///{home / 'implement.sqlite'}"
    for scheme in ("postgres://", "postgresql://"):
        if given.startswith(scheme):
            return "postgresql+psycopg://" + given.removeprefix(scheme)
    return given


def _kept_secret(path: Path) -> str:
    """Return the secret kept in the file, making it on first use, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret
