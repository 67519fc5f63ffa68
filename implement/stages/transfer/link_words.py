"""Why two records count as one, in a sentence; what each class means."""

from collections.abc import Sequence

from implement.engine.reconcile import Candidate, LinkEvidence, judge_sureness
from implement.engine.reconcile.evidence import AGREES, BY_KEY, BY_LOOSE_KEY, DIFFERS, NEARLY
from implement.stages.transfer.service.drilling import Drilled
from implement.web.texts import _, _n, lazy

MOST_NAMED = 4
SURENESS_LABELS = {"sure": lazy("sure"), "likely": lazy("likely"), "doubtful": lazy("doubtful")}
SURENESS_TONES = {"sure": "good", "likely": "watch", "doubtful": "bad"}
VERDICT_LABELS = {AGREES: lazy("agrees"), NEARLY: lazy("nearly the same"), DIFFERS: lazy("differs")}
VERDICT_TONES = {AGREES: "good", NEARLY: "watch", DIFFERS: "bad"}
FATE_MEANINGS = {
    "dropped": lazy("No record of the CRM is this one, by its key or by its content."),
    "merged": lazy("It went into another record that was already there; what only this one said is lost."),
    "duplicated": lazy("The same record stands in the CRM more than once."),
    "rekeyed": lazy("The content arrived, but under an id that belongs to another record."),
    "extra": lazy("It stands in the CRM only; most often it was born there."),
    "torn_relation": lazy("It no longer leads to the record it belonged to."),
    "wrong_relation": lazy("It now belongs to another record than before."),
    "truncated": lazy("The CRM holds only the beginning of the text."),
    "mojibake": lazy("The letters were read by the wrong table and stand garbled."),
    "date_swapped": lazy("Day and month changed places."),
    "number_format": lazy("Zeros, digits or the decimal sign were lost on the way, as spreadsheets do."),
    "fields_swapped": lazy("The values of two fields stand in each other's place."),
    "value_lost": lazy("The field held something and is empty now."),
    "value_filled": lazy("The field was empty and holds something that nobody wrote."),
    "value_changed": lazy("The CRM holds another value than the old system."),
    "reformatted": lazy("The same value in another writing; no harm."),
    "": lazy("Nothing was found wrong with this record."),
}


def sureness_of(drilled: Drilled) -> str:
    """Sure, likely or doubtful; empty where there is no link."""
    rival = drilled.rival.evidence if drilled.rival else None
    return judge_sureness(drilled.link, rival) if drilled.link else ""


def say_link(drilled: Drilled) -> str:
    """How sure the link is and why, or what comes nearest to a record that stands alone."""
    if drilled.link is None:
        return _say_nearest(drilled.rival)
    said = _say_way(drilled.link)
    return f"{said} {_say_rival(drilled.rival)}" if drilled.rival else said


def _say_way(link: LinkEvidence) -> str:
    agreeing, all_fields = len(link.named(AGREES)), len(link.fields)
    counts: dict[str, int | str] = {"agreeing": agreeing, "all": all_fields}
    if link.way == BY_KEY:
        said = _n("Same key, and %(agreeing)s of %(all)s other field agrees",
                  "Same key, and %(agreeing)s of %(all)s other fields agree", all_fields, **counts)  # fmt: skip
    elif link.way == BY_LOOSE_KEY:
        counts |= {"first": link.source_key, "second": link.target_key}
        said = _n("Keys %(first)s and %(second)s only differ in writing; %(agreeing)s of %(all)s other field agrees",
                  "Keys %(first)s and %(second)s only differ in writing; %(agreeing)s of %(all)s other fields agree",
                  all_fields, **counts)  # fmt: skip
    else:
        return _("Linked by content: %(fields)s.", fields=_say_fields(link))
    rest = _say_fields(link, agreeing=False)
    return f"{said}: {rest}." if rest else f"{said}."


def _say_fields(link: LinkEvidence, *, agreeing: bool = True) -> str:
    agree, near, differ = link.named(AGREES), link.named(NEARLY), link.named(DIFFERS)
    said = []
    if agree and agreeing:
        said.append(_n("%(names)s agrees", "%(names)s agree", len(agree), names=_list(agree)))
    if near:
        said.append(_n("%(names)s is nearly the same", "%(names)s are nearly the same", len(near), names=_list(near)))
    if differ:
        said.append(_n("%(names)s differs", "%(names)s differ", len(differ), names=_list(differ)))
    return ", ".join(said) or (_("nothing agrees") if agreeing else "")


def _say_rival(rival: Candidate | None) -> str:
    if rival is None:
        return ""
    count = len(rival.evidence.named(AGREES))
    return _n("The next best candidate (%(name)s) agrees in %(num)d field.",
              "The next best candidate (%(name)s) agrees in %(num)d fields.", count, name=rival.name)  # fmt: skip


def _say_nearest(rival: Candidate | None) -> str:
    if rival is None:
        return _("No other record shares its key or one of its telling values.")
    counts = {"name": rival.name, "agreeing": len(rival.evidence.named(AGREES)), "all": len(rival.evidence.fields)}
    return _("The most alike record on the other side (%(name)s) agrees in %(agreeing)s of %(all)s fields: too little"
             " to be the same.", **counts)  # fmt: skip


def _list(names: Sequence[str]) -> str:
    shown = list(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        return _("%(names)s and %(num)d more", names=", ".join(shown), num=len(names) - MOST_NAMED)
    return _("%(first)s and %(last)s", first=", ".join(shown[:-1]), last=shown[-1]) if len(shown) > 1 else shown[0]
