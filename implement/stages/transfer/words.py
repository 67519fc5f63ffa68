"""What the room says: classes, faults, notes of a proposal, causes, in the reader's language."""

import re
from collections.abc import Sequence
from typing import Protocol

from markupsafe import Markup, escape

from implement.engine.intake import FAULT_TEXTS, SKIP_TEXTS, Fault, Skipped
from implement.engine.reconcile import CLASSES
from implement.stages.transfer.tables import Discrepancy
from implement.web.texts import _, _n, lazy, number, share

FATE_LABELS = {
    "dropped": lazy("did not arrive"),
    "merged": lazy("merged into another record"),
    "duplicated": lazy("arrived more than once"),
    "rekeyed": lazy("arrived under a foreign id"),
    "extra": lazy("only in the CRM"),
    "torn_relation": lazy("torn relation"),
    "wrong_relation": lazy("wrong relation"),
    "truncated": lazy("cut off"),
    "mojibake": lazy("garbled letters"),
    "date_swapped": lazy("day and month swapped"),
    "number_format": lazy("number damaged"),
    "fields_swapped": lazy("fields swapped"),
    "value_lost": lazy("value lost"),
    "value_filled": lazy("blank filled"),
    "value_changed": lazy("value changed"),
    "reformatted": lazy("written differently"),
}
assert set(FATE_LABELS) == set(CLASSES)

ORIGIN_LABELS = {
    "proposed": lazy("proposed"),
    "edited": lazy("edited"),
    "handed_in": lazy("handed in as a file"),
}
SIDE_LABELS = {"source": lazy("Old system"), "target": lazy("CRM")}
KIND_LABELS = {
    "text": lazy("as text"),
    "number": lazy("as numbers"),
    "date": lazy("as dates"),
    "loose": lazy("by letters and digits only"),
    "words": lazy("by words in any order"),
    "listed": lazy("as lists in any order"),
}
EDIT_FAULTS = {
    "no_date": lazy("This is told of dates alone: compare the column as dates, or leave this blank."),
    "not_loose": lazy("This counts where letters and digits alone are compared: choose that, or leave this blank."),
    "parent_twice": lazy("One table is ticked twice by the same column."),
    "twice": lazy("This column is said to name rows twice."),
    "called": lazy("The CRM's table has a column that is called like those looked up by this one."),
    "several_of_list": lazy("A list names records of one table: tick one."),
}
STEP_TEXTS = {
    "propose": "Proposing the mapping",
    "propose profile": "Looking at the columns of each table",
    "propose match": "Matching tables and columns",
    "reconcile": "Comparing both sides",
    "repair": "Writing the repair files",
    "reconcile causes": "Looking for what the findings have in common",
}
SEPARATOR_TEXTS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", " ": "space"}

HELD_TOGETHER = "held together: "
NAMES_AND_VALUES = re.compile(r"name (\d+)%, values (\d+)%(?:, matched rows (\d+)%)?")
KEY_FOUND = re.compile(r"key found in (\d+)% of values, other columns agree (\d+)%")


def say_fault(fault: Fault) -> str:
    """Why something in a file cannot be used."""
    return _(FAULT_TEXTS[fault.code]).format(*fault.values)


def say_skipped(skipped: Skipped) -> str:
    """Why a file or sheet was left alone."""
    return _(SKIP_TEXTS[skipped.code]).format(*skipped.values)


def say_separator(separator: str | None) -> str:
    """The sign between the cells by its name."""
    return _(SEPARATOR_TEXTS[separator]) if separator in SEPARATOR_TEXTS else separator or ""


def say_step(step: str) -> str:
    """What a job is doing; steps of a reconciliation that name a table say so."""
    if step in STEP_TEXTS:
        return _(STEP_TEXTS[step])
    work, _space, rest = step.partition(" ")
    if work == "read":
        return _("Reading %(name)s", name=rest)
    if work == "repair":
        return _("Writing what repairs %(name)s", name=rest)
    return _("Comparing %(name)s", name=rest) if work == "reconcile" else ""


def say_note(note: str) -> str:
    """Why the mapping was proposed so; what a person wrote stands as it is."""
    if match := NAMES_AND_VALUES.fullmatch(note):
        return _say_agreement(match)
    if match := KEY_FOUND.fullmatch(note):
        return _("%(found)s of the key's values stand on both sides; the other columns of those records agree to"
                 " %(agree)s.", found=share(int(match[1]) / 100), agree=share(int(match[2]) / 100))  # fmt: skip
    if note.startswith(HELD_TOGETHER):
        return _("Held together: %(columns)s", columns=note.removeprefix(HELD_TOGETHER))
    sentences = {
        "no counterpart found": _("No counterpart was found."),
        "the target's own ids of the same records": _("The CRM's own ids of the same records."),
        "lists of the target's own ids of the same records": _("Lists of the CRM's own ids of the same records."),
        "lists of ids of records": _("Lists of ids of records."),
        "the names of the records, their words in another order": _("The names of the records, their words in another"
                                                                    " order."),
        "no key joins the sides: records are matched by content": _("No key joins the sides: records are matched by"
                                                                    " content."),
        "the target numbers its records anew": _("The CRM numbers its records anew."),
        "set by hand": _("Set by hand."),
    }  # fmt: skip
    return sentences.get(note, note)


class Shared(Protocol):
    """What findings have in common, as a discrepancy keeps it and as the engine found it."""

    code: str
    column_name: str
    cause_values: list[str]
    parent_name: str
    findings: int
    of_findings: int
    share_inside: float
    share_outside: float


def say_shared(one: Shared) -> Markup:
    """The condition with counts and lift; empty where none was found."""
    return Markup(" ").join(part for part in (say_condition(one), _say_lift(one)) if part)


def say_cause(one: Discrepancy) -> str:
    """What the findings of a discrepancy have in common, with counts and lift; empty where nothing was found."""
    if one.is_whole and one.is_harmful:
        return _("Choose its counterpart in the mapping, or say there why it was left behind.")
    return say_shared(one)


def say_discrepancy(one: Discrepancy) -> str:
    """What happened, to how many records of which table, in which field."""
    known = {"n": number(one.findings), "table": one.table_name, "field": one.field, "fate": FATE_LABELS[one.fate]}
    if one.is_whole:
        return _say_whole(one)
    if one.field:
        return _n("%(table)s, %(field)s, %(n)s record: %(fate)s", "%(table)s, %(field)s, %(n)s records: %(fate)s",
                  one.findings, **known)  # fmt: skip
    return _n("%(table)s, %(n)s record: %(fate)s", "%(table)s, %(n)s records: %(fate)s", one.findings, **known)


def _say_whole(one: Discrepancy) -> str:
    """A finding on a whole column or table; how many values it concerns stands in what the engine said."""
    counted = re.match(r"\d+", one.said)
    affected = number(int(counted[0])) if counted else ""
    known = {"table": one.table_name, "field": one.field, "n": affected, "fate": FATE_LABELS[one.fate]}
    if one.fate == "dropped":
        return _("Table %(table)s has no counterpart in the CRM (%(n)s records).", **known)
    if one.fate == "value_lost":
        return _("Column %(field)s of %(table)s has no counterpart in the CRM (%(n)s values).", **known)
    return _("Whole column %(field)s of %(table)s: %(fate)s", **known)


def _say_agreement(match: re.Match[str]) -> str:
    found = {"names": share(int(match[1]) / 100), "values": share(int(match[2]) / 100)}
    if match[3] is None:
        return _("Names agree to %(names)s, values to %(values)s.", **found)
    rows = share(int(match[3]) / 100)
    return _("Names agree to %(names)s, values to %(values)s, in matched records to %(rows)s.", **found, rows=rows)


def say_condition(one: Shared) -> Markup:
    """The condition that the findings of a discrepancy share, names of columns and tables set apart from the words;
    empty where none was found.
    """
    values = [escape(value) for value in one.cause_values]
    known = {"column": _set_apart(one.column_name), "parent": _set_apart(one.parent_name), "values": _list(values)}
    ends = {"first": values[0], "last": values[-1]} if values else {}
    sentences = {
        "open_records": lazy("They are the open ones: %(column)s is %(values)s.", **known),
        "value": lazy("%(column)s is %(values)s.", **known),
        "empty": lazy("%(column)s is empty.", **known),
        "no_parent": lazy("%(column)s names something that %(parent)s does not have.", **known),
        "parent_gone": lazy("They refer to records of %(parent)s that did not arrive.", **known),
        "row_range": lazy("They stand in rows %(first)s to %(last)s of the old file: one piece was lost.", **ends),
        "many_to_one": lazy("Several values of %(column)s became one: %(values)s → %(last)s.",
                            **{**known, **ends, "values": _list(values[:-1])}),
        "replaced": lazy("%(column)s: %(first)s became %(last)s.", **{**known, **ends}),
        "reassigned": lazy("%(column)s was %(values)s; they now belong to several others.", **known),
        "constant": lazy("%(column)s got the same value everywhere: %(values)s.", **known),
        "invented_days": lazy("%(column)s got one day after the other, %(first)s to %(last)s.", **{**known, **ends}),
        "other_file": lazy("Nearly nothing of this table arrived: another file was handed in, or its import failed as a"
                           " whole."),
        "parent_vanished": lazy("They refer to %(parent)s, nearly none of which arrived.", **known),
        "all_replaced": lazy("Nearly every %(column)s was replaced, one value by several: this is no mapping.",
                             **known),
        "cut_at": lazy("%(column)s was cut after %(values)s characters.", **known),
    }  # fmt: skip
    return Markup(str(sentences[one.code])) if one.code in sentences else Markup()


def _set_apart(name: str) -> Markup:
    return Markup('<code class="name">{}</code>').format(name)


def _say_lift(one: Shared) -> str:
    """How many meet the condition, and how much more often than the other records do."""
    if not one.code:
        return ""
    counts = {"inside": number(one.findings), "all": number(one.of_findings)}
    if one.share_outside == 0:
        said = _("%(inside)s of %(all)s such findings, and no other record.", **counts)
        return said if one.share_inside < 1 else _("All %(all)s of them, and no other record.", **counts)
    lift = number(one.share_inside / one.share_outside, 1)
    shares = {"share": share(one.share_inside), "others": share(one.share_outside)}
    return _("%(inside)s of %(all)s such findings (%(share)s; of the other records %(others)s: %(lift)s times as"
             " often).", **counts, **shares, lift=lift)  # fmt: skip


def _list(values: Sequence[Markup]) -> Markup:
    if len(values) < 2:
        return Markup().join(values)
    return Markup(_("%(first)s or %(last)s", first=Markup(", ").join(values[:-1]), last=values[-1]))
