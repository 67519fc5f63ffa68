"""HR's month end in sentences: totals, objections, late targets, pay beside targets, and the ways to payroll."""

from datetime import date

from implement.control.incentives import words
from implement.control.incentives.service.disputes import list_disputes
from implement.control.incentives.service.month_end import PaidAndMet, compare_paid_and_met
from implement.control.incentives.service.runs import RunRow, list_runs
from implement.store import Store
from implement.web.texts import _, _n, money, month, number

MOST_RUNS = 12


def describe(rollout_id: int, newest: RunRow | None, today: date, *, store: Store) -> dict[str, object]:
    """Everything of the month end of the newest run."""
    beside = compare_paid_and_met(rollout_id, newest.id, store=store) if newest else None
    disputes = list_disputes(rollout_id, only_open=True)
    runs = [row for row in list_runs(rollout_id) if row.kind != "simulation"][:MOST_RUNS]
    return {
        "answer": say_answer(newest),
        "newest": newest,
        "beside": say_beside(beside) if beside else [],
        "disputes": disputes,
        "overdue": sum(one.is_overdue(today) for one in disputes),
        "runs": runs,
        "words": words,
        "today": today,
    }


def say_answer(newest: RunRow | None) -> str:
    """What the newest month pays and where its run stands."""
    if newest is None:
        return _("No month has been computed yet.")
    said = {"month": month(newest.first_day, begins=True), "total": money(newest.total_minor, newest.currency),
            "state": str(words.STATES[newest.state])}  # fmt: skip
    return _("%(month)s: %(total)s, %(state)s.", **said)


def say_beside(one: PaidAndMet) -> list[str]:
    """Pay held against targets, and targets that came late."""
    said = _(
        "Of %(results)s results, %(unmet)s were paid without the target met in full, and %(unpaid)s met it without "
        "pay.",
        results=number(one.results), unmet=number(one.paid_unmet), unpaid=number(one.met_unpaid),
    )  # fmt: skip
    late = _n("One target was handed out late.", "%(num)d targets were handed out late.", one.late_targets)
    return [said, late if one.late_targets else _("Every target was handed out in time.")]
