"""What was left behind on purpose: how many records or values, why, who said so, and which second person approved."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from implement.db import db
from implement.engine.mapping import Mapping
from implement.jobs import Plain
from implement.rollout.service.accounts import get_user
from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.transfer.service.files import SOURCE
from implement.stages.transfer.service.mappings import get_version, load_mapping, newest_number
from implement.stages.transfer.service.sides import TableAtHand, list_tables_at_hand
from implement.stages.transfer.tables import LeftBehindApproval, MappingVersion
from implement.store import Store
from implement.web.texts import lazy

PROPOSED = "proposed"
Place = tuple[str, str]


@dataclass(frozen=True)
class LeftBehind:
    """A table (column empty) or column that was not transferred on purpose; `count` is None where it is not known.

    `given_by` is empty while the reason was only proposed by the machine, `approved_by` until a second person approved.
    """

    table: str
    column: str
    reason: str
    count: int | None
    given_by: str
    given_by_id: int | None
    given_at: datetime | None
    since_version: int
    approved_by: str = ""
    approved_at: datetime | None = None

    def may_be_approved_by(self, user_id: int) -> bool:
        """True for anybody but the person who gave the reason."""
        return not self.approved_by and self.given_by_id not in (None, user_id)


def list_left_behind(rollout_id: int, *, store: Store) -> list[LeftBehind]:
    """Everything the newest mapping leaves behind; whoever first gave exactly this reason answers for it."""
    versions = _list_versions(rollout_id)
    if not versions:
        return []
    reasons = [_read_reasons(load_mapping(version, store=store)) for version in versions]
    tables = {one.name: one for one in list_tables_at_hand(rollout_id) if one.side == SOURCE}
    found, approvals = [], _list_approvals(rollout_id)
    for place, reason in sorted(reasons[0].items()):
        since = next((n for n, known in enumerate(reasons) if known.get(place) != reason), len(reasons)) - 1
        version, count = versions[since], _count(tables.get(place[0]), place[1])
        giver = version.made_by_id if version.origin != PROPOSED else None
        approval = approvals.get((*place, reason))
        found.append(
            LeftBehind(
                *place, reason, count, since_version=version.number,
                given_by=get_user(giver).name if giver else "", given_by_id=giver,
                given_at=version.made_at if giver else None,
                approved_by=approval.approved_by if approval else "",
                approved_at=approval.approved_at if approval else None,
            )
        )  # fmt: skip
    return found


def approve(
    rollout_id: int, place: Place, reason: str, *, store: Store, by: Actor, now: datetime
) -> LeftBehindApproval:
    """Approve that something stays behind for the reason that was read; a second time it is the same approval."""
    found = {(one.table, one.column): one for one in list_left_behind(rollout_id, store=store)}.get(place)
    if found is None or found.reason != reason:
        raise RuleBroken(lazy("The mapping says something else by now; please look at the new state first."))
    known = _list_approvals(rollout_id).get((*place, reason))
    if known is not None:
        return known
    if found.given_by_id is None:
        raise RuleBroken(lazy("Nobody has given this reason yet; give it in the mapping first."))
    if found.given_by_id == by.id:
        raise NotAllowed(lazy("Whoever gave the reason does not approve it too; a second person does."))
    row = LeftBehindApproval(
        rollout_id=rollout_id, table_name=place[0], column_name=place[1], reason=reason, given_by_id=found.given_by_id,
        approved_by_id=by.id, approved_by=by.name, approved_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    said: dict[str, Plain] = {"table": place[0], "column": place[1], "reason": reason}
    log_write("approve_left_behind", f"transfer_left_behind:{row.id}", by=by, now=now, rollout_id=rollout_id, **said)
    return row


def count_unapproved(rollout_id: int, *, store: Store) -> int:
    """How many tables and columns the newest mapping leaves behind without a second person's approval."""
    if not (number := newest_number(rollout_id)):
        return 0
    reasons = _read_reasons(load_mapping(get_version(rollout_id, number), store=store))
    approvals = _list_approvals(rollout_id) if reasons else {}
    return sum((*place, reason) not in approvals for place, reason in reasons.items())


def _list_versions(rollout_id: int) -> list[MappingVersion]:
    """All versions, the newest first."""
    asked = select(MappingVersion).where(MappingVersion.rollout_id == rollout_id)
    return list(db.session.scalars(asked.order_by(MappingVersion.number.desc())))


def _list_approvals(rollout_id: int) -> dict[tuple[str, str, str], LeftBehindApproval]:
    asked = select(LeftBehindApproval).where(LeftBehindApproval.rollout_id == rollout_id)
    return {(one.table_name, one.column_name, one.reason): one for one in db.session.scalars(asked)}


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
