"""The plan in sentences and pictures."""

from collections.abc import Sequence
from datetime import date

from flask import url_for

from implement.rollout.rail import STAGE_LABELS
from implement.rollout.stages import Stage
from implement.stages.specification.service.plan.outlook import DatedStep, Outlook
from implement.stages.specification.service.plan.steps import get_template
from implement.stages.specification.tables.plan import PlanStep
from implement.web.charts import Bar, Chart, gantt
from implement.web.texts import _, day, language, lazy, number, share

SIDE_LABELS = {"client": lazy("client"), "consultancy": lazy("consultancy"), "both": lazy("both sides")}
STAGES = STAGE_LABELS


def say_plan(outlook: Outlook | None) -> str:
    """When it ends, as planned and as it looks."""
    if outlook is None:
        return _("When does it begin, and by which plan?")
    said = {"low": day(outlook.low_day), "high": day(outlook.high_day), "planned": day(outlook.planned_day)}
    if outlook.low_day == outlook.high_day:
        return _("The plan ended on %(low)s.", **said)
    return _("It will likely end between %(low)s and %(high)s; planned is %(planned)s.", **said)


def say_forecast(outlook: Outlook) -> str:
    """What the forecast rests on."""
    found = outlook.forecast
    said = {"n": found.n, "pace": number(found.pace, 2), "promised": day(outlook.plan.promised)}
    if not found.n:
        return _("Promised was %(promised)s. No step is finished yet, so the range is wide.", **said)
    return _(
        "Promised was %(promised)s. Finished steps: %(n)s; they took %(pace)s times as long as planned. In eight of "
        "ten trials the end lies within the range.",
        **said,
    )


def say_rush(outlook: Outlook) -> str:
    """Who starts too close together."""
    rush = outlook.rush
    if rush is None:
        return ""
    said = {"names": ", ".join(rush.names), "share": share(rush.share), "day": day(rush.first_day)}
    return _(
        "Everything starts at once: %(share)s of all people begin within two weeks from %(day)s (%(names)s).", **said
    )


def name_step(row: PlanStep, template_key: str) -> str:
    """A step by its own title, else by the template's, with its wave where there are several."""
    if row.title:
        return row.title
    known = {one.id: one for one in get_template(template_key).steps}
    plain = row.step_key.removesuffix(f"_{row.wave}") if row.wave > 1 else row.step_key
    title = known[plain].text.in_language(language()) if plain in known else row.step_key
    return _("%(step)s, wave %(wave)s", step=title, wave=row.wave) if row.wave > 1 else title


def name_steps(rows: Sequence[PlanStep], template_key: str) -> dict[str, str]:
    """All steps by their names."""
    return {row.step_key: name_step(row, template_key) for row in rows}


def say_state(one: DatedStep, today: date) -> str:
    """What has become of a step."""
    if one.row.ended_on is not None:
        return _("over on %(day)s", day=day(one.row.ended_on))
    if one.is_late(today):
        return _("late")
    if one.row.began_on is not None:
        return _("begun, %(share)s done", share=share(one.row.done_percent / 100))
    return _("moves the end") if one.is_critical else _("waits")


def name_stage(stage: str) -> str:
    """A stage by its name."""
    return str(STAGES[Stage(stage)])


def draw_plan(outlook: Outlook, today: date, rollout_id: int, *, may_write: bool) -> Chart:
    """The steps over the calendar."""
    bars = []
    for one in outlook.steps:
        row = one.row
        tone = "good" if row.ended_on else "bad" if one.is_late(today) else "accent" if one.is_critical else "neutral"
        url = url_for("specification_plan.change_step", rollout_id=rollout_id, step_id=row.id) if may_write else ""
        name = name_step(row, outlook.plan.template_key)
        done = row.done_percent / 100
        bars.append(
            Bar(name, one.first_day, one.last_day, done, row.ended_on, row.days == 0, tone, say_state(one, today), url)
        )
    return gantt(
        _("Steps over the calendar"),
        _("What is done is filled; a dashed line goes on to the day a step was really over."),
        heading=_("Step"),
        bars=bars,
        today=today,
    )
