"""A person's page: the figures in sentences, each with what it rests on."""

from dataclasses import dataclass

from flask import url_for

from implement.engine.usage import DEFAULT_SETTINGS
from implement.stages.adoption.service.people import BAND_LABELS, Part, PersonFigures
from implement.stages.adoption.words import NOTE_LABELS, PART_LABELS
from implement.web.charts import Chart, Fate, stacked_fates
from implement.web.texts import _, _n, day, number, share

SHARES = ("rhythm", "complete", "timely", "tasks")


@dataclass(frozen=True)
class PartLine:
    """A part of the score as the page says it; `url` leads to the days behind it."""

    label: str
    reached: float
    counted: str
    peers: str
    likely: str
    span: str
    url: str


def say_answer(who: str, figures: PersonFigures, waits: str = "") -> str:
    """The person's figures in a sentence; of whoever starts later, when."""
    if waits:
        return f"{who}: {waits}"
    if figures.usage is None:
        return _("%(who)s: not enough data", who=who)
    return _(
        "%(who)s: usage %(usage)s, likely %(low)s–%(high)s",
        who=who,
        usage=number(figures.usage, 0),
        low=number(figures.low, 0),
        high=number(figures.high, 0),
    )


def say_silence(figures: PersonFigures) -> str:
    """The band with what it rests on."""
    band = str(BAND_LABELS[figures.band]) if figures.band else _("not known")
    if figures.last_active_day is None:
        return _("%(band)s: no day of use is known", band=band)
    last = day(figures.last_active_day)
    said = _n(
        "%(band)s: last used on %(last)s, one day before the last day counted",
        "%(band)s: last used on %(last)s, %(num)d days before the last day counted",
        figures.days_silent or 0,
        band=band,
        last=last,
    )
    return said if figures.days_silent else _("%(band)s: last used on %(last)s", band=band, last=last)


def say_present(figures: PersonFigures) -> str:
    """How many days the figures rest on, and whether that is enough."""
    least = DEFAULT_SETTINGS.least_present_days
    said = _n("one working day present", "%(num)d working days present", figures.present_days)
    lacking = _("at least %(least)s are needed for a score", least=number(least))
    return said if figures.usage is not None else f"{said}; {lacking}"


def list_parts(rollout_id: int, figures: PersonFigures) -> list[PartLine]:
    """The parts of the score, each with counts, peers, likely range, days."""
    return [_line(rollout_id, figures.person_id, part) for part in figures.parts]


def say_notes(figures: PersonFigures) -> list[str]:
    """What a reader should know about these figures."""
    return [str(NOTE_LABELS[note]) for note in figures.notes if note in NOTE_LABELS]


def draw_weeks(figures: PersonFigures, *, with_days_away: bool) -> Chart:
    """Each week's working days: in the CRM, present without it, and away where that may be shown."""
    fates = [Fate(_("active days"), "accent"), Fate(_("present days without use"), "watch")]
    counts = [[week.active_days, week.present_days - week.active_days] for week in figures.weeks]
    if with_days_away:
        fates.append(Fate(_("days away"), "neutral"))
        counts = [[*row, week.away_days] for row, week in zip(counts, figures.weeks, strict=True)]
    first = figures.weeks[0].monday if figures.weeks else figures.as_of
    return stacked_fates(
        _("Working days by week"),
        _(
            "Weeks from %(first)s to %(last)s; days away do not count against anybody.",
            first=day(first),
            last=day(figures.as_of),
        ),
        heading=_("Week of"),
        labels=[day(week.monday) for week in figures.weeks],
        fates=fates,
        counts=counts,
        unit="days",
    )


def _line(rollout_id: int, person_id: int, part: Part) -> PartLine:
    return PartLine(
        str(PART_LABELS[part.name]),
        part.value,
        _say_counts(part),
        _level(part, part.peer_level),
        f"{_level(part, part.low)} – {_level(part, part.high)}",
        f"{day(part.first_day)} – {day(part.last_day)}",
        _address_of_days(rollout_id, person_id, part),
    )


def _level(part: Part, level: float) -> str:
    return share(level) if part.name in SHARES else number(level, 1)


def _address_of_days(rollout_id: int, person_id: int, part: Part) -> str:
    first, last = part.first_day.isoformat(), part.last_day.isoformat()
    return url_for("adoption.list_days", rollout_id=rollout_id, person_id=person_id, first=first, last=last)


def _say_counts(part: Part) -> str:
    said = {"k": number(round(part.k)), "n": number(round(part.n)), "own": share(part.own_level)}
    if part.name == "rhythm":
        return _("active on %(k)s of %(n)s present days", **said)
    if part.name == "complete":
        return _("%(k)s of %(n)s fields filled", **said)
    if part.name == "timely":
        return _("%(k)s of %(n)s records entered within four days", **said)
    if part.name == "tasks":
        return _("%(k)s of %(n)s tasks done", **said)
    days = {"k": said["k"], "days": number(part.n, 1), "pace": number(part.own_level, 1)}
    return _("%(k)s records in %(days)s full working days: %(pace)s a day", **days)
