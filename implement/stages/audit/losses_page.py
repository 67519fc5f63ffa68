"""The loss map as a page shows it: pictures whose parts lead to their deals, tables, and what can become a finding."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import url_for

from implement.engine.funnel import Group, LossMap, StageLosses
from implement.engine.value_at_risk.sums import Sums
from implement.stages.audit.list_words import GROUP_LABELS, say_days, say_norm, say_value, worth_of, worth_of_group
from implement.web.charts import Chart, Fate, bars, stacked_fates
from implement.web.texts import _, lazy, number

MINOR_UNITS = 100
FATES = (
    Fate(lazy("went on"), "good"),
    Fate(lazy("stands here"), "watch"),
    Fate(lazy("lost here"), "bad"),
)  # fmt: skip
SHOWN_COSTS = 12


@dataclass(frozen=True)
class Place:
    """Where the pages of a list are: its rollout and its number."""

    rollout_id: int
    number: int

    def deals(self, show: str, **more: str) -> str:
        """The way to the deals behind a figure."""
        here = {"rollout_id": self.rollout_id, "number": self.number}
        return url_for("audit_losses.list_deals", **here, show=show, **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class GroupLine:
    """A group beside all others, with the way to its lost deals and the name of a finding made of it."""

    field: str
    label: str
    group: Group
    url: str
    topic: str


def draw_funnel(found: LossMap, at: Place) -> Chart:
    """The funnel: of the deals that reached a stage, how many went on, stand there, were lost there (M11, M43)."""
    labels = [stage.name for stage in found.stages]
    counts = [(stage.went_on, stage.here.deals, stage.lost.deals) for stage in found.stages]
    links = {}
    for row, stage in enumerate(found.stages):
        links[row, 2] = at.deals("open", stage=stage.name)
        links[row, 3] = at.deals("lost", at=str(stage.place))
    if found.totals.lost_unplaced.deals:
        labels.append(_("stage not known"))
        counts.append((0, 0, found.totals.lost_unplaced.deals))
        links[len(labels) - 1, 3] = at.deals("unplaced")
    return stacked_fates(
        _("Funnel: what became of the deals at each stage"),
        _("Each bar is all deals that reached the stage; lost deals that name no stage stand for themselves."),
        heading=_("Stage"),
        labels=labels,
        fates=[Fate(str(fate.label), fate.tone) for fate in FATES],
        counts=counts,
        links=links,
        unit="deals",
    )


def draw_times(found: LossMap, at: Place) -> Chart | None:
    """How long deals stand in each stage, against its norm (M12, M42)."""
    stages = [stage for stage in found.stages if stage.days.middle is not None]
    if not stages:
        return None
    norms = [say_norm(one.norm_days, one.norm_from) for one in stages]
    notes = {(row, 1): _("norm %(norm)s", norm=norm) for row, norm in enumerate(norms)}
    return bars(
        _("Days in each stage, against the norm"),
        _("The middle of all stays in the stage.")
        if found.is_history
        else _("The middle of the days that open deals have stood there, up to the day of the list."),
        headings=(_("Stage"), _("Days")),
        labels=[f"{stage.name} ({norm})" for stage, norm in zip(stages, notes.values(), strict=True)],
        values=[round(stage.days.middle or 0) for stage in stages],
        tones=["bad" if is_slow(stage) else "accent" for stage in stages],
        notes=notes,
        links={(row, 1): at.deals("over_norm", stage=stage.name) for row, stage in enumerate(stages)},
    )


def draw_costs(found: LossMap, at: Place, currency: str) -> Chart | None:
    """Lost money by reason, else by the stage, else by product; with the estimate where deals carry no value."""
    costs = list_costs(found, at)
    if not any(amount for _label, amount, _url in costs):
        return None
    by_reason = any(value for value, _sums in found.reasons)
    return bars(
        _("Lost money by reason") if by_reason else _("Lost money by stage or product"),
        _("As the list says; deals without a value at the average won deal, of the same product where it is told."),
        headings=(_("Reason") if by_reason else _("Stage or product"), _("Lost money")),
        labels=[label for label, _amount, _url in costs],
        values=[round(amount) * MINOR_UNITS for _label, amount, _url in costs],
        tones="bad",
        kind="money",
        currency=found.currency or currency,
        links={(row, 1): url for row, (_label, _amount, url) in enumerate(costs)},
    )


def list_costs(found: LossMap, at: Place) -> list[tuple[str, Decimal, str]]:
    """What was lost, by reason where the list names any, else by stage and by product; the dearest first."""
    if any(value for value, _sums in found.reasons):
        costs = [(say_value(v), sums, at.deals("lost", field="reason", value=v)) for v, sums in found.reasons]
    elif any(stage.lost.deals for stage in found.stages):
        costs = [(one.name, one.lost, at.deals("lost", at=str(one.place))) for one in found.stages]
        costs.append((_("stage not known"), found.totals.lost_unplaced, at.deals("unplaced")))
    else:
        return _list_group_costs(found, at)
    worth = [(label, worth_of(found, sums), url) for label, sums, url in costs]
    return sorted(worth, key=lambda one: -one[1])[:SHOWN_COSTS]


def _list_group_costs(found: LossMap, at: Place) -> list[tuple[str, Decimal, str]]:
    """What was lost by product, else channel or segment, each at its own average won deal."""
    field = next((name for name, _groups in found.groups), "")
    costs = [
        (say_value(one.value), worth_of_group(found, one), at.deals("lost", field=field, value=one.value))
        for one in found.group(field)
    ]
    return sorted(costs, key=lambda one: -one[1])[:SHOWN_COSTS]


def list_worse(found: LossMap, at: Place) -> list[GroupLine]:
    """Groups that lose more than all together by more than chance (M12)."""
    return [
        GroupLine(
            field,
            str(GROUP_LABELS[field]),
            group,
            at.deals("lost", field=field, value=group.value),
            f"group-{field}-{place}",
        )
        for field, groups in found.groups
        for place, group in enumerate(groups)
        if group.is_worse
    ]


def list_groups(found: LossMap, at: Place) -> list[tuple[str, list[GroupLine]]]:
    """Every group by product, channel and segment."""
    return [
        (
            str(GROUP_LABELS[field]),
            [
                GroupLine(field, say_value(one.value), one, at.deals("lost", field=field, value=one.value), "")
                for one in groups
            ],
        )
        for field, groups in found.groups
    ]


def is_slow(stage: StageLosses) -> bool:
    """True when deals stand in a stage for longer than its norm."""
    return stage.norm_days is not None and stage.days.middle is not None and stage.days.middle > stage.norm_days


def say_stage_times(stage: StageLosses) -> tuple[str, str]:
    """The days of a stage and its norm in words."""
    return say_days(stage.days), say_norm(stage.norm_days, stage.norm_from)


def say_no_stage_lost(found: LossMap) -> str:
    """What the list cannot tell about the stages of lost deals."""
    unplaced: Sums = found.totals.lost_unplaced
    if not unplaced.deals:
        return ""
    return _(
        "Of %(n)s lost deals the list does not say in which stage they were lost: it only keeps the last state. A CRM "
        "that keeps the way of each deal can tell.",
        n=number(unplaced.deals),
    )


def missing_columns(found: LossMap, wanted: Sequence[str]) -> list[str]:
    """What the list does not say at all."""
    return [name for name in wanted if name not in found.has]
