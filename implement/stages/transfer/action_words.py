"""What the log says was done, and to what, in the transfer, in words, by the program's own names."""

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from implement.web.texts import lazy

ACTION_LABELS: Mapping[str, LazyString] = {
    "open_case": lazy("Case opened"),
    "assign_case": lazy("Case given to an owner"),
    "move_case": lazy("State of a case changed"),
    "explained_case": lazy("Case explained"),
    "waived_case": lazy("Case waived"),
    "withdraw_case": lazy("Explanation or waiver withdrawn"),
    "follow_cases": lazy("Cases checked against a run"),
    "prepare_cutover": lazy("Steps of the cutover taken over"),
    "decide_cutover": lazy("Cutover decided"),
    "add_cutover_step": lazy("Step of the cutover added"),
    "change_cutover_step": lazy("Step of the cutover changed"),
    "finish_cutover_step": lazy("Step of the cutover done"),
    "remove_cutover_step": lazy("Step of the cutover taken away"),
    "reopen_cutover_step": lazy("Step of the cutover opened again"),
    "begin_drift": lazy("Later export handed in"),
    "finish_drift": lazy("Later export compared"),
    "add_file": lazy("File handed in"),
    "read_file": lazy("File read"),
    "set_file_aside": lazy("File set aside"),
    "use_file_again": lazy("File used again"),
    "begin_health_check": lazy("Check of old tables begun"),
    "finish_health_check": lazy("Check of old tables finished"),
    "add_source": lazy("Source listed"),
    "change_source": lazy("Source changed"),
    "approve_left_behind": lazy("Leaving behind approved"),
    "ask_for_mapping": lazy("Proposal of a mapping asked for"),
    "keep_mapping": lazy("Version of the mapping saved"),
    "ask_for_repair": lazy("Repair files asked for"),
    "make_repair": lazy("Repair files made"),
    "begin_run": lazy("Comparison of the transfer begun"),
    "finish_run": lazy("Comparison of the transfer finished"),
    "make_sign_off": lazy("Report for the sign-off made"),
    "complete_sign_off": lazy("Report signed off by both sides"),
    "add_control_total": lazy("Control total added"),
    "accept_control_total": lazy("Difference of a control total accepted"),
    "withdraw_control_total": lazy("Control total withdrawn"),
}

SUBJECT_LABELS: Mapping[str, LazyString] = {
    "control_total": lazy("Control total"),
    "cutover_decision": lazy("Decision at the cutover"),
    "cutover_step": lazy("Step of the cutover"),
    "transfer_case": lazy("Case"),
    "transfer_drift": lazy("Look at drift"),
    "transfer_file": lazy("File of the transfer"),
    "transfer_health_check": lazy("Health check"),
    "transfer_left_behind": lazy("Left behind on purpose"),
    "transfer_mapping": lazy("Field mapping"),
    "transfer_repair": lazy("Repair file"),
    "transfer_run": lazy("Run"),
    "transfer_sign_off": lazy("Sign-off of the transfer"),
    "transfer_source": lazy("Source"),
}
