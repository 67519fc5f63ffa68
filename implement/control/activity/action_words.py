"""What the log says was done, and to what, in the room of activity plans, in words, by the program's own names."""

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from implement.web.texts import lazy

ACTION_LABELS: Mapping[str, LazyString] = {
    "add_kpi": lazy("Activity added"),
    "count_kpis": lazy("Activities counted from the CRM"),
    "acknowledge_targets": lazy("Targets acknowledged"),
    "add_period": lazy("Period added"),
    "write_plan": lazy("Activity plan written"),
    "set_quota": lazy("Quota set"),
    "remind": lazy("Reminders of targets sent"),
    "report_day": lazy("Day reported"),
    "say_miss": lazy("Reason of a missed target said"),
    "set_targets": lazy("Targets set"),
}

SUBJECT_LABELS: Mapping[str, LazyString] = {
    "delivery": lazy("Delivery"),
    "kpi": lazy("Measure"),
    "period": lazy("Period"),
    "person": lazy("Person"),
    "plan": lazy("Plan"),
    "quota": lazy("Quota"),
}
