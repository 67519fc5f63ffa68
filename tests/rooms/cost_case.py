"""Costs at Nordwind: two offers, figures of the firm, a saving. Nothing here commits."""

from datetime import UTC, datetime

from implement.rollout.tables import User
from implement.stages.specification.service.cost import figures, savings
from implement.stages.specification.service.cost.figures import Figure, OfferSaid
from implement.stages.specification.tables import Offer, SavingLine

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
SAVING = savings.SavingSaid(
    title="Reports that nobody puts together by hand",
    unit="hours a year",
    low=200_000,
    likely=300_000,
    high=500_000,
    piece_minor=4_200,
    first_month=4,
    collected_by="Petra",
    due=None,
    collected_on=None,
    evidence="",
)


def point(value: int) -> Figure:
    """A figure that is certain."""
    return Figure(value, value, value, "Offer of 2 March")


def an_offer(rollout_id: int, name: str, by: User, **said: Figure) -> Offer:
    """An offer with these figures."""
    offer = OfferSaid(name, source="Offer of 2 March", offered_on=NOW.date())
    row = figures.add_offer(rollout_id, offer, by=by, now=NOW)
    figures.say_figures(rollout_id, row, said, by=by, now=NOW)
    return row


def two_offers(rollout_id: int, by: User) -> None:
    """Hosted: 40 seats of 25.00 to 40.00 a month; bought once for 20,000.00 with a server of 2,000.00 a year."""
    seat = Figure(2_500, 3_000, 4_000, "Price list")
    an_offer(rollout_id, "Hosted", by, seats=point(40_000), seat_price=seat)
    an_offer(rollout_id, "Bought", by, licence_fee=point(2_000_000), server_fee=point(200_000))
    figures.say_figures(rollout_id, None, {"people": point(40_000), "hour_cost": point(4_200)}, by=by, now=NOW)


def a_saving(rollout_id: int, by: User, **changed: object) -> SavingLine:
    """A saving as `SAVING` but for what is changed."""
    said = savings.SavingSaid(**{**vars(SAVING), **changed})  # type: ignore[arg-type]
    return savings.add_saving(rollout_id, said, by=by, now=NOW)
