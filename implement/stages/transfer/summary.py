"""The first line of a run in words: what did not arrive, why, and what money stands behind it."""

from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import get_currency_precision
from markupsafe import Markup

from implement.stages.transfer.service.results import Results
from implement.stages.transfer.tables import Discrepancy, RunRisk, RunTotal
from implement.stages.transfer.words import say_cause
from implement.web.texts import _, _n, number, plain_money, whole_money

FIGURES_OF_ESTIMATES = 3


@dataclass(frozen=True)
class Summary:
    """What a run says in one line, and what belongs right after it."""

    answer: str
    lead: str


def summarise(results: Results) -> Summary:
    """Say the worst first: missing records, then torn and changed ones, then that all is well."""
    missing = [one for one in results.totals if one.target_name and count_missing(one) > 0]
    if missing:
        worst = max(missing, key=count_missing)
        return Summary(_say_missing(results, worst), Markup(" ").join(_say_after(results, worst)))
    if results.harmful:
        return Summary(_say_changed(results), Markup(" ").join(_say_whole_tables(results)))
    return Summary(_say_all_well(results), _("Nothing harmful was found."))


def count_missing(total: RunTotal) -> int:
    """Records of the source that are not in the target, whether dropped or merged."""
    return total.source_rows - total.arrived


def say_money(risk: RunRisk, currency: str) -> str:
    """A sum at risk."""
    likely = "" if risk.likely_minor is None else say_about(risk.likely_minor, currency)
    return say_with_unknown(plain_money(risk.amount_minor, currency), risk.records, risk.without_value, likely)


def money_figure(risk: RunRisk, currency: str) -> tuple[str, str]:
    """A sum at risk as a figure and its note: what is known, else about what is likely; the note says what is not."""
    unknown, known = number(risk.without_value), plain_money(risk.amount_minor, currency)
    likely = "" if risk.likely_minor is None else say_about(risk.likely_minor, currency)
    if not risk.without_value:
        return known, ""
    if risk.records > risk.without_value:
        also = _("and likely about %(likely)s (%(n)s without value)", likely=likely, n=unknown)
        return known, also if likely else _("%(n)s without value", n=unknown)
    if likely:
        return _("about %(amount)s", amount=likely), _("likely; %(n)s without value", n=unknown)
    return _("not known"), _("%(n)s without value", n=unknown)


def say_with_unknown(said: str, records: int, without_value: int, likely: str = "") -> str:
    """A sum of records; those without a value are said and never count as nothing, with what they may bring."""
    known = {"n": number(without_value), "likely": likely}
    if not without_value:
        return said
    if records == without_value:
        return _("likely about %(likely)s (%(n)s without value)", **known) if likely else _("not known (no value)")
    if likely:
        return _("%(money)s, and likely about %(likely)s (%(n)s without value)", money=said, **known)
    return _n("%(money)s (%(n)s without value)", "%(money)s (%(n)s without value)", without_value, money=said,
              n=known["n"])  # fmt: skip


def say_about(amount_minor: int, currency: str) -> str:
    """An estimated amount: its first three figures, in whole units of the currency."""
    amount = Decimal(amount_minor).scaleb(-get_currency_precision(currency))
    last = Decimal(1).scaleb(max(0, amount.adjusted() + 1 - FIGURES_OF_ESTIMATES))
    return whole_money(int((amount / last).to_integral_value() * last), currency)


def find_risk(results: Results, table: str, kind: str) -> RunRisk | None:
    """The open or won money at risk in a table; None where it speaks of no deals."""
    return next((one for one in results.risks if one.table_name == table and one.kind == kind), None)


def _say_missing(results: Results, total: RunTotal) -> str:
    lost, known = count_missing(total), {"all": number(total.source_rows), "table": total.table_name}
    if find_risk(results, total.table_name, "open"):
        return _n("%(lost)s of %(all)s deals did not arrive.", "%(lost)s of %(all)s deals did not arrive.", lost,
                  lost=number(lost), all=known["all"])  # fmt: skip
    return _n("%(lost)s of %(all)s records of %(table)s did not arrive.",
              "%(lost)s of %(all)s records of %(table)s did not arrive.", lost, lost=number(lost), **known)  # fmt: skip


def _say_after(results: Results, worst: RunTotal) -> list[str]:
    said = [_say_why(results, worst)]
    risk = find_risk(results, worst.table_name, "open")
    if risk is not None:
        said.append(_("Open money behind them: %(money)s.", money=say_money(risk, results.currency)))
    others = [one for one in results.totals if one is not worst and one.target_name and count_missing(one) > 0]
    if others:
        count = sum(count_missing(one) for one in others)
        said.append(_n("One more record is missing from other tables.", "%(n)s more are missing from other tables.",
                       count, n=number(count)))  # fmt: skip
    return [one for one in [*said, *_say_whole_tables(results)] if one]


def _say_why(results: Results, worst: RunTotal) -> str:
    """All of the missing in one sentence, where they share a cause."""
    dropped = [one for one in results.harmful if one.table_name == worst.table_name and one.fate == "dropped"]
    caused = [one for one in dropped if one.code]
    if len(caused) == len(dropped) == 1 and caused[0].findings == count_missing(worst):
        if caused[0].code == "open_records" and find_risk(results, worst.table_name, "open"):
            return _("All of them are open deals.")
        return say_cause(caused[0])
    return say_cause(max(caused, key=_size)) if caused else ""


def _size(one: Discrepancy) -> int:
    return one.findings


def _say_changed(results: Results) -> str:
    arrived = sum(one.arrived for one in results.totals)
    count = sum(one.findings for one in results.harmful if not one.is_whole)
    if not count:
        return _("Every compared record arrived, but not every column or table has a counterpart.")
    return _n("All %(all)s records arrived; one thing about them went wrong.",
              "All %(all)s records arrived; %(n)s things about them went wrong.", count, all=number(arrived),
              n=number(count))  # fmt: skip


def _say_whole_tables(results: Results) -> list[str]:
    tables = [one for one in results.totals if not one.target_name and not one.left_behind]
    if not tables:
        return []
    return [_n("One table has no counterpart in the CRM: %(names)s.", "%(num)d tables have no counterpart in the CRM:"
               " %(names)s.", len(tables), names=", ".join(one.table_name for one in tables))]  # fmt: skip


def _say_all_well(results: Results) -> str:
    arrived = sum(one.arrived for one in results.totals)
    return _n("The one record arrived.", "All %(n)s records arrived.", arrived, n=number(arrived))
