"""Activity plans in words: how a KPI is counted, on which side it stands, where it comes from."""

from implement.engine.activity.kpis import (
    DISTINCT,
    INCOMPLETE,
    KEPT,
    LATE,
    QUALITY,
    REPORT,
    VOLUME,
    WON,
    Kpi,
)
from implement.engine.law.terms import OF_PROCESS, OF_RESULT
from implement.web.texts import lazy

SIDE_LABELS = {VOLUME: lazy("Volume"), QUALITY: lazy("Quality")}
ABOUT_LABELS = {OF_PROCESS: lazy("Process"), OF_RESULT: lazy("Result")}
RULE_LABELS = {
    KEPT: lazy("well-kept records only: four fifths of the fields filled, entered within four days"),
    LATE: lazy("records entered more than four days late"),
    INCOMPLETE: lazy("records with less than four fifths of the fields filled"),
    DISTINCT: lazy("each record once a day"),
    WON: lazy("deals that came to a stage that means won"),
    REPORT: lazy("not in the CRM: people report it"),
}
OBJECT_LABELS = {
    "contact": lazy("contacts"),
    "deal": lazy("deals"),
    "activity": lazy("activities"),
    "task": lazy("tasks"),
    "report": lazy("reports"),
}
ACTION_LABELS = {
    "create": lazy("created"),
    "update": lazy("changed"),
    "complete": lazy("completed"),
    "stage": lazy("moved to another stage"),
    "schedule": lazy("planned"),
    "assign": lazy("assigned"),
    "reassign": lazy("handed on"),
    "view": lazy("opened"),
}

SOURCE_LABELS = {
    "": lazy("nothing known"),
    "crm": lazy("CRM"),
    "report": lazy("report"),
    "both": lazy("CRM and report"),
    "settled": lazy("settled by whoever leads"),
}


def say_source(kpi: Kpi) -> str:
    """Where a KPI comes from: the events of the CRM and which of them, or a report."""
    if not kpi.is_counted:
        return str(RULE_LABELS[REPORT])
    actions = ", ".join(str(ACTION_LABELS[one]) for one in kpi.actions)
    return f"CRM, {OBJECT_LABELS[kpi.record]}: {actions}; {RULE_LABELS[kpi.rule]}"
