"""What the room says of a case: its state, what happened in it, and what is to be done next."""

from implement.stages.transfer.service.case_list import CaseCounts, HistoryLine
from implement.stages.transfer.tables import Case
from implement.stages.transfer.words import FATE_LABELS
from implement.web.texts import _, _n, day, lazy, number

STATE_LABELS = {
    "reopened": lazy("open again"),
    "open": lazy("open"),
    "in_repair": lazy("in repair"),
    "repaired": lazy("repaired, to be checked"),
    "waived": lazy("waived"),
    "explained": lazy("explained"),
    "closed": lazy("closed"),
}
STATE_TONES = {"reopened": "bad", "open": "bad", "in_repair": "watch", "repaired": "watch"}
STATE_SIGNS = {"reopened": "blocked", "open": "open", "in_repair": "waiting", "repaired": "waiting", "closed": "done"}


def say_case(case: Case) -> str:
    """What happened, to which record or in which table and field."""
    known = {"table": case.table_name, "field": case.field, "fate": FATE_LABELS[case.fate],
             "record": case.source_id or case.target_id}  # fmt: skip
    if case.is_of_record:
        if case.field:
            return _("%(table)s %(record)s, %(field)s: %(fate)s", **known)
        return _("%(table)s %(record)s: %(fate)s", **known)
    return _("%(table)s, %(field)s: %(fate)s", **known) if case.field else _("%(table)s: %(fate)s", **known)


def say_counts(counts: CaseCounts) -> tuple[str, str]:
    """The first line of the list, and what belongs right after it."""
    answer = _n("One case is to be repaired.", "%(n)s cases are to be repaired.", counts.to_do,
                n=number(counts.to_do)) if counts.to_do else _("No case is to be repaired.")  # fmt: skip
    said = [
        (counts.overdue, _n("One is overdue.", "%(n)s are overdue.", counts.overdue, n=number(counts.overdue))),
        (counts.without_owner, _n("One has no owner.", "%(n)s have no owner.", counts.without_owner,
                                  n=number(counts.without_owner))),
        (counts.to_check, _n("One is said to be repaired; the next run checks it.", "%(n)s are said to be repaired; the"
                             " next run checks them.", counts.to_check, n=number(counts.to_check))),
        (counts.settled, _n("One is explained or waived.", "%(n)s are explained or waived.", counts.settled,
                            n=number(counts.settled))),
        (counts.closed, _n("One was closed by a run.", "%(n)s were closed by a run.", counts.closed,
                           n=number(counts.closed))),
    ]  # fmt: skip
    return answer, " ".join(sentence for count, sentence in said if count)


def say_change(case: Case) -> str:
    """How many findings it had and has."""
    if case.findings == case.first_findings:
        return _n("One finding.", "%(n)s findings.", case.findings, n=number(case.findings))
    return _("Was %(before)s, now %(now)s.", before=number(case.first_findings), now=number(case.findings))


def say_next(case: Case) -> str:
    """What is to be done next, and by whom."""
    if case.state in ("explained", "waived"):
        return _("Nothing to do while nothing beyond it is found; a run that finds more opens it again.")
    if case.state == "closed":
        return _("Nothing to do; a run that finds it again opens it again.")
    if case.state == "repaired":
        return _("Export the CRM again and run again: the run closes the case or opens it again.")
    if case.due is None:
        return _("Give it an owner and a day, or explain or waive it with a reason.")
    known = {"owner": case.owner, "due": day(case.due)}
    if case.state == "in_repair":
        return _("%(owner)s repairs it in the CRM until %(due)s; then run again.", **known)
    return _("%(owner)s is to begin the repair; due %(due)s.", **known)


def say_step(line: HistoryLine) -> str:
    """A step of the history in words."""
    run = line.run_number
    known = {"number": run, "name": line.name, "due": day(line.due) if line.due else "", "by": line.by}
    sentences = {
        "opened": lazy("Opened after run %(number)s", **known),
        "assigned": lazy("Given to %(name)s, due %(due)s", **known),
        "in_repair": lazy("In repair, said %(by)s", **known),
        "repaired": lazy("Repaired in the CRM, said %(by)s", **known),
        "closed": lazy("Closed by run %(number)s: no longer found", **known),
        "reopened": lazy("Opened again by run %(number)s", **known),
        "explained": lazy("Explained by %(name)s", **known),
        "waived": lazy("Waived by %(name)s", **known),
        "withdrawn": lazy("Decision withdrawn by %(name)s", **known),
    }
    return str(sentences[line.kind])
