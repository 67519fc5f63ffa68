"""What the log says was done, and to what, in the adoption room, in words, by the program's own names."""

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from implement.web.texts import lazy

ACTION_LABELS: Mapping[str, LazyString] = {
    "hand_in_usage": lazy("CRM files handed in"),
    "read_usage": lazy("CRM files read"),
    "confirm_usage": lazy("CRM files confirmed"),
    "take_usage": lazy("CRM files taken over"),
    "take_event_batch": lazy("Events from a program taken over"),
    "take_over_calls": lazy("Counts of calls and mails taken over"),
    "take_over_orders": lazy("Orders taken over"),
    "note_counted_staff": lazy("Counted staff noted"),
    "evaluate_usage": lazy("Use evaluated"),
    "decide_on_user": lazy("Counting of a CRM user decided"),
    "write_bypass": lazy("Bypass written down"),
    "note_bypass": lazy("State of a bypass noted"),
    "start_control": lazy("Control in the first month begun"),
    "tick_check": lazy("Check of a team ticked off"),
    "say_example": lazy("Consent to be an example changed"),
    "add_function": lazy("Function or seat added"),
    "remove_function": lazy("Function or seat taken away"),
    "restore_function": lazy("Function or seat put back"),
    "add_field": lazy("Field added"),
    "remove_field": lazy("Field taken away"),
    "restore_field": lazy("Field put back"),
    "hand_over": lazy("Handover confirmed"),
    "freeze_baseline": lazy("Baseline frozen"),
    "note_figure": lazy("Figure noted"),
    "open_pulse_round": lazy("Survey round opened"),
    "close_pulse_round": lazy("Survey round closed"),
    "remind_of_pulse": lazy("Reminder of the survey sent"),
    "remark_on_reason": lazy("Remark on a reason made"),
    "answer_remark": lazy("Remark answered"),
    "start_remedy": lazy("Remedy started"),
    "stop_remedy": lazy("Remedy stopped"),
    "ask_for_judgement": lazy("Judgement of a remedy asked for"),
    "judge_remedy": lazy("Remedy judged"),
}

SUBJECT_LABELS: Mapping[str, LazyString] = {
    "baseline": lazy("Baseline"),
    "batch": lazy("Batch of events"),
    "bypass": lazy("Bypass"),
    "crm_user": lazy("CRM user"),
    "evaluation": lazy("Evaluation"),
    "field": lazy("Field"),
    "figure": lazy("Figure"),
    "function": lazy("Function"),
    "handover": lazy("Handover"),
    "pulse_round": lazy("Round of the pulse"),
    "reason": lazy("Reason"),
    "remedy": lazy("Remedy"),
    "team_check": lazy("Check of a team"),
    "team_control": lazy("Control in the first month"),
    "upload": lazy("CRM file"),
}
