"""The demonstration's choice and cost: three vendors asked, weights, a decision, two offers, savings, calls."""

from datetime import datetime, timedelta

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.rollout.service.rollouts import local_day
from implement.rollout.tables import User
from implement.stages.specification.service.choice import comparing, gains, needs, shelf, weights
from implement.stages.specification.service.cost import capacity, exchange, figures, savings
from implement.store import Store
from implement.web.access import Role

DAYS_AGO = 95
WORDS = {
    "request": "automation", "open deal": "deals", "one page": "records", "losses": "analysis", "reason": "analysis",
    "accounting": "accounting", "telephone": "telephony", "call": "telephony", "export": "leaving",
}  # fmt: skip
BY_HAND = {"telephony": (6, "Half of all requests come by telephone"), "ease": (4, "Three regions keep spreadsheets")}
SHOWN = {
    "bitrix24": {"records": 3, "deals": 4, "automation": 4, "analysis": 3, "telephony": 4, "ease": 3, "accounting": 2},
    "amocrm": {"records": 3, "deals": 4, "automation": 3, "analysis": 2, "telephony": 3, "ease": 4, "accounting": 2},
    "dynamics": {"records": 4, "deals": 4, "automation": 4, "analysis": 4, "telephony": 2, "ease": 2, "accounting": 3},
}
EVIDENCE = "Invented for the demonstration: shown with ten of our own records"
FIRM = {
    "people": (33_000, 35_000, 38_000), "hour_cost": (3_900, 4_200, 4_600), "hours_a_week": (40_000,) * 3,
    "transfer_hours": (60_000, 90_000, 160_000), "training_hours": (8_000, 12_000, 16_000),
    "team_hours": (200_000, 300_000, 450_000), "parallel_weeks": (1_000, 2_000, 4_000),
    "parallel_hours": (1_000, 2_000, 3_000), "standing_share": (300, 500, 700),
}  # fmt: skip
OFFERS = {
    "Hosted, 40 seats": {
        "seats": (35_000, 40_000, 45_000), "seat_price": (2_400, 2_900, 3_500), "yearly_rise": (0, 40, 100),
        "further_seats": (0, 5_000, 15_000), "transfer_fee": (400_000, 600_000, 1_200_000), "licence_fee": (0, 0, 0),
        "adaptation_fee": (500_000, 900_000, 2_000_000), "integration_fee": (300_000, 600_000, 1_000_000),
        "support_fee": (20_000, 30_000, 50_000), "backup_fee": (5_000, 8_000, 12_000), "server_fee": (0, 0, 0),
        "slow_weeks": (3_000, 5_000, 8_000), "slow_share": (100, 200, 300), "downtime_hours": (4_000, 10_000, 30_000),
        "training_fee": (200_000, 300_000, 500_000),
        "fast_service_fee": (100_000, 180_000, 250_000),
    },
    "Own server, bought": {
        "licence_fee": (3_000_000, 3_400_000, 4_200_000), "seats": (0, 0, 0), "seat_price": (0, 0, 0),
        "further_seats": (0, 0, 0), "transfer_fee": (400_000, 600_000, 1_200_000), "backup_fee": (0, 0, 0),
        "adaptation_fee": (800_000, 1_500_000, 3_500_000), "integration_fee": (200_000, 500_000, 900_000),
        "support_fee": (30_000, 45_000, 70_000), "server_fee": (400_000, 550_000, 800_000),
        "slow_weeks": (3_000, 5_000, 8_000), "slow_share": (100, 200, 300), "downtime_hours": (8_000, 20_000, 60_000),
    },
}  # fmt: skip


def tell(rollout_id: int, store: Store) -> bool:
    """Choose and price; False when that was done before."""
    if needs.read_needs(rollout_id) is not None:
        return False
    then, by = utc_now() - timedelta(days=DAYS_AGO), login_of(Role.CONSULTANT)
    _choose(rollout_id, store, by, then)
    _price(rollout_id, by, then)
    return True


def _choose(rollout_id: int, store: Store, by: User, then: datetime) -> None:
    guide, catalogue = shelf.read_guide(), shelf.open_catalogue(store)
    said = needs.NeedsSaid(
        users=40, records=900, facts=("calls_matter", "accounting", "no_server_staff", "usual_trade")
    )
    needs.say_needs(rollout_id, said, [one.id for one in guide.criteria], by=by, now=then)
    chosen = {one.id: _find_criterion(one.text) for one in weights.list_weighed(rollout_id)}
    weights.assign_criteria(rollout_id, chosen, guide, by=by, now=then)
    for criterion_id, (points, reason) in BY_HAND.items():
        weights.set_weight(rollout_id, criterion_id, points, reason, guide, by=by, now=then)
    for system_id, levels in SHOWN.items():
        system = catalogue.system(system_id)
        if system is not None:
            seen = {key: (level, EVIDENCE) for key, level in levels.items()}
            comparing.say_levels(rollout_id, system, seen, by=by, now=then)
    gain = gains.GainSaid("Share of requests answered within 30 minutes", "58 %", "90 %", None, "Melvin Marxen")
    gains.expect_gain(rollout_id, "no_prospect_lost", gain, by=by, now=then)
    reason = "Telephony was shown with our own number; the others need an add-on. (Invented for the demonstration.)"
    comparing.decide(rollout_id, "bitrix24", reason, store, by=by, now=then)


def _price(rollout_id: int, by: User, then: datetime) -> None:
    source = "Invented for the demonstration"
    figures.say_figures(rollout_id, None, {k: figures.Figure(*v, source) for k, v in FIRM.items()}, by=by, now=then)
    for name, said in OFFERS.items():
        offer = figures.OfferSaid(name, "bitrix24", source, local_day(rollout_id, then))
        row = figures.add_offer(rollout_id, offer, by=by, now=then)
        figures.say_figures(rollout_id, row, {k: figures.Figure(*v, source) for k, v in said.items()}, by=by, now=then)
    due = local_day(rollout_id, then + timedelta(days=30))
    for title, unit, pieces, piece, collected_on in (
        ("Looking things up before a call", "hours a year", (2_000, 3_500, 5_000), 4_200, local_day(rollout_id, then)),
        ("Offers that are no longer forgotten", "orders a year", (8, 20, 40), 60_000, None),
    ):
        low, likely, high = (count * figures.THOUSANDTHS for count in pieces)
        saving = savings.SavingSaid(
            title, unit, low, likely, high, piece, 5, "Melvin Marxen", due, collected_on, evidence=""
        )
        savings.add_saving(rollout_id, saving, by=by, now=then)
    capacity.say_calls(rollout_id, capacity.CallsSaid(420, 150, 9_000, 160, 6_000, 5), by=by, now=then)
    for what, leads, way in (("Customers", "crm", "automatic"), ("Invoices", "accounting", "by_hand")):
        since = local_day(rollout_id, then) if way == "automatic" else None
        line = exchange.ExchangeSaid(what, leads, way, 60, 90, since)
        exchange.add_exchange(rollout_id, line, by=by, now=then)


def _find_criterion(text: str) -> str:
    """The criterion whose word stands in a requirement."""
    return next((key for word, key in WORDS.items() if word in text.casefold()), "")
