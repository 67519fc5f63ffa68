"""The joint team with duties on both sides, and the director's mandate on who supplies what by when (M98, M131)."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from implement.db import db
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import remove_row
from implement.rollout.service.signatures import SignedBy, hash_bytes, list_signatures, sign
from implement.stages.specification.tables.risks import MandateLine, TeamPart
from implement.web.access import Role
from implement.web.texts import lazy

PARTS = {
    "owner": lazy("Owner of the system and its changes"),
    "deputy": lazy("Deputy of the owner"),
    "sponsor": lazy("Sponsor with a reason of their own"),
    "initiator": lazy("Initiator who will use it"),
    "control": lazy("In charge of control in the first month"),
    "lead": lazy("Project lead of the consultancy"),
    "vendor": lazy("Vendor's person who has sold"),
    "member": lazy("Further member"),
}
REQUIRED = ("owner", "sponsor", "initiator", "control", "lead", "vendor")
SIDES = {"client": lazy("client"), "consultancy": lazy("consultancy"), "vendor": lazy("vendor")}
NO_MANDATE = "no_mandate"


@dataclass(frozen=True)
class PartSaid:
    """Somebody in the team, as it was typed in."""

    part: str
    side: str
    name: str
    duty: str
    gain: str
    hours_a_week: int | None
    will_use: bool


@dataclass(frozen=True)
class MandateState:
    """The lines of the mandate, who signed exactly these, and how many are overdue or came late without a mandate."""

    lines: tuple[MandateLine, ...]
    signed: tuple[SignedBy, ...]
    overdue: int
    without_mandate: int

    @property
    def is_signed(self) -> bool:
        """True when there are lines and the client's lead has signed these very lines."""
        return bool(self.lines) and any(one.role == Role.LEAD for one in self.signed)


def list_team(rollout_id: int) -> list[TeamPart]:
    """Everybody in the joint team."""
    here = (TeamPart.rollout_id == rollout_id, TeamPart.removed_at.is_(None))
    return list(db.session.scalars(select(TeamPart).where(*here).order_by(TeamPart.id)))


def find_gaps(team: list[TeamPart]) -> list[str]:
    """The parts that nobody fills as they must be filled: a sponsor gains something, an initiator will use it."""
    filled = {
        one.part for one in team if (one.part != "sponsor" or one.gain) and (one.part != "initiator" or one.will_use)
    }
    return [part for part in REQUIRED if part not in filled]


def add_part(rollout_id: int, said: PartSaid, *, by: Actor, now: datetime) -> TeamPart:
    """Take somebody into the team, with a duty."""
    if said.part not in PARTS or said.side not in SIDES:
        raise RuleBroken(lazy("Please choose from what the page offers."))
    if not said.name.strip() or not said.duty.strip():
        raise RuleBroken(lazy("Everybody in the team has a name and a duty."))
    row = TeamPart(rollout_id=rollout_id, **vars(said), by_name=by.name, at=now)
    db.session.add(row)
    _log("add_team_part", f"team_part:{row.part}", rollout_id, by=by, now=now)
    return row


def read_mandate(rollout_id: int, today: date) -> MandateState:
    """The mandate as it stands on this day."""
    here = (MandateLine.rollout_id == rollout_id, MandateLine.removed_at.is_(None))
    lines = tuple(db.session.scalars(select(MandateLine).where(*here).order_by(MandateLine.due, MandateLine.id)))
    signed = list_signatures(rollout_id, _subject(rollout_id), hash_bytes(write_mandate(lines)))
    late = sum(one.delivered_on is None and one.due < today for one in lines)
    return MandateState(lines, tuple(signed), late, sum(one.delay_reason == NO_MANDATE for one in lines))


def write_mandate(lines: tuple[MandateLine, ...]) -> bytes:
    """The exact bytes that are signed: what, who, by when; what was delivered since changes nothing."""
    said = [[one.what, one.supplier, one.due.isoformat()] for one in sorted(lines, key=lambda one: one.id)]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def add_line(rollout_id: int, *, what: str, supplier: str, due: date, by: Actor, now: datetime) -> MandateLine:
    """Add what somebody has to supply; signatures of the lines before are void from now on."""
    if not what.strip() or not supplier.strip():
        raise RuleBroken(lazy("A line of the mandate says what and who."))
    row = MandateLine(rollout_id=rollout_id, what=what.strip(), supplier=supplier.strip(), due=due)
    row.by_name, row.at = by.name, now
    db.session.add(row)
    _log("add_mandate_line", "mandate", rollout_id, by=by, now=now)
    return row


def deliver(
    rollout_id: int, line_id: int, *, delivered_on: date | None, delay_reason: str, by: Actor, now: datetime
) -> None:
    """Say when it was supplied, or why not yet; the reason may be that nobody was told to."""
    row = _get(MandateLine, rollout_id, line_id)
    assert isinstance(row, MandateLine)
    row.delivered_on, row.delay_reason = delivered_on, delay_reason.strip()
    _log("deliver", f"mandate_line:{line_id}", rollout_id, by=by, now=now)


def sign_mandate(rollout_id: int, today: date, *, role: Role, roles: frozenset[Role], by: Actor, now: datetime) -> None:
    """Sign the lines exactly as they stand."""
    lines = read_mandate(rollout_id, today).lines
    if not lines:
        raise RuleBroken(lazy("There is nothing to sign yet."))
    sign(rollout_id, _subject(rollout_id), write_mandate(lines), role=role, roles=roles, by=by, now=now)
    db.session.flush()


def remove(rollout_id: int, kind: str, row_id: int, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a person of the team or a line of the mandate away, or put it back."""
    row = _get(TeamPart if kind == "team" else MandateLine, rollout_id, row_id)
    remove_row(row, "row", is_back=is_back, by=by, now=now, rollout_id=rollout_id, subject=f"{kind}:{row_id}")


def _get(table: type[TeamPart] | type[MandateLine], rollout_id: int, row_id: int) -> TeamPart | MandateLine:
    row = db.session.get(table, row_id)
    if not isinstance(row, TeamPart | MandateLine) or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such line."))
    return row


def _subject(rollout_id: int) -> str:
    return f"mandate:{rollout_id}"


def _log(action: str, subject: str, rollout_id: int, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    log_write(action, subject, by=by, now=now, rollout_id=rollout_id)
