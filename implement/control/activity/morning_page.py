"""A head's morning: one page for fifteen minutes, of what this room and the others have to say."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from flask import current_app, url_for

from implement.control.activity.month_page import list_cards
from implement.control.activity.planning_page import list_people
from implement.control.activity.progress_page import (
    ShownPerson,
    choose_period,
    last_day_known,
    list_conflicts,
    list_shown,
)
from implement.control.activity.service.periods import list_periods
from implement.control.activity.service.plans import read_plans
from implement.control.activity.service.reading import read_attainments
from implement.rollout.registries import RolePageCard, registries
from implement.rollout.service.privacy import people_led_by
from implement.rollout.service.rollouts import local_day
from implement.web.access import STEERING, Permission, Standing
from implement.web.texts import _, _n, day, language

CONFLICTS, REPORTS, TARGETS = 80, 70, 60
SOON = timedelta(days=10)


def describe_morning(standing: Standing, user_id: int, now: datetime) -> dict[str, object]:
    """The cards, the heaviest first; the first line says how many of them ask for something today."""
    cards = list_cards(registries().morning_cards, standing, user_id, now)
    urgent = sum(card.urgent for card in cards)
    answer = (
        _n("One thing asks for you this morning.", "%(num)d things ask for you this morning.", urgent)
        if urgent
        else _("Nothing asks for you this morning.")
    )
    return {"cards": cards, "answer": answer}


def show_conflicts(standing: Standing, user_id: int, now: datetime) -> RolePageCard | None:
    """Where CRM and report differ and somebody must say which holds."""
    people = _read(standing, now)
    found = [one for one in list_conflicts(standing, people) if one.may_settle]
    if not found:
        return None
    url = url_for("activity.show_progress", rollout_id=standing.rollout_id)
    things = [
        (f"{one.person.name}: {one.row.name}", f"{url}#{anchor_of(one.person, one.row.kpi_key)}") for one in found
    ]
    text = _n("In one place CRM and report differ.", "In %(num)d places CRM and report differ.", len(found))
    return RolePageCard(_("Conflicts"), text, url, CONFLICTS, things, urgent=True)


def show_missing_reports(standing: Standing, user_id: int, now: datetime) -> RolePageCard | None:
    """Of whom yesterday is missing."""
    yesterday = local_day(standing.rollout_id, now) - timedelta(days=1)
    people = [one for one in _read(standing, now) if any(yesterday in row.missing_days for row in one.rows)]
    if not people:
        return None
    url = url_for("activity.show_progress", rollout_id=standing.rollout_id)
    text = _n("One person's report of yesterday is missing.", "%(num)d reports of yesterday are missing.", len(people))
    return RolePageCard(_("Reports"), text, url, REPORTS, [(one.name, url) for one in people], urgent=True)


def show_lacking_targets(standing: Standing, user_id: int, now: datetime) -> RolePageCard | None:
    """Who has no targets for the period that begins soon."""
    today = local_day(standing.rollout_id, now)
    if not standing.may(Permission.SET_TARGETS):
        return None
    coming = [one for one in list_periods(standing.rollout_id) if today < one.first_day <= today + SOON]
    if not coming or not read_plans(coming[-1].id):
        return None
    lacking = [one for one in list_people(standing, coming[-1]) if one.sheet is None]
    if not lacking:
        return None
    url = url_for("activity.list_targets", rollout_id=standing.rollout_id, period_id=coming[-1].id)
    text = _n(
        "One person has no targets yet from %(day)s.", "%(num)d people have no targets yet from %(day)s.",
        len(lacking), day=day(coming[-1].first_day),
    )  # fmt: skip
    return RolePageCard(_("Targets"), text, url, TARGETS, urgent=True)


def list_named(standing: Standing, now: datetime) -> list[ShownPerson]:
    """Whom the cards of this room call by name."""
    yesterday = local_day(standing.rollout_id, now) - timedelta(days=1)
    return [
        one
        for one in _read(standing, now)
        if one.is_named and any(row.conflicts or yesterday in row.missing_days for row in one.rows)
    ]


def anchor_of(person: ShownPerson, kpi_key: str) -> str:
    """Where a conflict stands on the page of progress."""
    return f"conflict-{person.person_id}-{kpi_key}"


def _read(standing: Standing, now: datetime) -> Sequence[ShownPerson]:
    """The people of the own team (of all for whoever steers), as the views allow, until yesterday."""
    today: date = local_day(standing.rollout_id, now)
    period = choose_period(standing.rollout_id, None, today)
    if period is None or not standing.may(Permission.SEE_MORNING):
        return []
    rows = read_attainments(standing.rollout_id, period.id, until=last_day_known(period, today), language=language())
    if not standing.roles & STEERING:
        led = people_led_by(standing)
        rows = [row for row in rows if row.person_id in led]
    return list_shown(standing, rows, today, current_app.config["SECRET_KEY"])
