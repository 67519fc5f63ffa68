"""What the log says was done, and to what, in the room of incentives, in words, by the program's own names."""

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from implement.web.texts import lazy

ACTION_LABELS: Mapping[str, LazyString] = {
    "agree_variable_pay": lazy("Variable part agreed"),
    "set_pay_currency": lazy("Currency of pay chosen"),
    "set_pay_policy": lazy("Pay policy chosen"),
    "set_payroll_office": lazy("Payroll office described"),
    "begin_pay_rule": lazy("Pay rule begun"),
    "save_pay_rule": lazy("Pay rule saved"),
    "release_pay_rule": lazy("Pay rule released"),
    "drop_pay_rule_draft": lazy("Draft of a pay rule given up"),
    "begin_pay_run": lazy("Pay run begun"),
    "compute_pay": lazy("Computing of pay asked for"),
    "move_pay_run": lazy("State of a pay run changed"),
    "drop_pay_run": lazy("Pay run given up"),
    "delete_simulation": lazy("Simulation deleted"),
    "prepare_pay": lazy("Files for payroll asked for"),
    "prepare_pay_files": lazy("Files for payroll prepared"),
    "correct_actual": lazy("Actual corrected"),
    "decide_pay": lazy("Pay of a target decided"),
    "hand_in_pay_sheet": lazy("Sheet of targets handed in"),
    "open_pay_dispute": lazy("Objection to pay raised"),
    "answer_pay_dispute": lazy("Objection to pay answered"),
    "note_reduction": lazy("Reduction noted"),
    "hear_reduction": lazy("Person heard on a reduction"),
    "approve_reduction": lazy("Reduction approved"),
    "withdraw_reduction": lazy("Reduction withdrawn"),
    "begin_reward_rule": lazy("Reward promised"),
    "end_reward_rule": lazy("Promise of a reward ended"),
    "claim_reward": lazy("Reward asked for"),
    "grant_reward": lazy("Reward granted"),
}

SUBJECT_LABELS: Mapping[str, LazyString] = {
    "pay_decision": lazy("Decision on pay"),
    "pay_dispute": lazy("Objection to pay"),
    "pay_files": lazy("Payroll files"),
    "pay_reduction": lazy("Reduction"),
    "pay_rule_version": lazy("Version of the pay rules"),
    "pay_run": lazy("Pay run"),
    "reward_grant": lazy("Reward in kind"),
    "reward_rule": lazy("Rule of a reward"),
}
