"""What the log says was done, and to what, in the audit, in words, by the program's own names."""

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from implement.web.texts import lazy

ACTION_LABELS: Mapping[str, LazyString] = {
    "begin_audit": lazy("Audit begun"),
    "add_audit_pack": lazy("Pack added to the audit"),
    "add_own_pack": lazy("Own pack added"),
    "remove_own_pack": lazy("Own pack taken away"),
    "restore_own_pack": lazy("Own pack put back"),
    "answer_question": lazy("Question answered"),
    "freeze_audit_baseline": lazy("Baseline of a measure frozen"),
    "open_diary": lazy("Diary opened"),
    "close_diary": lazy("Diary closed"),
    "remind_diary": lazy("Reminders of the diary sent"),
    "attach_evidence": lazy("Evidence attached"),
    "remove_evidence": lazy("Evidence taken away"),
    "restore_evidence": lazy("Evidence put back"),
    "add_finding": lazy("Finding added"),
    "change_finding": lazy("Finding changed"),
    "note_finding": lazy("Finding of a workflow noted"),
    "remove_finding": lazy("Finding taken away"),
    "restore_finding": lazy("Finding put back"),
    "choose_list_columns": lazy("Columns of the list of deals chosen"),
    "confirm_list_plan": lazy("Plan for the list of deals confirmed"),
    "read_deal_list": lazy("List of deals read"),
    "hand_in_deal_list": lazy("List of deals handed in"),
    "withdraw_deal_list": lazy("List of deals withdrawn"),
    "finish_deal_list": lazy("List of deals evaluated"),
    "add_audit_person": lazy("Person to be asked added"),
    "plan_requests": lazy("Questions given to people"),
    "withdraw_link": lazy("Link withdrawn"),
    "remind_person": lazy("Reminder sent"),
    "ask_report": lazy("Audit report asked for"),
    "make_report": lazy("Audit report made"),
    "seal_report": lazy("Audit report sealed"),
    "add_workflow": lazy("Workflow added"),
    "change_workflow": lazy("Workflow changed"),
    "copy_workflow": lazy("Workflow copied"),
    "mark_workflow": lazy("Workflow marked as unclear"),
    "remove_workflow": lazy("Workflow taken away"),
    "restore_workflow": lazy("Workflow put back"),
    "add_step": lazy("Step added"),
    "change_step": lazy("Step changed"),
    "move_step": lazy("Step moved"),
    "remove_step": lazy("Step taken away"),
    "restore_step": lazy("Step put back"),
}

SUBJECT_LABELS: Mapping[str, LazyString] = {
    "audit": lazy("Audit"),
    "audit_baseline": lazy("Baseline of the audit"),
    "audit_report": lazy("Report of the audit"),
    "deal_list": lazy("List of deals"),
    "diary": lazy("Diary"),
    "finding": lazy("Finding"),
    "evidence": lazy("Evidence"),
    "own_pack": lazy("Own pack"),
    "workflow": lazy("Workflow"),
}
