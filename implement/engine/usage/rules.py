"""What an event counts for: one rule for each counter, whichever engine counts and however a log is laid out."""

import ibis
import ibis.expr.types as ir

from implement.engine.usage.settings import UsageSettings

RECORDS = ("contact", "deal", "activity")
NOT_RECORDED = ("view", "error", "undo", "login", "logout", "start", "schedule")
GIVES = ("assign", "reassign")
NO_GIVERS = ("import", "sync")

Rules = dict[str, ir.BooleanValue]


def is_attributed(events: ir.Table, columns: frozenset[str]) -> ir.BooleanColumn:
    """What a person did by hand and that changed something; imports, mail sync and idle edits are not theirs."""
    is_manual = events.source == "manual"
    says_unchanged = is_said_unchanged(events, columns)
    return is_manual if says_unchanged is None else is_manual & ~((events.action == "update") & says_unchanged)


def is_recorded(events: ir.Table, columns: frozenset[str]) -> ir.BooleanColumn:
    """Contacts, deals and activities recorded by hand: everything but views, errors and undos."""
    return is_attributed(events, columns) & events.object.isin(RECORDS) & events.action.notin(NOT_RECORDED)


def is_idle(events: ir.Table, columns: frozenset[str]) -> ir.BooleanColumn:
    """An edit by hand that changed nothing."""
    return (events.source == "manual") & ~is_attributed(events, columns)


def is_said_unchanged(events: ir.Table, columns: frozenset[str]) -> ir.BooleanValue | None:
    """Whether an event says that nothing changed, or has no fields; None when the log tells neither."""
    claims: list[ir.BooleanValue] = []
    if "changed" in columns:
        claims.append((~events.is_changed).fill_null(False))
    if {"filled", "total"} <= columns:
        claims.append(((events.filled == 0) & (events.total == 0)).fill_null(False))
    if not claims:
        return None
    return claims[0] if len(claims) == 1 else claims[0] | claims[1]


def gives_task(events: ir.Table) -> ir.BooleanValue:
    """Tasks given to somebody, by people or by the system itself; imports and mail sync give none."""
    is_given = (events.object == "task") & events.action.isin(GIVES) & events.source.notin(NO_GIVERS)
    return is_given & events.target_user.notnull()


def rules_of_kinds(events: ir.Table, columns: frozenset[str]) -> Rules:
    """Which counters an event counts in for what was done to what, by whom or what, and whether it changed anything."""
    counts, is_record = is_attributed(events, columns), is_recorded(events, columns)
    action, is_task = events.action, counts & (events.object == "task")
    return {
        "imported": events.source != "manual",
        "active_events": counts,
        "records": is_record,
        "deal_records": is_record & (events.object == "deal"),
        "views": counts & events.object.isin(RECORDS) & (action == "view"),
        "reports_read": counts & (events.object == "report"),
        "struggles": counts & ((events.object == "help") | action.isin(("error", "undo"))),
        "tasks_done": is_task & (action == "complete"),
        "tasks_handed_on": is_task & (action == "reassign"),
        **_rules_of_tasks_given(events, is_task & (action == "assign"), columns),
    }


def _rules_of_tasks_given(events: ir.Table, is_given: ir.BooleanValue, columns: frozenset[str]) -> Rules:
    """A task given to nobody in particular is the giver's own."""
    if "target_user" not in columns:
        return {"tasks_assigned": is_given}
    has_target = events.target_user.notnull()
    return {"tasks_given": is_given & has_target, "tasks_assigned": is_given & ~has_target}


def rules_of_records(events: ir.Table, columns: frozenset[str], settings: UsageSettings) -> Rules:
    """Which counters a recorded event counts in for its date and its fields, as far as the log tells of them."""
    found: Rules = {}
    if "effective_date" in columns:
        found["dated"] = events.effective_day.notnull()
        found["late"] = events.day.delta(events.effective_day, unit="day") > settings.late_days
    is_well_kept = is_kept_well(events, columns, settings)
    return found if is_well_kept is None else found | {"well_kept": is_well_kept}


def tells_of_record(events: ir.Table, columns: frozenset[str]) -> ir.BooleanValue:
    """Whether an event has a date or fields of its own; of any other no rule of records holds."""
    told = [events.effective_day.notnull()] if "effective_date" in columns else []
    if {"filled", "total"} <= columns:
        told.append((events.total > 0).fill_null(False))
    return told[0] if len(told) == 1 else told[0] | told[1]


def is_kept_well(events: ir.Table, columns: frozenset[str], settings: UsageSettings) -> ir.BooleanValue | None:
    """Entered in time, with enough of its fields filled, as far as the log tells either; None where it tells neither.

    A record of which the log says nothing at all is not called well kept.
    """
    claims: list[ir.BooleanValue] = []
    if "effective_date" in columns:
        claims.append(events.day.delta(events.effective_day, unit="day") <= settings.late_days)
    if {"filled", "total"} <= columns:
        claims.append((events.total > 0).ifelse(events.filled >= settings.well_filled_share * events.total, None))
    if not claims:
        return None
    is_known = claims[0].notnull() if len(claims) == 1 else claims[0].notnull() | claims[1].notnull()
    holds = [claim.fill_null(True) for claim in claims]
    return is_known & (holds[0] if len(holds) == 1 else holds[0] & holds[1])


def counted_fields(events: ir.Table, columns: frozenset[str]) -> dict[str, ir.NumericValue]:
    """The fields of a record that add up: filled ones and all, where there are any; none in a log without them."""
    if not {"filled", "total"} <= columns:
        return {}
    return {name: ibis.ifelse(events.total > 0, events[name], 0).fill_null(0) for name in ("filled", "total")}
