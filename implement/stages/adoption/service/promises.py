"""What was promised of the CRM beside the firm's frozen figures and today's, each with n, days and interval."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import func, select

from implement.db import db
from implement.engine.cards import Cards
from implement.engine.checklist.claims import Claim, load_claims
from implement.engine.portfolio import CrmDeal
from implement.engine.promises import (
    Measured,
    interval_of_share,
    list_monthly_revenue,
    measure_monthly_revenue,
    measure_new_clients,
    measure_repeat_share,
    measure_retention,
)
from implement.engine.suppression import LEAST_PEOPLE
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.unchanged import while_unchanged
from implement.rollout.service.usage import match_users, read_usage_days, span_of_usage
from implement.stages.adoption.service.counted_staff import list_counted
from implement.stages.adoption.tables import Baseline, TypedFigure
from implement.stages.audit.service.baseline import list_frozen
from implement.stages.transfer.service.portfolio import CrmExport, read_export, read_old_lists
from implement.store import Store
from implement.web.texts import lazy

CLAIMS = Path(__file__).parents[4] / "checklists/claims.yaml"
TYPED, COMPUTED = "typed", "computed"
TIMELY_DAYS = 28
LEAST_ROWS = 10
SHOWN_MONTHS = 24
UNITS = {
    "routine_hours": "hours", "repeat_share": "share", "retention": "share", "new_clients": "count",
    "monthly_revenue": "amount", "response_hours": "hours", "clicks_to_history": "count", "cards_filled": "share",
    "timely_records": "share",
}  # fmt: skip
FROM_DEALS: Mapping[str, Callable[[Iterable[CrmDeal]], Measured | None]] = {
    "repeat_share": measure_repeat_share,
    "retention": measure_retention,
    "new_clients": measure_new_clients,
    "monthly_revenue": measure_monthly_revenue,
}
FROM_LISTS = (*FROM_DEALS, "cards_filled")


@dataclass(frozen=True)
class Figure:
    """One measure at one time: where it comes from, on how many it rests, from which days, its interval if known."""

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    n: int | None
    first_day: date | None
    last_day: date | None
    origin: str
    frozen_at: datetime | None = None


@dataclass(frozen=True)
class PromiseRow:
    """A claim or an effect beside the firm's baseline and today's figure, where there are such."""

    claim: Claim
    unit: str
    baseline: Figure | None
    today: Figure | None

    @property
    def change(self) -> Decimal | None:
        """The relative change; None where either is missing."""
        if self.baseline is None or self.today is None or not self.baseline.value:
            return None
        return self.today.value / self.baseline.value - 1

    @property
    def is_within_chance(self) -> bool:
        """True when both intervals are known and overlap: no change can be told."""
        a, b = self.baseline, self.today
        if a is None or b is None or a.low is None or a.high is None or b.low is None or b.high is None:
            return False
        return a.low <= b.high and b.low <= a.high


def list_promises(rollout_id: int, *, store: Store) -> tuple[list[PromiseRow], list[PromiseRow]]:
    """The claims and the twelve effects, each beside baseline and today."""
    claims, effects = load_claims(CLAIMS)
    baselines, today = read_baselines(rollout_id), read_today(rollout_id, store=store)
    return tuple([_row(one, baselines, today) for one in found] for found in (claims, effects))  # type: ignore[return-value]


def freeze_baseline(
    rollout_id: int, measure: str, *, value: Decimal | None, n: int | None, note: str | None, store: Store, by: Actor,
    now: datetime,
) -> Baseline:  # fmt: skip
    """Freeze a measure as it was before the CRM: as typed, or computed from the old lists where nothing is typed."""
    _refuse_unknown(measure)
    if measure in read_baselines(rollout_id):
        raise RuleBroken(lazy("The baseline of this measure is frozen already."))
    found = _typed(value, n) if value is not None else _from_lists(measure, read_old_lists(rollout_id, store=store))
    if found is None:
        raise RuleBroken(lazy("The old lists do not tell of this measure; please type the figure in."))
    row = Baseline(
        rollout_id=rollout_id, measure=measure, value=str(found.value), low=_text(found.low), high=_text(found.high),
        n=found.n, first_day=found.first_day, last_day=found.last_day, origin=found.origin,
        note=(note or "").strip(), by_id=by.id, by_name=by.name, at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log_write("freeze_baseline", f"baseline:{row.id}", by=by, now=now, rollout_id=rollout_id, measure=measure)
    return row


def note_figure(
    rollout_id: int, measure: str, *, value: Decimal, n: int | None, note: str | None, by: Actor, now: datetime,
    today: date,
) -> TypedFigure:  # fmt: skip
    """Note a measure as it was taken now; what the CRM's own files or log tell is not typed."""
    _refuse_unknown(measure)
    if measure in FROM_LISTS or measure == "timely_records":
        raise RuleBroken(lazy("This measure is computed; a typed figure would contradict it."))
    row = TypedFigure(
        rollout_id=rollout_id, measure=measure, value=str(value), n=n, day=today, note=(note or "").strip(),
        by_id=by.id, by_name=by.name, at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log_write("note_figure", f"figure:{row.id}", by=by, now=now, rollout_id=rollout_id, measure=measure)
    return row


def read_baselines(rollout_id: int) -> dict[str, Figure]:
    """The frozen figures by measure: those frozen here, and those that the audit froze."""
    return _read_audit(rollout_id) | _read_own(rollout_id)


def _read_audit(rollout_id: int) -> dict[str, Figure]:
    return {
        measure: Figure(one.value, one.low, one.high, one.n, one.first_day, one.last_day, COMPUTED, one.frozen_at)
        for measure, one in list_frozen(rollout_id).items()
    }


def _read_own(rollout_id: int) -> dict[str, Figure]:
    rows = db.session.scalars(select(Baseline).where(Baseline.rollout_id == rollout_id))
    return {
        row.measure: Figure(
            Decimal(row.value), _decimal(row.low), _decimal(row.high), row.n, row.first_day, row.last_day, row.origin,
            row.at,
        )
        for row in rows
    }  # fmt: skip


def read_today(rollout_id: int, *, store: Store) -> dict[str, Figure]:
    """Today's figures: from the CRM's newest export, from the usage log, else as somebody typed them last."""
    export = read_export(rollout_id, store=store)
    computed = {measure: _from_lists(measure, export) for measure in FROM_LISTS}
    computed["timely_records"] = while_unchanged(("timely", rollout_id), lambda: _measure_timely(rollout_id))
    found = {measure: figure for measure, figure in computed.items() if figure is not None}
    return _latest_typed(rollout_id) | found


def list_revenue(rollout_id: int, *, store: Store) -> list[tuple[date, float]]:
    """Won money by month, from the CRM's newest export, at most two years."""
    export = read_export(rollout_id, store=store)
    return list_monthly_revenue(export.portfolio.deals)[-SHOWN_MONTHS:] if export is not None else []


def find_cards(rollout_id: int, *, store: Store) -> Cards | None:
    """The cards by segment, from the CRM's newest export."""
    export = read_export(rollout_id, store=store)
    return export.cards if export is not None else None


def _row(claim: Claim, baselines: Mapping[str, Figure], today: Mapping[str, Figure]) -> PromiseRow:
    measure = claim.measure
    return PromiseRow(claim, UNITS.get(measure, ""), baselines.get(measure), today.get(measure))


def _from_lists(measure: str, lists: CrmExport | None) -> Figure | None:
    if lists is None:
        return None
    if measure == "cards_filled":
        return _measure_cards(lists)
    measured = FROM_DEALS[measure](lists.portfolio.deals) if measure in FROM_DEALS else None
    return None if measured is None else _computed(measured)


def _measure_cards(lists: CrmExport) -> Figure | None:
    if lists.cards is None or lists.cards.total[1] < LEAST_ROWS:
        return None
    k, n = lists.cards.total
    low, high = interval_of_share(k, n)
    return Figure(_exact(k / n), _exact(low), _exact(high), n, None, None, COMPUTED)


def _measure_timely(rollout_id: int) -> Figure | None:
    """Records entered within four days of the fact, of all that say when it was, in the last four weeks of the log."""
    span = span_of_usage(rollout_id)
    if span is None:
        return None
    first_day = span[1] - timedelta(days=TIMELY_DAYS - 1)
    people = match_users(list_counted(rollout_id, span[1]))
    days = [one for one in read_usage_days(rollout_id, first_day) if one.crm_user.strip().casefold() in people]
    dated, late = (sum(day.counts.get(name, 0) for day in days) for name in ("dated", "late"))
    if dated < LEAST_ROWS or len({day.crm_user for day in days if day.counts.get("dated")}) < LEAST_PEOPLE:
        return None
    low, high = interval_of_share(dated - late, dated)
    return Figure(_exact(1 - late / dated), _exact(low), _exact(high), dated, first_day, span[1], COMPUTED)


def _latest_typed(rollout_id: int) -> dict[str, Figure]:
    newest = select(func.max(TypedFigure.id)).where(TypedFigure.rollout_id == rollout_id).group_by(TypedFigure.measure)
    rows = db.session.scalars(select(TypedFigure).where(TypedFigure.id.in_(newest)))
    return {row.measure: Figure(Decimal(row.value), None, None, row.n, row.day, row.day, TYPED) for row in rows}


def _typed(value: Decimal, n: int | None) -> Figure:
    return Figure(value, None, None, n, None, None, TYPED)


def _computed(one: Measured) -> Figure:
    return Figure(_exact(one.value), _exact(one.low), _exact(one.high), one.n, one.first_day, one.last_day, COMPUTED)


def _exact(value: float) -> Decimal:
    return Decimal(f"{value:.6f}")


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _refuse_unknown(measure: str) -> None:
    if measure not in UNITS:
        raise RuleBroken(lazy("There is no such measure."))
