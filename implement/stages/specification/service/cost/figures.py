"""Offers and the figures behind them, those of the firm and those of each offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from sqlalchemy import delete, select

from implement.db import db
from implement.engine.choice.catalogue import STALE_AFTER
from implement.engine.cost import Factor, FactorKind, Model, Range, load_model
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import remove_row
from implement.rollout.service.rollouts import local_day
from implement.stages.specification.service.answers import AuditSaid
from implement.stages.specification.tables.cost import FirmFigure, Offer, OfferFigure
from implement.web.texts import lazy

MODEL = Path(__file__).parents[5] / "checklists/cost.yaml"
THOUSANDTHS, PERCENT, MINOR_UNITS = 1000, 100, 100


@dataclass(frozen=True)
class Figure:
    """A figure as it is kept: low, likely, high in its smallest unit, and its source."""

    low: int
    likely: int
    high: int
    source: str


@dataclass(frozen=True)
class OfferSaid:
    """An offer as it was typed in: its name, the catalogue's system or none, whose word it is, the day of it."""

    name: str
    system_key: str = ""
    source: str = ""
    offered_on: date | None = None

    def is_stale(self, today: date) -> bool:
        """True when the day of the offer is not known or longer ago than a year."""
        return self.offered_on is None or today - self.offered_on > STALE_AFTER


@lru_cache(maxsize=1)
def read_model() -> Model:
    """The parts of the cost and their factors."""
    return load_model(MODEL)


def list_offers(rollout_id: int) -> list[tuple[int, OfferSaid]]:
    """The offers that stand, by id."""
    here = (Offer.rollout_id == rollout_id, Offer.removed_at.is_(None))
    asked = select(Offer.id, Offer.name, Offer.system_key, Offer.source, Offer.offered_on).where(*here)
    return [(row[0], OfferSaid(*row[1:])) for row in db.session.execute(asked.order_by(Offer.id))]


def get_offer(rollout_id: int, offer_id: int) -> Offer:
    """An offer of this rollout."""
    row: Offer | None = db.session.get(Offer, offer_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such offer."))
    return row


def add_offer(rollout_id: int, said: OfferSaid, *, by: Actor, now: datetime) -> Offer:
    """Price one more way to buy a system."""
    row = Offer(rollout_id=rollout_id)
    _keep_offer(row, said, "add_offer", by=by, now=now)
    return row


def change_offer(row: Offer, said: OfferSaid, *, by: Actor, now: datetime) -> None:
    """Say anew of which system, by whom and of which day an offer is."""
    _keep_offer(row, said, "change_offer", by=by, now=now)


def remove_offer(row: Offer, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take an offer away, or with `is_back` put it back."""
    remove_row(row, "offer", is_back=is_back, by=by, now=now, rollout_id=row.rollout_id)


def read_firm_figures(rollout_id: int) -> dict[str, Figure]:
    """The figures of the firm."""
    columns = (FirmFigure.factor_key, FirmFigure.low, FirmFigure.likely, FirmFigure.high, FirmFigure.source)
    rows = db.session.execute(select(*columns).where(FirmFigure.rollout_id == rollout_id))
    return {row[0]: Figure(*row[1:]) for row in rows}


def read_offer_figures(rollout_id: int) -> dict[int, dict[str, Figure]]:
    """The figures of every offer."""
    columns = (OfferFigure.factor_key, OfferFigure.low, OfferFigure.likely, OfferFigure.high, OfferFigure.source)
    asked = select(OfferFigure.offer_id, *columns).join(Offer, Offer.id == OfferFigure.offer_id)
    found: dict[int, dict[str, Figure]] = {}
    for row in db.session.execute(asked.where(Offer.rollout_id == rollout_id)):
        found.setdefault(row[0], {})[row[1]] = Figure(*row[2:])
    return found


def say_figures(
    rollout_id: int, offer: Offer | None, said: Mapping[str, Figure | None], *, by: Actor, now: datetime
) -> int:
    """Keep figures of an offer, or of the firm; None takes one away. Returns how many were changed."""
    known = read_firm_figures(rollout_id) if offer is None else read_offer_figures(rollout_id).get(offer.id, {})
    changed = {key: figure for key, figure in said.items() if known.get(key) != figure}
    for key, figure in changed.items():
        _refuse_faulty(key, figure, offer)
        _write(rollout_id, offer, key, figure, by=by, now=now)
    if changed:
        subject = f"offer:{offer.id}" if offer else f"rollout:{rollout_id}"
        log_write("say_figures", subject, by=by, now=now, rollout_id=rollout_id, figures=len(changed))
    return len(changed)


def to_range(factor: Factor, figure: Figure) -> Range:
    """A kept figure as the engine reckons: minor units of money, else the thing itself."""
    unit = 1 if factor.kind is FactorKind.MONEY else THOUSANDTHS
    return Range(Fraction(figure.low, unit), Fraction(figure.likely, unit), Fraction(figure.high, unit))


def propose_figure(factor: Factor, said: AuditSaid, source: str) -> Figure | None:
    """The figure that the audit's answers give, as a point, with the question as its source."""
    found = said.number(factor.answers)
    if found is None:
        return None
    value = found[0] * MINOR_UNITS if factor.kind is FactorKind.MONEY else found[0] * THOUSANDTHS
    if factor.kind is FactorKind.SHARE:
        value /= PERCENT
    whole = max(0, round(value))
    return Figure(whole, whole, whole, source)


def _keep_offer(row: Offer, said: OfferSaid, action: str, *, by: Actor, now: datetime) -> None:
    if not said.name.strip():
        raise RuleBroken(lazy("An offer needs its name."))
    if said.offered_on is not None and said.offered_on > local_day(row.rollout_id, now):
        raise RuleBroken(lazy("The day of an offer cannot lie ahead."))
    row.name, row.system_key, row.source = said.name.strip(), said.system_key, said.source.strip()
    row.offered_on, row.by_name, row.at = said.offered_on, by.name, now
    db.session.add(row)
    db.session.flush()
    log_write(action, f"offer:{row.id}", by=by, now=now, rollout_id=row.rollout_id)


def _refuse_faulty(key: str, figure: Figure | None, offer: Offer | None) -> None:
    factor = read_model().by_id.get(key)
    if factor is None or factor.of_firm != (offer is None):
        raise RuleBroken(lazy("Please choose from what the page offers."))
    if figure is not None and not 0 <= figure.low <= figure.likely <= figure.high:
        raise RuleBroken(lazy("Low, likely and high must stand in this order."))


def _write(rollout_id: int, offer: Offer | None, key: str, figure: Figure | None, *, by: Actor, now: datetime) -> None:
    if offer is None:
        db.session.execute(delete(FirmFigure).where(FirmFigure.rollout_id == rollout_id, FirmFigure.factor_key == key))
    else:
        here = (OfferFigure.offer_id == offer.id, OfferFigure.factor_key == key)
        db.session.execute(delete(OfferFigure).where(*here))
    if figure is None:
        return
    kept = {**vars(figure), "factor_key": key, "by_name": by.name, "at": now}
    row = FirmFigure(rollout_id=rollout_id, **kept) if offer is None else OfferFigure(offer_id=offer.id, **kept)
    db.session.add(row)
    db.session.flush()
