"""What the payroll office says about its program: never guessed, kept as it was typed in."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db
from implement.jobs import Plain


class PayrollOffice(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """The settings of a rollout's exports: wage types by part, numbers and keys of the program."""

    __tablename__ = "payroll_office"

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    settings: Mapped[dict[str, Plain]] = mapped_column(JSON)
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
