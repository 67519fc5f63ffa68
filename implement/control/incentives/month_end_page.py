"""HR's month end in sentences: totals, objections, late targets, pay beside targets, and the ways to payroll."""

from datetime import date

from implement.control.incentives import words
from implement.control.incentives.service.disputes import list_disputes
from implement.control.incentives.service.month_end import PaidAndMet, compare_paid_and_met, find_newest
from implement.control.incentives.service.payroll import READY
from implement.control.incentives.service.runs import RunRow, list_runs
from implement.engine.payroll import PayrollFault
from implement.engine.payroll.faults import PAYROLL_FAULT_TEXTS
from implement.store import Store
from implement.web.texts import _, _n, money, month, number

MOST_FAULTS, MOST_RUNS = 200, 12


def describe(rollout_id: int, today: date, *, store: Store) -> dict[str, object]:
    """Everything of the month end."""
    newest = find_newest(rollout_id)
    beside = compare_paid_and_met(rollout_id, newest.id, store=store) if newest else None
    disputes = list_disputes(rollout_id, only_open=True)
    runs = [row for row in list_runs(rollout_id) if row.kind != "simulation"][:MOST_RUNS]
    return {
        "answer": say_answer(newest),
        "newest": newest,
        "is_ready": newest is not None and newest.state in READY,
        "beside": say_beside(beside) if beside else [],
        "disputes": disputes,
        "overdue": sum(one.is_overdue(today) for one in disputes),
        "runs": runs,
        "words": words,
        "programs": words.PROGRAMS,
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


def say_refusals(faults: list[PayrollFault]) -> list[tuple[str, str]]:
    """Why a run cannot go out in this form: the row of the file where there is one, and the reason."""
    said = [
        (number(one.row) if one.row else "", _(PAYROLL_FAULT_TEXTS[one.code]).format(*one.values))
        for one in faults[:MOST_FAULTS]
    ]
    rest = len(faults) - MOST_FAULTS
    return said if rest <= 0 else [*said, ("", _("and %(rest)d more", rest=rest))]
