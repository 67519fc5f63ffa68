"""Rounds of the pulse survey: opened for everybody on the staff, closed into sums of groups from five on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import delete, func, select

from implement.db import change_rows, db
from implement.engine.checklist.pulse import PulseItem, load_pulse
from implement.engine.pulse import Tally
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.usage import StaffMember, list_staff
from implement.stages.adoption.groups import WHOLE
from implement.stages.adoption.pulse_groups import (
    NO_TEAM,
    Sums,
    from_plain,
    list_asked,
    read_tally,
    sum_groups,
    to_plain,
    with_teams,
)
from implement.stages.adoption.tables import PulseMark, PulseRound, PulseTally
from implement.web.texts import lazy

PULSE = Path(__file__).parents[4] / "checklists/pulse.yaml"
LONGEST_DAYS = 30


@dataclass(frozen=True)
class RoundSums:
    """A closed round with the sums of its groups; `whole` is None when fewer than five people answered."""

    number: int
    first_day: date
    last_day: date
    groups: tuple[Sums, ...]

    @property
    def whole(self) -> Sums | None:
        """Everybody."""
        return self.find(WHOLE)

    @property
    def teams(self) -> list[Sums]:
        """The teams that may be shown."""
        return [group for group in self.groups if group.is_team]

    def find(self, key: str) -> Sums | None:
        """A group by its key, if it may be shown."""
        return next((group for group in self.groups if group.key == key), None)


def list_items() -> tuple[PulseItem, ...]:
    """The statements in their order."""
    return load_pulse(PULSE)


def list_invited(rollout_id: int, today: date) -> list[StaffMember]:
    """Everybody who works in the firm that day; whoever only appears in the CRM's log is not asked."""
    staff = list_staff(rollout_id)
    return [one for one in staff if not one.is_excluded and (one.left is None or one.left >= today)]


def open_round(rollout_id: int, *, days: int, by: Actor, now: datetime, today: date) -> PulseRound:
    """Open the next round from today on; raises `RuleBroken` while one is open, and where fewer than five work."""
    if not 1 <= days <= LONGEST_DAYS:
        raise RuleBroken(lazy("A round lasts from one to thirty days."))
    if find_open_round(rollout_id) is not None:
        raise RuleBroken(lazy("A round is open already; close it first."))
    asked = list_asked(list_invited(rollout_id, today))
    if not sum_groups(asked, {one.key: Tally(one.people) for one in asked}):
        raise RuleBroken(lazy("Fewer than five people work here; so few cannot answer without being known."))
    number = (db.session.scalar(select(func.max(PulseRound.number)).where(_here(rollout_id))) or 0) + 1
    last_day = today + timedelta(days=days - 1)
    row = PulseRound(rollout_id=rollout_id, number=number, first_day=today, last_day=last_day)
    db.session.add(row)
    db.session.flush()
    teams = {one.key for one in asked if one.key.startswith("team:")} | {NO_TEAM}
    db.session.add_all(PulseTally(round_id=row.id, group_key=key, ballots=0, counts={}) for key in sorted(teams))
    log_write("open_pulse_round", f"pulse_round:{row.id}", by=by, now=now, rollout_id=rollout_id, number=number)
    return row


def note_reminder(row: PulseRound, *, by: Actor, now: datetime, today: date) -> None:
    """Note that everybody is reminded, once a round: of whoever has answered nothing is known here."""
    if row.is_reminded or not is_open(row, today):
        raise RuleBroken(lazy("Everybody is reminded once a round, while it is open."))
    row.is_reminded = True
    log_write("remind_of_pulse", f"pulse_round:{row.id}", by=by, now=now, rollout_id=row.rollout_id)


def close_round(row: PulseRound, *, by: Actor, now: datetime, today: date) -> None:
    """Add the sums up to the groups that may be shown, then destroy the marks and the sums of single teams."""
    if row.results is not None:
        raise RuleBroken(lazy("This round is closed already."))
    kept = db.session.execute(
        select(PulseTally.group_key, PulseTally.ballots, PulseTally.counts).where(PulseTally.round_id == row.id)
    )
    tallies = {key: read_tally(ballots, counts) for key, ballots, counts in kept}
    asked = with_teams(list_asked(list_invited(row.rollout_id, row.first_day)), tallies)
    row.results = [to_plain(sums) for sums in sum_groups(asked, tallies)]
    row.last_day = max(row.first_day, min(row.last_day, today))
    for table in (PulseMark, PulseTally):
        change_rows(delete(table).where(table.round_id == row.id))
    log_write("close_pulse_round", f"pulse_round:{row.id}", by=by, now=now, rollout_id=row.rollout_id)


def is_open(row: PulseRound, today: date) -> bool:
    """True while answers are taken."""
    return row.results is None and row.first_day <= today <= row.last_day


def find_open_round(rollout_id: int) -> PulseRound | None:
    """The round that is not closed yet; its last day may have passed."""
    return db.session.scalar(select(PulseRound).where(_here(rollout_id), PulseRound.results.is_(None)))


def get_open_round(rollout_id: int) -> PulseRound:
    """The round that is not closed yet; raises `NotFound`."""
    row = find_open_round(rollout_id)
    if row is None:
        raise NotFound(lazy("No round of the survey is open."))
    return row


def list_rounds(rollout_id: int) -> list[RoundSums]:
    """The closed rounds, the latest first."""
    rows = db.session.execute(
        select(PulseRound.number, PulseRound.first_day, PulseRound.last_day, PulseRound.results)
        .where(_here(rollout_id), PulseRound.results.is_not(None))
        .order_by(PulseRound.number.desc())
    )
    return [RoundSums(number, first, last, _read_sums(results)) for number, first, last, results in rows]


def last_instant(row: PulseRound) -> datetime:
    """Until when links of a round work: two days after its last day, so that no time zone cuts it short."""
    return datetime.combine(row.last_day + timedelta(days=2), time.min, UTC)


def _read_sums(results: list[Plain] | None) -> tuple[Sums, ...]:
    return tuple(from_plain(one) for one in results or [] if isinstance(one, dict))


def _here(rollout_id: int):  # type: ignore[no-untyped-def]
    return PulseRound.rollout_id == rollout_id

