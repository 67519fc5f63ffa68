"""Chains and rehearsals in sentences and pictures: which step, in which role, was in time how often."""

from collections.abc import Sequence
from datetime import datetime

from implement.engine.rehearsal import ChainStep, OnTime
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.staff import list_teams
from implement.stages.pilot.events_page import say_following
from implement.stages.pilot.forms.chains import WEEKDAYS, ChainForm
from implement.stages.pilot.service import chains, following, hours, rehearsals
from implement.stages.pilot.service.rehearsals import Outcome, RehearsalRow, RunsFile
from implement.stages.pilot.tables import OrderChain, OrderClock, OrderStep, Rehearsal
from implement.web.charts import Chart, Estimate, ranges
from implement.web.texts import _, _n, instant, language, lazy, minutes, number, share

LONGEST_LIST, MOST_FAULTS, GOAL = 60, 200, 0.8
KIND_LABELS = {
    rehearsals.SIMULATED: lazy("simulated"),
    rehearsals.IMPORTED: lazy("from a file"),
    rehearsals.LIVE: lazy("live"),
    rehearsals.EVENTS: lazy("from the CRM’s events"),
}
FAULT_WORDS = {
    "no_column": lazy("this column is missing"),
    "empty": lazy("the number of the order is missing"),
    "no_such_step": lazy("the chain has no such step"),
    "no_instant": lazy("this is no day and time"),
    "no_beginning": lazy("no row says when the request came"),
}


def describe(rollout_id: int, now: datetime) -> dict[str, object]:
    """What the page of chains shows."""
    found, rows = chains.list_chains(rollout_id), rehearsals.list_rehearsals(rollout_id)
    newest = rehearsals.find_newest(rollout_id)
    outcome = rehearsals.sum_up(newest, now) if newest else None
    return {
        "answer": say_outcome(outcome) if outcome else _("The chain of an order has not been rehearsed yet."),
        "newest": newest,
        "newest_chain": _name_newest(rows, newest) if newest else "",
        "chains": found,
        "rows": rows,
        "kinds": KIND_LABELS,
        "hours": say_hours(rollout_id, now),
    }


def describe_chain(chain: OrderChain, now: datetime) -> dict[str, object]:
    """What the page of one chain shows."""
    steps = chains.list_steps(chain)
    rows = rehearsals.list_rehearsals(chain.rollout_id, chain.id)
    return {"chain": chain, "steps": steps, "rows": rows, "kinds": KIND_LABELS, "answer": _say_chain(chain, steps)}


def describe_rehearsal(row: Rehearsal, now: datetime) -> dict[str, object]:
    """What the page of one rehearsal shows."""
    outcome, followed = rehearsals.sum_up(row, now), following.find_following(row)
    clocks = rehearsals.list_clocks(row) if row.kind == rehearsals.LIVE else []
    return {
        "rehearsal": row,
        "chain": chains.get_chain(row.rollout_id, row.chain_id),
        "outcome": outcome,
        "answer": say_outcome(outcome),
        "kind": KIND_LABELS[row.kind],
        "open_clocks": [clock for clock in clocks if clock.done_at is None],
        "late": outcome.late[:LONGEST_LIST],
        "by_step": draw_shares(_("In time by step"), _("Step"), outcome.by_step) if outcome.whole.n else None,
        "by_role": draw_shares(_("In time by role"), _("Role"), outcome.by_role) if outcome.whole.n else None,
        "is_live": row.kind == rehearsals.LIVE,
        "following": followed,
        "lead": say_following(row, followed) if followed else None,
    }


def say_outcome(outcome: Outcome) -> str:
    """How many steps were in time, and which step is the weakest: one sentence."""
    whole = outcome.whole
    if whole.share is None or whole.low is None or whole.high is None:
        return _("No step has been judged yet.")
    orders = _n("one order", "%(num)d orders", outcome.orders)
    said = _(
        "%(share)s of %(n)s steps of %(orders)s were in time (likely %(low)s–%(high)s).",
        share=share(whole.share), n=number(whole.n), orders=orders, low=share(whole.low), high=share(whole.high),
    )  # fmt: skip
    weakest = min((one for one in outcome.by_step if one.share is not None), key=lambda one: one.share or 0.0)
    if weakest.in_time == weakest.n or len(outcome.steps) == 1:
        return said
    rest = _("Weakest: “%(step)s”, %(share)s.", step=weakest.name, share=share(weakest.share))
    return f"{said} {rest}"


def say_hours(rollout_id: int, now: datetime) -> str:
    """When clocks run."""
    found = hours.read_hours(rollout_id, local_day(rollout_id, now))
    days = ", ".join(str(label) for key, label in WEEKDAYS if int(key) in found.weekdays)
    said = {"opens": _clock(found.opens_minute), "closes": _clock(found.closes_minute), "days": days}
    return _("Clocks run from %(opens)s to %(closes)s on %(days)s, not on holidays.", **said)


def say_share(one: OnTime) -> str:
    """A share with its interval."""
    if one.share is None:
        return _("not judged yet")
    return _("%(share)s (%(low)s–%(high)s)", share=share(one.share), low=share(one.low), high=share(one.high))


def say_late(clock: OrderClock) -> str:
    """When a late step was due, and when it was done."""
    if clock.done_at is None:
        return _("due %(due)s, nobody has done it", due=instant(clock.due_at))
    return _("due %(due)s, done %(done)s", due=instant(clock.due_at), done=instant(clock.done_at))


def say_faults(found: RunsFile) -> list[str]:
    """Every fault of a file with row, column and reason."""
    if found.unreadable:
        return [_("The file cannot be read; a CSV or XLSX file with a heading row is needed.")]
    if not found.faults:
        return [_("There is no row in the file.")]
    return [
        _(
            "Row %(row)s, column “%(column)s”: %(reason)s. %(value)s",
            row=number(one.row),
            column=one.column,
            reason=FAULT_WORDS[one.code],
            value=one.value,
        ).strip()
        for one in found.faults[:MOST_FAULTS]
    ]


def draw_shares(title: str, heading: str, rows: Sequence[OnTime]) -> Chart:
    """Shares in time with their intervals."""
    note = _("not judged yet")
    return ranges(
        title,
        _("The dot is the share of steps in time, the line where it likely lies; the upright line is the goal."),
        heading=heading,
        rows=[
            Estimate(one.name, one.share, one.low, one.high, _tone(one), note if one.share is None else "")
            for one in rows
        ],
        ends=(0.0, 1.0),
        mark=GOAL,
    )


def offer_chains(rollout_id: int) -> ChainForm:
    """The form that begins a chain."""
    teams = [(team_id, name) for team_id, name, *_rest in list_teams(rollout_id)]
    return ChainForm().offer(chains.list_starts(rollout_id, language()), teams)


def find_start(rollout_id: int, form: ChainForm) -> tuple[str, tuple[ChainStep, ...]]:
    """The name and the steps that a chain begins with."""
    starts = {one.key: one for one in chains.list_starts(rollout_id, language())}
    chosen = starts.get(form.start.data)
    name = (form.name.data or "").strip() or (chosen.title if chosen else _("Chain"))
    return name, chosen.steps if chosen else ()


def _name_newest(rows: Sequence[RehearsalRow], newest: Rehearsal) -> str:
    """Of which chain the newest rehearsal is, and how it came about."""
    chain = next(row.chain for row in rows if row.id == newest.id)
    return _("Newest: %(chain)s, %(how)s", chain=chain, how=KIND_LABELS[newest.kind])


def _say_chain(chain: OrderChain, steps: Sequence[OrderStep]) -> str:
    if not steps:
        return _("%(chain)s has no step yet.", chain=chain.name)
    return _n(
        "%(chain)s: one step, %(time)s of open time.",
        "%(chain)s: %(num)d steps, %(time)s of open time.",
        len(steps),
        chain=chain.name,
        time=minutes(sum(step.minutes for step in steps)),
    )


def _tone(one: OnTime) -> str:
    """Surely below the goal, surely not below it, or not known."""
    if one.high is not None and one.high < GOAL:
        return "bad"
    return "good" if one.low is not None and one.low >= GOAL else "accent"


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"
