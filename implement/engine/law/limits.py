"""Which limits of the law a regulation touches: each with its rule R1–R12, what it is about, and whether it forbids."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from implement.engine.law.profiles import LegalProfile
from implement.engine.law.terms import Terms

MOST_KPIS = 7
"""People keep about seven figures in mind; more is seldom necessary (R8)."""

FINE = re.compile(
    r"\b(fines?|fined|penalt(y|ies)|geldbu(ß|ss)en?|bu(ß|ss)geld\w*|geldstrafen?|vertragsstrafen?|strafzahlung\w*"
    r"|kar[aąęy] pieni[eę]żn\w*|kary pieni[eę]żne|grzywn\w*|штраф\w*)\b",
    re.IGNORECASE,
)
BASE_PAY = re.compile(
    r"\b(base[ -](pay|wage|salary)|basic salary|fixed salary|grundgehalt\w*|grundlohn\w*|festgehalt\w*|fixum"
    r"|wynagrodzeni\w+ zasadnicz\w+|pensj\w+ zasadnicz\w+|płac\w+ zasadnicz\w+|оклад\w*|базов\w+ заработн\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Limit:
    """A limit that is touched: the rule, a stable code for the words about it, and which term it is about.

    What `forbids` keeps the version from being handed out; the rest warns.
    """

    rule: str
    code: str
    about: str = ""
    forbids: bool = False
    day: date | None = None


@dataclass(frozen=True)
class Circumstances:
    """What is judged beside the terms: the first day and the day of the hand-out, whether it is an agreement, the KPIs
    that the agreement in force lists (None: no agreement is in force), and the text.
    """

    valid_from: date
    today: date
    is_agreement: bool = False
    agreed_kpis: frozenset[str] | None = None
    text: str = ""


Judge = Callable[[Terms, LegalProfile, Circumstances], Iterator[Limit]]


def judge_terms(terms: Terms, profile: LegalProfile, around: Circumstances) -> list[Limit]:
    """Every limit that the terms touch under the profile, those that forbid first, by rule."""
    found = [limit for judge in JUDGES for limit in judge(terms, profile, around)]
    return sorted(found, key=lambda limit: (not limit.forbids, int(limit.rule[1:]), limit.about))


def _refuse_fines(terms: Terms, profile: LegalProfile, around: Circumstances) -> Iterator[Limit]:
    """R1: no fine, no base pay that falls; only the variable part changes."""
    for ground in terms.grounds:
        words = f"{ground.ground} {ground.terms} {ground.key}"
        if FINE.search(words):
            yield Limit("R1", "fine", ground.key, forbids=True)
        if BASE_PAY.search(words):
            yield Limit("R1", "base_pay", ground.key, forbids=True)
    if FINE.search(around.text):
        yield Limit("R1", "word_fine")


def _limit_size(terms: Terms, profile: LegalProfile, around: Circumstances) -> Iterator[Limit]:
    """R2: size and terms of each ground are said; the fall stays within a share of the month's pay."""
    largest = profile.largest_share_of_pay
    for ground in terms.grounds:
        if ground.each is None or ground.cap is None or not ground.terms.strip():
            yield Limit("R2", "size_and_terms", ground.key, forbids=profile.demands_size_and_terms)
        if largest is not None and ground.cap_of_pay is None:
            yield Limit("R2", "no_share_of_pay", ground.key, forbids=True)
        if largest is not None and ground.cap_of_pay is not None and ground.cap_of_pay > largest:
            yield Limit("R2", "share_of_pay", ground.key, forbids=True)


def _look_forward(terms: Terms, profile: LegalProfile, around: Circumstances) -> Iterator[Limit]:
    """R3, R4: nothing reaches back; a rule that begins within a month splits it."""
    if around.valid_from < around.today and terms.grounds:
        yield Limit("R3", "reaches_back", day=around.today)
    if around.valid_from.day != 1 and any(kpi.feeds_pay for kpi in terms.kpis):
        yield Limit("R4", "within_month", day=around.valid_from)


def _keep_what_is_earned(terms: Terms, profile: LegalProfile, around: Circumstances) -> Iterator[Limit]:
    """R5: an earned bonus is not taken back."""
    for ground in terms.grounds:
        if ground.takes_back:
            yield Limit("R5", "takes_back", ground.key, forbids=not profile.takes_back_earned)


def _ask_for_agreement(terms: Terms, profile: LegalProfile, around: Circumstances) -> Iterator[Limit]:
    """R6: what is read about single people stands in the agreement first."""
    if around.is_agreement:
        return
    strictly = profile.council_approves_kpis
    if terms.kpis and around.agreed_kpis is None:
        yield Limit("R6", "no_agreement", forbids=strictly)
    for kpi in terms.kpis:
        if around.agreed_kpis is not None and kpi.key not in around.agreed_kpis:
            yield Limit("R6", "not_agreed", kpi.key, forbids=strictly)


def _give_notice(terms: Terms, profile: LegalProfile, around: Circumstances) -> Iterator[Limit]:
    """R7: so many days pass between the hand-out and the first day of monitoring."""
    first = around.today + timedelta(days=profile.notice_days)
    if (terms.kpis or around.is_agreement) and profile.notice_days and around.valid_from < first:
        yield Limit("R7", "notice", forbids=True, day=first)


def _ask_for_need(terms: Terms, profile: LegalProfile, around: Circumstances) -> Iterator[Limit]:
    """R8, R9, R10, R12: a purpose for each figure, few of them, a source, a period; pay only from what is listed."""
    for kpi in terms.kpis:
        if not kpi.purpose.strip():
            yield Limit("R8", "no_purpose", kpi.key)
        if not kpi.source.strip():
            yield Limit("R9", "no_source", kpi.key, forbids=kpi.feeds_pay)
    if len(terms.kpis) > MOST_KPIS:
        yield Limit("R8", "many_kpis")
    if terms.kpis and terms.keep_months is None:
        yield Limit("R10", "no_period")
    if terms.grounds and not any(kpi.feeds_pay for kpi in terms.kpis):
        yield Limit("R12", "no_kpi_feeds_pay")


JUDGES: tuple[Judge, ...] = (
    _refuse_fines,
    _limit_size,
    _look_forward,
    _keep_what_is_earned,
    _ask_for_agreement,
    _give_notice,
    _ask_for_need,
)
