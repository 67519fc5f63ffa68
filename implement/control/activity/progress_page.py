"""Plan against actual: of a team in a picture, of people as the three views allow, conflicts to be settled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from implement.control.activity.service.actuals import read_counting
from implement.control.activity.service.catalogue import KpiRow, read_kpis
from implement.control.activity.service.periods import PeriodRow, list_periods
from implement.control.activity.service.reading import AttainmentRow, read_attainments
from implement.engine.activity.kpis import QUALITY
from implement.engine.suppression import LEAST_PEOPLE
from implement.rollout.service.privacy import PeopleView, people_led_by, pseudonym, views_for
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.service.usage import find_names
from implement.web.access import Role, Standing
from implement.web.charts import Chart, bars
from implement.web.texts import _, _n, day, language, number


@dataclass(frozen=True)
class ShownPerson:
    """Somebody as this reader may see them: by name, or under a pseudonym without targets."""

    person_id: int
    name: str
    is_named: bool
    rows: tuple[AttainmentRow, ...]

    @property
    def missing(self) -> int:
        """On how many of their working days something is missing."""
        return len({one for row in self.rows for one in row.missing_days})


@dataclass(frozen=True)
class Conflict:
    """Where CRM and report differ: whose, which KPI, both sums, the days; `may_settle` unless it is one's own."""

    person: ShownPerson
    row: AttainmentRow
    may_settle: bool


def choose_period(rollout_id: int, asked: int | None, today: date) -> PeriodRow | None:
    """The period that is asked for, else the one that runs, else the last that has begun."""
    begun = [one for one in list_periods(rollout_id) if one.has_begun(today)]
    return next((one for one in begun if one.id == asked), begun[0] if begun else None)


def last_day_known(period: PeriodRow, today: date) -> date:
    """Until when actuals are reckoned: yesterday, or the last day of the period."""
    return min(period.last_day, today - timedelta(days=1))


def describe_progress(standing: Standing, period: PeriodRow, today: date, secret: str) -> dict[str, object]:
    """The page of a period for whoever reads teams."""
    here = standing.rollout_id
    rows, kpis = _read(standing, period, today), read_kpis(here, language())
    people = list_shown(standing, rows, today, secret)
    conflicts = list_conflicts(standing, people)
    count = len({row.person_id for row in rows})
    all_named = len(people) == count and all(one.is_named for one in people)
    is_withheld = count < LEAST_PEOPLE and not all_named
    counting, least = read_counting(here), 1 if all_named else LEAST_PEOPLE
    picture = None if is_withheld or not rows else draw(rows, kpis, least=least)
    return {
        "period": period, "until": last_day_known(period, today), "people": people, "conflicts": conflicts,
        "kpis": kpis, "is_withheld": is_withheld, "count": count, "counting": counting,
        "answer": say_progress(conflicts, rows), "picture": picture,
        "columns": list(dict.fromkeys((row.kpi_key, _label(kpis[row.kpi_key])) for row in rows)),
        "periods": [one for one in list_periods(here) if one.has_begun(today)],
    }  # fmt: skip


def list_shown(standing: Standing, rows: Sequence[AttainmentRow], today: date, secret: str) -> list[ShownPerson]:
    """People whose figures this reader may see, by name where agreed."""
    by_person: dict[int, list[AttainmentRow]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, []).append(row)
    here = standing.rollout_id
    views = views_for(standing, get_rollout(here).legal_profile, by_person.keys(), today)
    names = find_names(who for who, view in views.items() if view is PeopleView.NAMED)
    found = [
        ShownPerson(who, names.get(who) or pseudonym(secret, here, who), who in names, tuple(by_person[who]))
        for who in views
    ]
    return sorted(found, key=lambda one: one.name)


def list_people_on(shown: Mapping[str, object]) -> list[ShownPerson]:
    """The people a page shows."""
    people = shown["people"]
    return [one for one in people if isinstance(one, ShownPerson)] if isinstance(people, list) else []


def list_conflicts(standing: Standing, people: Sequence[ShownPerson]) -> list[Conflict]:
    """Every open conflict of these people."""
    return [
        Conflict(one, row, one.person_id != standing.person_id) for one in people for row in one.rows if row.conflicts
    ]


def draw(rows: Sequence[AttainmentRow], kpis: dict[str, KpiRow], *, least: int = 1) -> Chart:
    """The share of the targets reached so far, each KPI beside its other side; the words are those of the sums. Of
    fewer people than `least` nothing is said.
    """
    keys = order_beside({row.kpi_key for row in rows}, kpis)
    sums = [_sum([row for row in rows if row.kpi_key == key], least) for key in keys]
    labels = [_label(kpis[key]) for key in keys]
    notes = {
        (place, 1): _("%(actual)s of %(target)s", actual=number(actual), target=number(target))
        if actual is not None
        else _("not enough known")
        for place, (actual, target) in enumerate(sums)
    }
    return bars(
        _("Plan and actual, volume and quality side by side"),
        _("Each bar is the share of the target that was reached so far. Where less is better a short bar is good."),
        headings=(_("Activity"), _("Share of the target")),
        labels=labels,
        values=[Fraction(actual, target) if actual is not None and target else None for actual, target in sums],
        tones=["good" if kpis[key].kpi.side == QUALITY else "accent" for key in keys],
        kind="share",
        notes=notes,
    )


def order_beside(keys: Collection[str], kpis: dict[str, KpiRow]) -> list[str]:
    """Each KPI followed by the other side of its coin, where that is in the plan too."""
    found: list[str] = []
    for key in sorted(keys, key=lambda key: (kpis[key].kpi.side == QUALITY, list(kpis).index(key))):
        pair = [one for one in (key, kpis[key].kpi.beside) if one in keys and one not in found]
        found += pair if key in pair else []
    return found


def say_progress(conflicts: Sequence[Conflict], rows: Sequence[AttainmentRow]) -> str:
    """The first line."""
    if conflicts:
        return _n("In one place CRM and report differ.", "In %(num)d places CRM and report differ.", len(conflicts))
    missing = len({row.person_id for row in rows if row.missing_days})
    if missing:
        return _n(
            "One person has days of which nothing is known.",
            "%(num)d people have days of which nothing is known.",
            missing,
        )
    return _("Every day is known, and CRM and reports agree.") if rows else _("Nobody has a plan in this period.")


def say_days(days: Sequence[date]) -> str:
    """Days in words, the first five of them."""
    said = ", ".join(day(one) for one in days[:5])
    return (
        said if len(days) <= 5 else _n("%(days)s and one more", "%(days)s and %(num)d more", len(days) - 5, days=said)
    )


def _read(standing: Standing, period: PeriodRow, today: date) -> list[AttainmentRow]:
    """Everybody's rows; of the own team for a head."""
    rows = read_attainments(standing.rollout_id, period.id, until=last_day_known(period, today), language=language())
    if standing.roles <= {Role.HEAD, Role.SALESPERSON}:
        led = people_led_by(standing)
        return [row for row in rows if row.person_id in led]
    return rows


def _sum(rows: Sequence[AttainmentRow], least: int) -> tuple[int | None, int]:
    """Actual and target of everybody of whom something is known; None when that are too few."""
    known = [row for row in rows if row.so_far is not None and row.target]
    return (sum(row.so_far or 0 for row in known) if len(known) >= least else None), sum(
        row.target or 0 for row in known
    )


def _label(row: KpiRow) -> str:
    return _("%(name)s (less is better)", name=row.name) if row.kpi.lower_is_better else row.name
