"""The planned CRM in sentences and pictures."""

from fractions import Fraction

from implement.engine.typing_load import DEFAULT_TYPING, RoleLoad
from implement.stages.specification.service.overload import Burden
from implement.stages.specification.service.structure import (
    KIND_LABELS,
    LEVEL_LABELS,
    PART_LABELS,
    STEP_LABELS,
    Structure,
)
from implement.web.charts import Chart, bars
from implement.web.texts import _, _n, lazy, number, share

LIMIT = DEFAULT_TYPING.most_minutes_a_day
MOST_FIELDS = 12
OUTLINE_TITLES = {
    "roles": lazy("Role"),
    "objects": lazy("Kind of record"),
    "stages": lazy("Stage"),
    "parts": lazy("Function, widget or integration"),
}
ELEMENT_LABELS = {
    "function": lazy("Functions"),
    "field": lazy("Fields"),
    "widget": lazy("Widgets"),
    "integration": lazy("Integrations"),
}
LABELS = {"kind": KIND_LABELS, "part": PART_LABELS, "step": STEP_LABELS, "level": LEVEL_LABELS}


def say_structure(one: Structure) -> str:
    """How large the planned CRM is."""
    if not one.objects:
        return _("The CRM's structure is not written down yet.")
    said = {"objects": number(len(one.objects)), "stages": number(len(one.stages))}
    return _n(
        "One field in %(objects)s kinds of record, %(stages)s stages of a deal.",
        "%(num)d fields in %(objects)s kinds of record, %(stages)s stages of a deal.",
        len(one.fields),
        **said,
    )


def say_burden(one: Burden) -> str:
    """How much nobody asked for, and which role types most."""
    if one.overload.index is None:
        return _("Nothing is planned yet, so nothing weighs.")
    asked = _(
        "%(without)s of %(parts)s parts of the CRM were asked for by nobody (%(share)s).",
        without=number(one.overload.without), parts=number(one.overload.parts), share=share(one.overload.index),
    )  # fmt: skip
    return f"{asked} {say_busiest(one.busiest)}" if one.busiest else asked


def say_busiest(load: RoleLoad) -> str:
    """The role that types most, against the limit (M109)."""
    said = {"role": load.role, "minutes": number(load.minutes_a_day, 0), "limit": number(LIMIT)}
    if load.is_too_much:
        return _("%(role)s would type %(minutes)s minutes a day, more than the %(limit)s that people bear.", **said)
    return _("%(role)s would type %(minutes)s minutes a day (%(limit)s at most).", **said)


def draw_loads(one: Burden) -> Chart:
    """Minutes a day by role against two hours."""
    values = [load.minutes_a_day for load in one.loads]
    return bars(
        _("Minutes of typing a day"),
        _("One person of each role: entries a week times seconds, over five days. A full bar is two hours or more."),
        headings=(_("Role"), _("Minutes a day")),
        labels=[load.role for load in one.loads],
        values=values,
        tones=["bad" if load.is_too_much else "accent" for load in one.loads],
        full=max([Fraction(LIMIT), *values]),
    )


def draw_dearest(load: RoleLoad) -> Chart:
    """The fields that take most of a role's time."""
    shown = load.fields[:MOST_FIELDS]
    return bars(
        _("Which fields take %(role)s most time", role=load.role),
        _("Minutes a day by field; the dearest %(n)s of %(of)s.", n=number(len(shown)), of=number(len(load.fields))),
        headings=(_("Field"), _("Minutes a day")),
        labels=[f"{one.object}: {one.name}" for one, _minutes in shown],
        values=[minutes for _one, minutes in shown],
    )
