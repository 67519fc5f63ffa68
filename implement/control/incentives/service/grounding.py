"""No consequence without its basis: which KPIs may feed a person's pay, which reductions stand (R3, R6, R12).

A KPI feeds pay only where the regulation in force on the first day says so, was approved, binds the person and was
acknowledged before. Under German law the agreement must list it, too. A reduction counts only while its ground is
listed in the version the person had acknowledged, the person was heard and a second person approved it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, select

from implement.control.activity.service.catalogue import list_kpi_names
from implement.control.activity.service.reading import ask_kpi_bases
from implement.control.incentives.tables import PayReduction
from implement.control.regulations.service.asking import GROUND, PAY, ask_basis
from implement.db import db
from implement.engine.law import PROFILES, Ground, read_terms
from implement.rollout.service.regulations import get_version, version_in_force
from implement.rollout.service.rollouts import get_rollout, zone_of

NO_AGREEMENT = "no_agreement"


@dataclass(frozen=True)
class KpiBasis:
    """Whether a KPI may feed one person's pay: why not, or by which version of a regulation."""

    why_not: str = ""
    version_id: int | None = None


@dataclass(frozen=True)
class ReductionSum:
    """How often a ground stands against a person, and how much it takes."""

    ground: str
    count: int
    each: str
    cap: str
    version_id: int
    reduction_ids: tuple[int, ...]


@dataclass
class Grounds:
    """Asks once for each KPI and first day, for everybody at once."""

    rollout_id: int
    people: Collection[int]
    asked: dict[tuple[str, date], dict[int, KpiBasis]] = field(default_factory=dict)

    def ask(self, kpi: str, person_id: int, first_day: date) -> KpiBasis:
        """Whether this KPI may feed this person's pay from a day on."""
        if (kpi, first_day) not in self.asked:
            self.asked[kpi, first_day] = self._ask_all(kpi, first_day)
        return self.asked[kpi, first_day].get(person_id, KpiBasis("not_bound"))

    def _ask_all(self, kpi: str, first_day: date) -> dict[int, KpiBasis]:
        at = begin_of(self.rollout_id, first_day)
        bases = ask_kpi_bases(self.rollout_id, kpi, person_ids=self.people, at=at, what=PAY)
        if not is_agreed(self.rollout_id, kpi, first_day):
            return dict.fromkeys(bases, KpiBasis(NO_AGREEMENT))
        return {who: KpiBasis(basis.why_not, basis.version_id) for who, basis in bases.items()}


def begin_of(rollout_id: int, day: date) -> datetime:
    """The instant at which a day begins at the firm."""
    return datetime.combine(day, time(), zone_of(rollout_id)).astimezone(UTC)


def is_agreed(rollout_id: int, kpi: str, day: date) -> bool:
    """True unless the law asks for an agreement that lists what is read about single people, and none does (R6)."""
    if not PROFILES[get_rollout(rollout_id).legal_profile].council_approves_kpis:
        return True
    agreement = version_in_force(rollout_id, "agreement", day)
    if agreement is None or agreement.handed_out_at is None:
        return False
    listed = {one.key for one in read_terms(agreement.terms).kpis}
    return bool(listed.intersection(list_kpi_names(rollout_id, kpi)))


def find_ground(rollout_id: int, ground: str, person_id: int, at: datetime) -> tuple[Ground, int] | str:
    """The ground as the version has it that the person had acknowledged before the event, with that version; else why
    it does not stand.
    """
    basis = ask_basis(rollout_id, GROUND, ground, person_id=person_id, at=at)
    if not basis.holds or basis.version_id is None:
        return basis.why_not
    found = read_terms(get_version(rollout_id, basis.version_id)[1].terms).find_ground(ground)
    if found is None or found.each is None or found.cap is None:
        return "no_size"
    return found, basis.version_id


def sum_reductions(rollout_id: int, first_day: date, last_day: date) -> dict[int, list[ReductionSum]]:
    """By person, what counts against them in these days: only what was heard and approved, each asked for anew."""
    one = PayReduction
    asked = select(one.id, one.person_id, one.ground, one.happened_at).where(
        one.rollout_id == rollout_id, _counts_between(rollout_id, first_day, last_day),
        one.approved_at.is_not(None), one.heard_at.is_not(None), one.withdrawn_at.is_(None),
    )  # fmt: skip
    found: dict[tuple[int, str, int], tuple[Ground, list[int]]] = {}
    for reduction_id, person_id, ground, happened_at in db.session.execute(asked.order_by(one.id)):
        basis = find_ground(rollout_id, ground, person_id, happened_at)
        if not isinstance(basis, str):
            found.setdefault((person_id, ground, basis[1]), (basis[0], []))[1].append(reduction_id)
    summed: dict[int, list[ReductionSum]] = {}
    for (person_id, key, version_id), (listed, ids) in found.items():
        cap = limit_cap(listed)
        line = ReductionSum(key, len(ids), str(listed.each), str(cap), version_id, tuple(ids))
        summed.setdefault(person_id, []).append(line)
    return summed


def _counts_between(rollout_id: int, first_day: date, last_day: date) -> ColumnElement[bool]:
    """What counts in these days: by the day of the sanction, and where the law asks for none by that of the event."""
    one = PayReduction
    by_sanction = one.sanctioned_on.between(first_day, last_day)
    if PROFILES[get_rollout(rollout_id).legal_profile].falls_for_a_sanction:
        return by_sanction
    first, after = begin_of(rollout_id, first_day), begin_of(rollout_id, last_day + timedelta(days=1))
    return by_sanction | (one.sanctioned_on.is_(None) & (one.happened_at >= first) & (one.happened_at < after))


def limit_cap(ground: Ground) -> Decimal:
    """The most a ground takes of the variable part. Where a share of the whole month's pay is the limit (R2), that
    share of the variable part alone is surely within it: base pay is not known here.
    """
    cap = ground.cap or Decimal(0)
    return cap if ground.cap_of_pay is None else min(cap, ground.cap_of_pay)
