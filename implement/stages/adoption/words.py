"""How the adoption room says things: kinds of tables, columns, faults, reasons, parts, steps."""

from collections.abc import Mapping

from implement.engine.exchange import EXCHANGE_FAULT_TEXTS
from implement.engine.intake import FAULT_TEXTS, Fault
from implement.engine.usage.attribution import REASON_TEXTS
from implement.jobs import Plain
from implement.stages.adoption.event_lines import LINE_FAULT_TEXTS
from implement.web.texts import _, lazy

KIND_LABELS = {
    "events": lazy("usage events"),
    "absences": lazy("days away"),
    "users": lazy("people who use the CRM"),
    "holidays": lazy("days on which the firm is closed"),
    "meetings": lazy("meetings of teams"),
    "orders": lazy("booked orders"),
    "calls": lazy("calls and mails, counted"),
}
COLUMN_LABELS = {
    "user": lazy("User"),
    "ts": lazy("Time"),
    "time_of_day": lazy("Time of day"),
    "object": lazy("On what (contact, deal …)"),
    "action": lazy("What was done"),
    "lifecycle": lazy("State of the step"),
    "record_id": lazy("Record"),
    "source": lazy("By hand, import or sync"),
    "effective_date": lazy("Day it happened"),
    "filled": lazy("Fields filled"),
    "total": lazy("Fields in all"),
    "changed": lazy("Whether anything changed"),
    "text_hash": lazy("Fingerprint of the note"),
    "stage_from": lazy("Stage before"),
    "stage_to": lazy("Stage after"),
    "target_user": lazy("Task given to"),
    "hits": lazy("Hits of the search"),
    "on_behalf_of": lazy("On behalf of"),
    "from": lazy("First day"),
    "to": lazy("Last day"),
    "team": lazy("Team"),
    "role": lazy("Function"),
    "wave": lazy("Wave"),
    "fte": lazy("Share of full time"),
    "manager": lazy("Head"),
    "go_live": lazy("First day with the CRM"),
    "hired": lazy("Hired on"),
    "left": lazy("Left on"),
    "work_days": lazy("Working days"),
    "date": lazy("Day"),
    "weekday": lazy("Weekday"),
    "hour": lazy("Time of day"),
    "order_id": lazy("Number of the order"),
    "crm_deal_id": lazy("Deal in the CRM"),
    "client": lazy("Client (only whether there is one)"),
    "direction": lazy("In or out"),
    "channel": lazy("Call or mail"),
    "count": lazy("How many"),
}
OWN_FAULT_TEXTS = {
    "nothing_chosen": "No table was chosen; say of at least one what it holds.",
    "column_not_chosen": "Please choose the column {0}.",
    "calls_not_agreed": "Calls and mails are counted only under an agreement that covers it.",
    "column_chosen_twice": "The column {0} is chosen twice.",
    "faults_more": "and {0} more",
    "events_too_old": "{0} events from before {1} are left aside: single events of those days were deleted.",
}
LEFT_OUT_TEXTS = {
    "unknown_user": "not on the staff list",
    "blank_user": "the events name no user",
    "by_hand": "left out by hand: {0}",
}
REASON_LABELS = {
    "robot": lazy("robots"),
    "robot_name": lazy("robots"),
    "test_account": lazy("test accounts"),
    "admin_account": lazy("admin accounts"),
    "migration_user": lazy("users of the migration"),
    "migration_name": lazy("users of the migration"),
    "bulk_load": lazy("users of the migration"),
    "left": lazy("people who left"),
    "unknown_user": lazy("users not on the staff list"),
    "blank_user": lazy("events that name nobody"),
    "by_hand": lazy("left out by hand"),
}
STEP_LABELS = {
    "read": lazy("Reading the files"),
    "propose": lazy("Recognising tables and columns"),
    "type": lazy("Reading times and actions"),
    "roll up": lazy("Counting by person and day"),
    "write": lazy("Writing the days down"),
    "exclude": lazy("Setting robots and test accounts apart"),
    "score": lazy("Scoring"),
    "judge": lazy("Holding before and after against others"),
}
PART_LABELS = {
    "use": lazy("Records"),
    "rhythm": lazy("Rhythm"),
    "complete": lazy("Completeness"),
    "timely": lazy("Timeliness"),
    "tasks": lazy("Tasks"),
}
NOTE_LABELS = {
    "too_few_peers": lazy("Fewer than five people have the same function: compared with the whole firm."),
    "sessions_only": lazy("Only log-ins are known, not what was done."),
    "no_absences": lazy("No absences are known: days off count as present."),
    "no_events": lazy("There are no events at all."),
    "uncalibrated": lazy("Too few people are scored here to say who stands out: nobody is marked."),
}
MISSING_INPUTS = {
    "use": lazy("contacts, deals and activities that were recorded by hand"),
    "read": lazy("events that say which records were looked at"),
    "rhythm": lazy("days with use"),
    "late": lazy("the day on which each activity happened, beside the time it was entered"),
    "month_end": lazy("records with their time"),
    "meeting_eve": lazy("when teams meet, and events with the time of day"),
    "complete": lazy("how many fields of a record are filled, and how many there are"),
    "copy": lazy("fingerprints of notes"),
    "jump": lazy("stages of deals with the number of the record"),
    "off_system": lazy("booked orders, each with its deal in the CRM or without one"),
    "tasks": lazy("tasks that were assigned and done"),
    "reassign": lazy("tasks that were assigned and handed on"),
    "struggle": lazy("help pages, errors and undone steps"),
    "narrow": lazy("deals among the records"),
    "steer": lazy("at least four heads, and reports read or tasks given"),
    "drop": lazy("at least eight weeks of usage"),
    "lost_data": lazy("searches with their hits, and a comparison in the transfer room"),
}
BAND_TONES = {"active": "good", "quiet": "neutral", "at_risk": "watch", "silent": "bad"}


def say_fault(kept: Mapping[str, Plain]) -> str:
    """A fault as it was kept, in the reader's words."""
    code, values = str(kept["code"]), kept.get("values")
    said = [str(value) for value in values] if isinstance(values, list) else []
    for texts in (OWN_FAULT_TEXTS, EXCHANGE_FAULT_TEXTS, FAULT_TEXTS):
        if code in texts:
            return _(texts[code]).format(*(said or [_column(kept)]))
    return code


def say_line_fault(fault: Fault) -> str:
    """A fault in a line that a program sent."""
    return _(LINE_FAULT_TEXTS[fault.code]).format(*fault.values)


def say_left_out(code: str, details: tuple[str, ...] | list[str]) -> str:
    """Why a user id does not count."""
    return _((LEFT_OUT_TEXTS | REASON_TEXTS)[code]).format(*details)


def say_step(step: str) -> str:
    """What a job is doing."""
    return str(STEP_LABELS.get(step, step))


def _column(kept: Mapping[str, Plain]) -> str:
    column = str(kept.get("column") or "")
    return str(COLUMN_LABELS.get(column, column))
