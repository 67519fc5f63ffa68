"""One person's figures, for whom they may be shown to, and the list of people under pseudonyms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from implement.db import db
from implement.engine.suppression import LEAST_PEOPLE
from implement.jobs import Plain
from implement.rollout.service.errors import NotAllowed
from implement.rollout.service.privacy import PeopleView, people_led_by, view_for
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.service.staff import get_person
from implement.rollout.service.usage import AwaySpan, UsageDayRow, list_absences, list_days_of
from implement.stages.adoption.service.evidence import EvidenceFigures, read_evidence
from implement.stages.adoption.service.figures import find_latest
from implement.stages.adoption.tables import Evaluation, LeftOut, PersonScore
from implement.web.access import Role, Standing
from implement.web.tables import Column, Filter, Listing, Page
from implement.web.texts import lazy

BAND_LABELS = {
    "active": lazy("active"),
    "quiet": lazy("quiet"),
    "at_risk": lazy("at risk"),
    "silent": lazy("silent"),
}
TOO_FEW = lazy("So few people are scored here that a pseudonym would hide nobody.")

PEOPLE = Listing(
    columns=(
        Column("pseudonym", lazy("Person"), by=PersonScore.pseudonym),
        Column("shown_team", lazy("Team"), by=PersonScore.shown_team),
        Column("usage_score", lazy("Usage, likely from–to"), kind="number", by=PersonScore.usage_score),
        Column("band", lazy("Activity"), by=PersonScore.band),
        Column("days_silent", lazy("Days silent"), kind="number", by=PersonScore.days_silent),
        Column("present_days", lazy("Present days"), kind="number", by=PersonScore.present_days),
    ),
    filters=(
        Filter("find", lazy("Person or team"), by=(PersonScore.pseudonym, PersonScore.shown_team)),
        Filter("band", lazy("Activity"), choices=tuple(BAND_LABELS.items()), by=PersonScore.band),
    ),
    first_sort="pseudonym",
    row_key=PersonScore.pseudonym,
)
DAYS = Listing(
    columns=(
        Column("day", lazy("Day"), kind="day"),
        Column("active_events", lazy("Actions by hand"), kind="number"),
        Column("records", lazy("Records"), kind="number"),
        Column("late", lazy("Entered late"), kind="number"),
        Column("filled", lazy("Fields filled"), kind="number"),
        Column("total", lazy("Fields in all"), kind="number"),
        Column("well_kept", lazy("Well kept"), kind="number"),
        Column("tasks_done", lazy("Tasks done"), kind="number"),
    ),
    first_sort="-day",
    size=100,
)


@dataclass(frozen=True)
class Part:
    """A part of the usage score as it was frozen."""

    name: str
    value: float
    k: float
    n: float
    own_level: float
    peer_level: float
    low: float
    high: float
    first_day: date
    last_day: date


@dataclass(frozen=True)
class PersonWeek:
    """A person's week: active of present working days, and working days away."""

    monday: date
    active_days: int
    present_days: int
    records: int
    away_days: int


@dataclass(frozen=True)
class PersonFigures:
    """What the latest evaluation says of one person; left out where `left_out` has a reason."""

    as_of: date
    person_id: int
    pseudonym: str
    status: str
    usage: float | None
    low: float | None
    high: float | None
    band: str | None
    days_silent: int | None
    last_active_day: date | None
    present_days: int
    parts: tuple[Part, ...]
    weeks: tuple[PersonWeek, ...]
    notes: tuple[str, ...]
    evidence: EvidenceFigures | None = None
    shown_team: str = ""


@dataclass(frozen=True)
class DayRow:
    """A day of a person with the counts behind their figures."""

    day: date
    active_events: int
    records: int
    late: int
    filled: int
    total: int
    well_kept: int
    tasks_done: int


def admit(standing: Standing, person_id: int, today: date) -> PeopleView:
    """How much of this person may be shown to whoever asks; a pseudonym among fewer than five hides nobody.

    Raises `NotFound` for people of other rollouts and `NotAllowed` for whoever may see teams only.
    """
    get_person(standing.rollout_id, person_id)
    view = view_for(standing, get_rollout(standing.rollout_id).legal_profile, person_id, today)
    if view is PeopleView.PSEUDONYM and are_too_few(standing):
        raise NotAllowed(TOO_FEW)
    return view


def are_too_few(standing: Standing) -> bool:
    """True when the people this reader would see are so few that a pseudonym hides nobody."""
    return count_behind_pseudonyms(standing) < LEAST_PEOPLE


def ids_on(page: Page) -> list[int]:
    """The people on a page of the list."""
    return [int(str(getattr(row, "person_id", 0))) for row in page.rows]


def count_behind_pseudonyms(standing: Standing) -> int:
    """Among how many people this reader's pseudonyms are: a head's own people, for others everybody."""
    latest = find_latest(standing.rollout_id)
    if latest is None:
        return 0
    asked = select(db.func.count(PersonScore.id)).where(PersonScore.evaluation_id == latest[0])
    return db.session.scalar(asked.where(*_visible_to(standing))) or 0


def page_people(standing: Standing, evaluation_id: int, query: Mapping[str, str]) -> Page:
    """One page of people under pseudonyms; a head sees their own people only."""
    asked = select(
        PersonScore.person_id, PersonScore.pseudonym, PersonScore.shown_team, PersonScore.status,
        PersonScore.usage_score, PersonScore.low_score, PersonScore.high_score, PersonScore.band,
        PersonScore.days_silent, PersonScore.present_days,
    ).where(PersonScore.evaluation_id == evaluation_id, *_visible_to(standing))  # fmt: skip
    return PEOPLE.select_page(db.session(), asked, query)


def read_person(rollout_id: int, person_id: int) -> PersonFigures | None:
    """A person's figures in the latest evaluation; None when there is none of them."""
    latest = find_latest(rollout_id)
    if latest is None:
        return None
    mine = (PersonScore.evaluation_id == latest[0], PersonScore.person_id == person_id)
    row: PersonScore | None = db.session.scalar(select(PersonScore).where(*mine))
    if row is None:
        return None
    away = list_absences(rollout_id, person_id)
    work_days = get_person(rollout_id, person_id).work_days
    return PersonFigures(
        latest[1], person_id, row.pseudonym, row.status, row.usage_score, row.low_score, row.high_score, row.band,
        row.days_silent, row.last_active_day, row.present_days,
        tuple(_part(kept) for kept in row.parts if isinstance(kept, dict)),
        tuple(_week(kept, away, work_days) for kept in row.weeks if isinstance(kept, list)),
        tuple(str(note) for note in row.notes), read_evidence(row), row.shown_team,
    )  # fmt: skip


def find_left_out(rollout_id: int, person_id: int) -> tuple[str, tuple[str, ...]] | None:
    """Why the latest evaluation leaves this person out: the reason's code and what belongs to it."""
    latest = find_latest(rollout_id)
    if latest is None:
        return None
    mine = (LeftOut.evaluation_id == latest[0], LeftOut.person_id == person_id)
    row = db.session.execute(select(LeftOut.code, LeftOut.details).where(*mine)).one_or_none()
    return None if row is None else (row[0], tuple(str(each) for each in row[1]))


def page_days(rollout_id: int, person_id: int, first_day: date, last_day: date, query: Mapping[str, str]) -> Page:
    """The days behind a person's figures."""
    crm_user = get_person(rollout_id, person_id).crm_user
    rows = list_days_of(rollout_id, crm_user, first_day, last_day)
    return DAYS.slice_page([_day(row) for row in rows], query)


def gather_own(rollout_id: int, person_id: int) -> dict[str, Plain]:
    """Everything that is kept about somebody's use, for themselves (R8): person, days away, days, every evaluation."""
    person = get_person(rollout_id, person_id)
    days = list_days_of(rollout_id, person.crm_user, date.min, date.max)
    rows = db.session.execute(
        select(Evaluation.as_of, PersonScore)
        .join(Evaluation, Evaluation.id == PersonScore.evaluation_id)
        .where(PersonScore.person_id == person_id)
        .order_by(Evaluation.id)
    )
    own: dict[str, Plain] = {
        "number": person.number, "name": person.name, "crm_user": person.crm_user, "fte": str(person.fte),
        "work_days": person.work_days,
    }  # fmt: skip
    away: list[Plain] = [
        [span.first_day.isoformat(), span.last_day.isoformat()] for span in list_absences(rollout_id, person_id)
    ]
    return {
        "person": own,
        "away": away,
        "days": [_plain_day(row) for row in days],
        "evaluations": [_plain_score(as_of, score) for as_of, score in rows],
    }


def _visible_to(standing: Standing):  # type: ignore[no-untyped-def]
    """Consultant and lead see everybody, a head their own people."""
    if standing.roles & {Role.CONSULTANT, Role.LEAD}:
        return ()
    return (PersonScore.person_id.in_(people_led_by(standing)),)


def _part(kept: Mapping[str, Plain]) -> Part:
    numbers = [float(str(kept[name])) for name in ("value", "k", "n", "own_level", "peer_level", "low", "high")]
    first, last = (date.fromisoformat(str(kept[name])) for name in ("first_day", "last_day"))
    value, k, n, own, peers, low, high = numbers
    return Part(str(kept["name"]), value, k, n, own, peers, low, high, first, last)


def _week(kept: list[Plain], away: list[AwaySpan], work_days: str) -> PersonWeek:
    monday = date.fromisoformat(str(kept[0]))
    days = [monday + timedelta(days=number) for number in range(7)]
    missed = [
        day
        for day in days
        if str(day.isoweekday()) in work_days and any(a.first_day <= day <= a.last_day for a in away)
    ]
    active, present, records = (int(str(count)) for count in kept[1:4])
    return PersonWeek(monday, active, present, records, len(missed))


def _day(row: UsageDayRow) -> DayRow:
    counted = (row.counts.get(name, 0) for name in ("late", "filled", "total", "well_kept", "tasks_done"))
    return DayRow(row.day, row.active_events, row.records, *counted)


def _plain_day(row: UsageDayRow) -> dict[str, Plain]:
    counts: dict[str, Plain] = dict(row.counts)
    said: dict[str, Plain] = {"day": row.day.isoformat(), "events": row.events, "active_events": row.active_events}
    return {**said, "records": row.records, **counts}


def _plain_score(as_of: date, score: PersonScore) -> dict[str, Plain]:
    figures: dict[str, Plain] = {
        "usage": _text(score.usage_score), "usage_low": _text(score.low_score), "usage_high": _text(score.high_score),
    }  # fmt: skip
    return {
        "as_of": as_of.isoformat(), "status": score.status, "pseudonym": score.pseudonym, **figures,
        "resistance": _text(score.resistance_score), "stands_out": score.is_flagged, "evidence": score.evidence,
        "band": score.band, "days_silent": score.days_silent, "present_days": score.present_days,
        "parts": score.parts, "weeks": score.weeks, "notes": score.notes,
    }  # fmt: skip


def _text(score: float | None) -> str | None:
    return None if score is None else f"{score:.1f}"
