"""Versions of the mapping: proposed, edited, handed in as a file; saved beside each other, never over each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from sqlalchemy import func, select

from implement.db import db
from implement.engine.facts import Progress, no_progress
from implement.engine.intake import Fault
from implement.engine.mapping import (
    Mapping,
    MappingFault,
    TableMapping,
    find_unknown,
    mapping_from_bytes,
    mapping_from_yaml,
    mapping_to_yaml,
)
from implement.engine.mapping import propose_mapping as propose
from implement.jobs import Job, Plain, enqueue_job
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.transfer.service.engine import Workshop
from implement.stages.transfer.service.files import SOURCE, TARGET
from implement.stages.transfer.service.sides import TableAtHand, describe_side, list_tables_at_hand, open_side
from implement.stages.transfer.tables import MappingVersion
from implement.store import Store
from implement.web.texts import lazy

PROPOSE_JOB = "transfer.propose"


class UnusableMapping(RuleBroken):
    """A mapping that was handed in cannot be read; `faults` says where and why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(lazy("This mapping cannot be used; nothing was changed."))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class VersionRow:
    """A version as the list shows it."""

    number: int
    origin: str
    made_at: datetime
    sha256: str


def enqueue_proposal(rollout_id: int, *, by: Actor, now: datetime) -> Job:
    """Have a mapping proposed in the background; both sides must be there."""
    demand_both_sides(list_tables_at_hand(rollout_id))
    job = enqueue_job(PROPOSE_JOB, rollout_id=rollout_id, arguments={}, by_id=by.id, now=now)
    log_write("ask_for_mapping", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, job=job.id)
    return job


def compute_proposal(
    tables: Sequence[TableAtHand], *, store: Store, workshop: Workshop, progress: Progress = no_progress
) -> Mapping:
    """Propose how the source became the target from names and values."""
    with workshop.open() as backend:
        source, target = (open_side(tables, side, backend, store=store) for side in (SOURCE, TARGET))
        return propose(source, target, backend, progress=progress)


def propose_mapping(
    rollout_id: int, *, store: Store, by: Actor, now: datetime, workshop: Workshop | None = None
) -> MappingVersion:
    """Propose a mapping at once, without a job, and keep it as the next version."""
    tables = list_tables_at_hand(rollout_id)
    demand_both_sides(tables)
    mapping = compute_proposal(tables, store=store, workshop=workshop or Workshop())
    return keep_version(rollout_id, mapping, "proposed", store=store, by=by, now=now)


def keep_version(
    rollout_id: int, mapping: Mapping, origin: str, *, store: Store, by: Actor | None, now: datetime
) -> MappingVersion:
    """Keep a mapping as the next version."""
    kept = store.put(BytesIO(mapping_to_yaml(mapping).encode()))
    number = newest_number(rollout_id) + 1
    version = MappingVersion(
        rollout_id=rollout_id,
        number=number,
        sha256=kept.sha256,
        origin=origin,
        made_by_id=by.id if by else None,
        made_at=now,
    )
    db.session.add(version)
    db.session.flush()
    said: dict[str, Plain] = {"number": number, "origin": origin, "sha256": kept.sha256}
    log_write("keep_mapping", f"transfer_mapping:{version.id}", by=by, now=now, rollout_id=rollout_id, **said)
    return version


def save_table(
    rollout_id: int, seen: int, table: TableMapping, *, store: Store, by: Actor, now: datetime
) -> MappingVersion:
    """Put an edited table into the mapping as its next version; `seen` is the version the person had before them."""
    newest = get_version(rollout_id, newest_number(rollout_id))
    mapping = load_mapping(newest, store=store)
    theirs = mapping.table(table.source)
    if theirs is None:
        raise NotFound(lazy("There is no such table in the mapping."))
    before = load_mapping(get_version(rollout_id, seen), store=store).table(table.source)
    if newest.number != seen and before != theirs:
        sentence = lazy("Somebody else changed this table's mapping meanwhile; nothing was overwritten.")
        raise EditedMeanwhile(sentence, mine=_said(table), theirs=_said(theirs))
    changed = replace(mapping, tables=tuple(table if one.source == table.source else one for one in mapping.tables))
    return keep_version(rollout_id, changed, "edited", store=store, by=by, now=now)


def hand_in_mapping(rollout_id: int, text: bytes, *, store: Store, by: Actor, now: datetime) -> MappingVersion:
    """Keep an edited YAML file as the next version; raises UnusableMapping with every fault."""
    try:
        mapping = mapping_from_bytes(text)
    except MappingFault as fault:
        raise UnusableMapping(fault.faults) from fault
    return keep_version(rollout_id, mapping, "handed_in", store=store, by=by, now=now)


def newest_number(rollout_id: int) -> int:
    """The number of the newest version, 0 when there is none."""
    found = select(func.max(MappingVersion.number)).where(MappingVersion.rollout_id == rollout_id)
    return db.session.scalar(found) or 0


def get_version(rollout_id: int, number: int) -> MappingVersion:
    """A version of this rollout's mapping."""
    here = (MappingVersion.rollout_id == rollout_id, MappingVersion.number == number)
    version: MappingVersion | None = db.session.scalar(select(MappingVersion).where(*here))
    if version is None:
        raise NotFound(lazy("There is no such version of the mapping."))
    return version


def list_versions(rollout_id: int) -> list[VersionRow]:
    """All versions, the newest first."""
    asked = select(MappingVersion.number, MappingVersion.origin, MappingVersion.made_at, MappingVersion.sha256)
    rows = db.session.execute(
        asked.where(MappingVersion.rollout_id == rollout_id).order_by(MappingVersion.number.desc())
    )
    return [VersionRow(number, origin, made_at, sha256) for number, origin, made_at, sha256 in rows]


def load_mapping(version: MappingVersion, *, store: Store) -> Mapping:
    """The mapping of a version."""
    return _read(store.path(version.sha256))


def demand_both_sides(tables: Sequence[TableAtHand]) -> None:
    """Refuse to compare where one side is missing."""
    if not all(describe_side(tables, side) for side in (SOURCE, TARGET)):
        raise RuleBroken(lazy("Both sides are needed: a table of the old system and one of the CRM."))


def find_unknown_names(mapping: Mapping, tables: Sequence[TableAtHand]) -> list[str]:
    """What the mapping names and the files do not have: tables, and columns as `table.column`."""
    source, target = describe_side(tables, SOURCE), describe_side(tables, TARGET)
    found = [one for table in mapping.tables for one in find_unknown(table, source, target)]
    return list(dict.fromkeys(f"{place}.{name}" if name else place for place, name in found))


def _said(table: TableMapping) -> str:
    return mapping_to_yaml(Mapping((table,)))


@lru_cache(maxsize=32)
def _read(path: Path) -> Mapping:
    """Kept files never change, so what was read once holds."""
    return mapping_from_yaml(path.read_text(encoding="utf-8"))
