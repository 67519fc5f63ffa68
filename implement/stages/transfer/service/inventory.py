"""The inventory of sources: every file of the old system, handed in or still owed, and who answers for it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from implement.db import db
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.transfer.service.files import SOURCE, FileRow, list_files
from implement.stages.transfer.tables import TransferFile, TransferSource, TransferTable
from implement.web.texts import lazy

DELAYS = ("", "no_mandate", "not_ready", "not_allowed", "other")
HANDED_IN, OVERDUE, OWED = "handed_in", "overdue", "owed"


@dataclass(frozen=True)
class SourceTerms:
    """What is said of a source: owner, due day, day of the export, mandate, and why it is late."""

    name: str
    owner_name: str
    due: date | None = None
    exported_on: date | None = None
    mandate: str = ""
    delay: str = ""
    delay_note: str = ""


@dataclass(frozen=True)
class FoundTable:
    """A table of a source as it was read."""

    name: str
    rows: int
    encoding: str | None
    separator: str | None


@dataclass(frozen=True)
class SourceLine:
    """A source as the inventory shows it; `id` is None for a file nobody answers for yet."""

    id: int | None
    name: str
    terms: SourceTerms | None
    file: FileRow | None
    tables: tuple[FoundTable, ...]
    state: str

    @property
    def rows(self) -> int:
        """Records in all its tables."""
        return sum(one.rows for one in self.tables)


def list_sources(rollout_id: int, *, today: date) -> list[SourceLine]:
    """Every source: the overdue first, then those still owed, then those handed in."""
    files = {one.name.casefold(): one for one in list_files(rollout_id) if one.side == SOURCE and one.is_in_use}
    tables = _list_tables(rollout_id)
    kept = list(db.session.scalars(select(TransferSource).where(TransferSource.rollout_id == rollout_id)))
    lines = [_line(source, files.get(source.name.casefold()), tables, today) for source in kept]
    known = {source.name.casefold() for source in kept}
    lines += [
        SourceLine(None, file.name, None, file, tables.get(file.id, ()), HANDED_IN)
        for name, file in files.items()
        if name not in known
    ]
    order = (OVERDUE, OWED, HANDED_IN)
    return sorted(lines, key=lambda one: (order.index(one.state), one.id is not None, one.name.casefold()))


def list_overdue(rollout_id: int, *, today: date) -> list[SourceLine]:
    """Sources that are due and not there."""
    return [one for one in list_sources(rollout_id, today=today) if one.state == OVERDUE]


def add_source(rollout_id: int, terms: SourceTerms, *, by: Actor, now: datetime) -> TransferSource:
    """List a source, or say who answers for a file that is there."""
    _demand_free(rollout_id, terms.name, None)
    source = TransferSource(rollout_id=rollout_id, added_by_id=by.id, added_at=now)
    _fill(source, terms)
    db.session.add(source)
    db.session.flush()
    _log("add_source", source, by=by, now=now)
    return source


def change_source(source: TransferSource, terms: SourceTerms, *, by: Actor, now: datetime) -> None:
    """Correct what is said of a source."""
    _demand_free(source.rollout_id, terms.name, source.id)
    _fill(source, terms)
    db.session.flush()
    _log("change_source", source, by=by, now=now)


def get_source(rollout_id: int, source_id: int) -> TransferSource:
    """A source of this rollout."""
    here = (TransferSource.rollout_id == rollout_id, TransferSource.id == source_id)
    source: TransferSource | None = db.session.scalar(select(TransferSource).where(*here))
    if source is None:
        raise NotFound(lazy("There is no such source."))
    return source


def read_terms(source: TransferSource) -> SourceTerms:
    """What is said of a source."""
    return SourceTerms(
        source.name, source.owner_name, source.due, source.exported_on, source.mandate, source.delay, source.delay_note
    )


def _demand_free(rollout_id: int, name: str, own_id: int | None) -> None:
    names = select(TransferSource.id, TransferSource.name).where(TransferSource.rollout_id == rollout_id)
    if any(found.casefold() == name.casefold() and key != own_id for key, found in db.session.execute(names)):
        raise RuleBroken(lazy("%(name)s is listed already.", name=name))


def _fill(source: TransferSource, terms: SourceTerms) -> None:
    source.name, source.owner_name, source.due = terms.name, terms.owner_name, terms.due
    source.exported_on, source.mandate = terms.exported_on, terms.mandate
    source.delay, source.delay_note = terms.delay, terms.delay_note


def _line(
    source: TransferSource, file: FileRow | None, tables: dict[int, tuple[FoundTable, ...]], today: date
) -> SourceLine:
    is_late = source.due is not None and source.due < today
    state = HANDED_IN if file else OVERDUE if is_late else OWED
    return SourceLine(
        source.id, source.name, read_terms(source), file, tables.get(file.id, ()) if file else (), state
    )  # fmt: skip


def _list_tables(rollout_id: int) -> dict[int, tuple[FoundTable, ...]]:
    asked = (
        select(
            TransferTable.file_id, TransferTable.name, TransferTable.row_count, TransferTable.encoding,
            TransferTable.separator,
        )
        .join(TransferFile, TransferFile.id == TransferTable.file_id)
        .where(TransferFile.rollout_id == rollout_id)
        .order_by(TransferTable.file_id, TransferTable.position)
    )  # fmt: skip
    found: dict[int, list[FoundTable]] = {}
    for file_id, name, rows, encoding, separator in db.session.execute(asked):
        found.setdefault(file_id, []).append(FoundTable(name, rows, encoding, separator))
    return {file_id: tuple(tables) for file_id, tables in found.items()}


def _log(action: str, source: TransferSource, *, by: Actor, now: datetime) -> None:
    said: dict[str, Plain] = {"name": source.name, "owner": source.owner_name, "delay": source.delay}
    said["due"] = source.due.isoformat() if source.due else None
    log_write(action, f"transfer_source:{source.id}", by=by, now=now, rollout_id=source.rollout_id, **said)
