"""What was left behind on purpose: how many records or values, why, and who said so."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from implement.db import db
from implement.engine.mapping import Mapping
from implement.rollout.service.accounts import get_user
from implement.stages.transfer.service.files import SOURCE
from implement.stages.transfer.service.mappings import load_mapping
from implement.stages.transfer.service.sides import TableAtHand, list_tables_at_hand
from implement.stages.transfer.tables import MappingVersion
from implement.store import Store

PROPOSED = "proposed"
Place = tuple[str, str]


@dataclass(frozen=True)
class LeftBehind:
    """A table (column empty) or column that was not transferred on purpose; `count` is None where it is not known.

    `approved_by` is empty while the reason was only proposed by the machine.
    """

    table: str
    column: str
    reason: str
    count: int | None
    approved_by: str
    approved_at: datetime | None
    since_version: int


def list_left_behind(rollout_id: int, *, store: Store) -> list[LeftBehind]:
    """Everything the newest mapping leaves behind; who approved it is who first gave exactly this reason."""
    versions = _list_versions(rollout_id)
    if not versions:
        return []
    reasons = [_read_reasons(load_mapping(version, store=store)) for version in versions]
    tables = {one.name: one for one in list_tables_at_hand(rollout_id) if one.side == SOURCE}
    found = []
    for place, reason in sorted(reasons[0].items()):
        since = next((n for n, known in enumerate(reasons) if known.get(place) != reason), len(reasons)) - 1
        version, count = versions[since], _count(tables.get(place[0]), place[1])
        by = _name_maker(version)
        at = version.made_at if by else None
        found.append(LeftBehind(*place, reason, count, approved_by=by, approved_at=at, since_version=version.number))
    return found


def _list_versions(rollout_id: int) -> list[MappingVersion]:
    """All versions, the newest first."""
    asked = select(MappingVersion).where(MappingVersion.rollout_id == rollout_id)
    return list(db.session.scalars(asked.order_by(MappingVersion.number.desc())))


def _name_maker(version: MappingVersion) -> str:
    """Who made a version by hand; empty for one that was only proposed."""
    if version.origin == PROPOSED or version.made_by_id is None:
        return ""
    return get_user(version.made_by_id).name


def _read_reasons(mapping: Mapping) -> dict[Place, str]:
    tables = {(one.source, ""): one.left_behind for one in mapping.tables if one.left_behind}
    columns = {
        (table.source, column.source): column.left_behind
        for table in mapping.tables
        for column in table.columns
        if column.left_behind and not table.left_behind
    }
    return tables | columns


def _count(table: TableAtHand | None, column: str) -> int | None:
    """Records of the table, or filled cells of the column."""
    if table is None:
        return None
    if not column:
        return table.row_count
    if table.nulls is None or column not in table.columns:
        return None
    return table.row_count - table.nulls[table.columns.index(column)]
