"""Waves in sentences and pictures: the lead's question on Monday is whether the next one may start."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for

from implement.engine.support_load import SupportTerms, WeekLoad
from implement.rollout.gate_page import say_why
from implement.rollout.registries import registries
from implement.stages.pilot.service import defects, exits
from implement.stages.pilot.service import waves as service
from implement.stages.pilot.service.criteria import ENTRY, EXIT, Judged, judge_wave
from implement.stages.pilot.service.waves import WaveRow
from implement.stages.specification.service.plan.outlook import read_outlook
from implement.web.access import may_open
from implement.web.charts import Bar, Chart, gantt
from implement.web.texts import _, _n, day, language, number
from implement.web.texts import minutes as say_minutes

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """A criterion in words, whether it is met and why, with the way to the rows behind it."""

    text: str
    met: bool
    why: str
    url: str


@dataclass(frozen=True)
class WaveLines:
    """A wave with what it must fulfil before it starts, or before its first weeks are over."""

    row: WaveRow
    moment: str
    lines: tuple[Line, ...]

    @property
    def unmet(self) -> list[Line]:
        """What is still open."""
        return [line for line in self.lines if not line.met]


def describe(rollout_id: int, today: date) -> dict[str, object]:
    """What the page of waves shows."""
    rows, plan = service.list_rows(rollout_id), service.find_support(rollout_id)
    terms = service.read_terms(plan)
    weeks = service.weigh_support(rows, terms)
    coming = service.find_next(rows, today)
    waves = [_write_lines(rollout_id, row, today) for row in rows]
    return {
        "waves": waves,
        "answer": say_start(next((one for one in waves if coming and one.row.id == coming.id), None), rows),
        "picture": draw_calendar(rollout_id, rows, terms, today) if any(row.go_live for row in rows) else None,
        "weeks": [week for week in weeks if week.monday + WEEK > today],
        "short": say_short(rows, weeks, terms, today) if plan else "",
        "has_plan": plan is not None,
        "inherited": list_inherited(rollout_id, coming, rows) if coming else [],
        "pace": say_pace(rollout_id, today),
        "may_promise": any(row.go_live and not row.promised for row in rows),
    }


def say_start(coming: WaveLines | None, rows: Sequence[WaveRow]) -> str:
    """May the next wave start, and if not, why not: one sentence."""
    if coming is None:
        return _n("The wave has started.", "All %(num)d waves have started.", len(rows))
    name = coming.row.name
    unmet = coming.unmet
    if coming.row.go_live is None and not unmet:
        return _("%(wave)s may start; only its first day is missing.", wave=name)
    if not unmet:
        return _("%(wave)s may start on %(day)s.", wave=name, day=day(coming.row.go_live))
    first = unmet[0].text
    return _n(
        "%(wave)s may not start yet: one of %(all)s criteria is open: “%(first)s”.",
        "%(wave)s may not start yet: %(num)d of %(all)s criteria are open, first of all: “%(first)s”.",
        len(unmet),
        wave=name,
        all=number(len(coming.lines)),
        first=first,
    )


def say_short(rows: Sequence[WaveRow], weeks: Sequence[WeekLoad], terms: SupportTerms, today: date) -> str:
    """The first week in which help is short, how much, whose waves meet in it, and a day that would do."""
    short = next((week for week in weeks if week.missing and week.monday + WEEK > today), None)
    if short is None:
        return ""
    said = _(
        "In the week of %(day)s newcomers need %(needed)s of help and there are %(there)s (%(waves)s).",
        day=day(short.monday),
        needed=say_minutes(short.minutes),
        there=say_minutes(short.capacity),
        waves=", ".join(name for name, _minutes in short.by_wave),
    )
    return " ".join([said, *_say_better(rows, short, terms, today)])


def say_pace(rollout_id: int, today: date) -> str:
    """When the plan ends, and when it will likely end at the pace so far (M24); empty before there is a plan."""
    outlook = read_outlook(rollout_id, today)
    if outlook is None:
        return ""
    said = {"planned": day(outlook.planned_day), "low": day(outlook.low_day), "high": day(outlook.high_day)}
    return _("By plan the rollout ends on %(planned)s; at the pace so far likely from %(low)s to %(high)s.", **said)


def list_inherited(rollout_id: int, coming: WaveRow, rows: Sequence[WaveRow]) -> list[tuple[str, str]]:
    """What a later wave takes over from those before it: open defects, decisions, what was learnt; with the pages."""
    defects_url = url_for("pilot.list_defects", rollout_id=rollout_id)
    found = [
        (_("Open defect: %(title)s", title=one.title), defects_url)
        for one in defects.list_defects(rollout_id)
        if one.state != defects.CLOSED
    ]
    may_result = may_open("pilot.show_wave_result")
    for row in rows:
        report = exits.find_newest(rollout_id, row.id) if row.position < coming.position else None
        if report is not None:
            url = url_for("pilot.show_wave_result", rollout_id=rollout_id, wave_id=row.id) if may_result else ""
            found.append((_("Decision on %(wave)s: %(reason)s", wave=row.name, reason=report.reason), url))
    return found + [lesson for tell in registries().lessons for lesson in tell(rollout_id)]


def say_late(row: WaveRow) -> str:
    """How far the first day has moved from the promised one."""
    if row.days_late is None:
        return ""
    if row.days_late == 0:
        return _("as promised")
    if row.days_late < 0:
        return _n("one day earlier than promised", "%(num)d days earlier than promised", -row.days_late)
    return _n("one day later than promised", "%(num)d days later than promised", row.days_late)


def draw_calendar(rollout_id: int, rows: Sequence[WaveRow], terms: SupportTerms, today: date) -> Chart:
    """Every wave over the calendar: a bar from its first day through the weeks in which newcomers need help."""
    weeks = len(terms.minutes_by_week)
    url = url_for("pilot.show_waves", rollout_id=rollout_id)
    length = weeks * WEEK - timedelta(days=1)
    bars = [
        Bar(row.name, row.go_live, row.go_live + length, tone=_tone(row, today), state=_state(row), url=url)
        for row in rows
        if row.go_live is not None
    ]
    description = _n(
        "A bar is the week in which the people of a wave are new and need help.",
        "A bar is the %(num)d weeks in which the people of a wave are new and need help.",
        weeks,
    )
    return gantt(_("Calendar of the waves"), description, heading=_("Wave"), bars=bars, today=today)


def say_week(week: WeekLoad) -> str:
    """The waves that meet in a week, with the help each needs."""
    return ", ".join(f"{name} {say_minutes(minutes)}" for name, minutes in week.by_wave)


def write_moment(rollout_id: int, row: WaveRow, moment: str, today: date) -> tuple[Line, ...]:
    """The criteria of a moment held against a wave."""
    return tuple(_write_line(rollout_id, one) for one in judge_wave(rollout_id, row.id, moment, today))


def _say_better(rows: Sequence[WaveRow], short: WeekLoad, terms: SupportTerms, today: date) -> list[str]:
    """When the last wave that meets in the week would find enough help, where it has not started."""
    names = [name for name, _minutes in short.by_wave]
    open_rows = [row for row in rows if row.name in names and not row.has_started(today)]
    if not open_rows:
        return []
    better = service.find_better_day(rows, open_rows[-1], terms)
    if better is None:
        return [_("%(wave)s alone needs more than there is.", wave=open_rows[-1].name)]
    return [_("%(wave)s would find enough from %(day)s on.", wave=open_rows[-1].name, day=day(better))]


def _write_lines(rollout_id: int, row: WaveRow, today: date) -> WaveLines:
    moment = EXIT if row.has_started(today) else ENTRY
    return WaveLines(row, moment, write_moment(rollout_id, row, moment, today))


def _write_line(rollout_id: int, one: Judged) -> Line:
    terms = one.criterion.terms
    kind = registries().measures.get(terms.measure)
    url = url_for(kind.endpoint, rollout_id=rollout_id) if kind and kind.endpoint and may_open(kind.endpoint) else ""
    text = one.criterion.text.in_language(language())
    return Line(text, one.verdict.met, say_why(one.verdict, kind, terms.threshold), url)


def _tone(row: WaveRow, today: date) -> str:
    return "good" if row.has_passed else "accent" if row.has_started(today) else "neutral"


def _state(row: WaveRow) -> str:
    people = _n("one person", "%(num)d people", row.people)
    return _("%(people)s, passed", people=people) if row.has_passed else people
