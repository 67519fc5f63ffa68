"""The price of a plan in exact fractions, straight from the written contract."""

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.evaluators.pay.reading import (
    ITEM_KEYS,
    MOST_COUNT,
    MOST_MINOR,
    PERSON_EXTRAS,
    PERSON_KEYS,
    Json,
    Part,
    PlanFault,
    Reader,
    RepeatedKey,
    load,
)

ONE, ZERO = Fraction(1), Fraction(0)
Knots = list[tuple[Fraction, Fraction]]
Priced = dict[str, object]


@dataclass(frozen=True)
class House:
    """What holds for the whole plan."""

    digits: int
    rounding: str


def price_text(text: str) -> tuple[Priced | None, set[PlanFault]]:
    """The priced plan, or its faults."""
    reader = Reader()
    try:
        loaded = load(text)
    except (ValueError, RecursionError, RepeatedKey):
        return None, {PlanFault("", "")}
    plan = reader.keys(loaded, ("currency", "minor_digits", "rounding", "people"), (), "plan")
    house = House(reader.whole(plan, "minor_digits", 4), reader.text(plan, "rounding", ("half_up", "half_even")))
    reader.text(plan, "currency")
    people = [_price_person(person, house, reader.faults) for person in reader.listed(plan, "people")]
    names = [person["id"] for person in people]
    reader.faults |= {PlanFault(str(name), "id") for name in names if names.count(name) > 1}
    if reader.faults:
        return None, reader.faults
    return {"input_sha256": hashlib.sha256(text.encode()).hexdigest(), "people": people}, set()


def round_to_whole(amount: Fraction, rounding: str) -> int:
    """Half up or half to even; amounts are never negative."""
    whole = amount.numerator // amount.denominator
    rest = amount - whole
    up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and (rounding == "half_up" or whole % 2 == 1))
    return whole + up


def curve_at(knots: Knots, place: Fraction) -> Fraction:
    """Flat outside, straight between, the greater of two values at a jump."""
    here = [y for x, y in knots if x == place]
    if here:
        return max(here)
    if place < knots[0][0]:
        return knots[0][1]
    if place > knots[-1][0]:
        return knots[-1][1]
    left = max(number for number, (x, _) in enumerate(knots) if x < place)
    (x0, y0), (x1, y1) = knots[left], knots[left + 1]
    return y0 + (y1 - y0) * (place - x0) / (x1 - x0)


def _price_person(loaded: Json, house: House, faults: set[PlanFault]) -> Priced:
    reader = Reader()
    name = loaded.get("id") if isinstance(loaded, dict) else None
    reader.person = name if isinstance(name, str) else ""
    person = reader.keys(loaded, PERSON_KEYS, PERSON_EXTRAS, "people")
    reader.text(person, "id")
    variable = reader.whole(person, "variable_minor", MOST_MINOR)
    pay_factor, target_factor = _presence(person, reader)
    target_factor *= _ramp(person, reader)
    items = [_item(item, target_factor, reader) for item in _items(person, reader)]
    share, team = _team(person, reader)
    contributions = [weight * (share * team + (1 - share) * payout) for _, weight, payout in items]
    reduced = max(ZERO, sum(contributions, ZERO) - _reductions(person, reader))
    exact = variable * reduced * _gates(person, reader) * pay_factor
    kickers = _kickers(person, reader)
    commission = _commission(person, house, reader)
    faults |= reader.faults
    if reader.faults:
        return {"id": reader.person}
    plan = round_to_whole(exact, house.rounding)
    shown = share_out(plan, exact, contributions)
    parts = [("plan", plan), *((f"plan:{kpi}", part) for (kpi, _, _), part in zip(items, shown, strict=True))]
    parts += [("commission", commission)] if commission is not None else []
    parts += kickers
    total = plan + (commission or 0) + sum(minor for _, minor in kickers)
    return {"id": reader.person, "total_minor": total, "parts": [{"name": one, "minor": two} for one, two in parts]}


def share_out(plan: int, exact: Fraction, contributions: Sequence[Fraction]) -> list[int]:
    """The rounded plan split in the ratio of contributions; the residual goes to the largest remainders."""
    whole = sum(contributions, ZERO)
    if whole == 0:
        return [0] * len(contributions)
    parts = [exact * one / whole for one in contributions]
    floors = [part.numerator // part.denominator for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: (floors[place] - parts[place], place))
    for place in by_remainder[: plan - sum(floors)]:
        floors[place] += 1
    return floors


def _presence(person: Part, reader: Reader) -> tuple[Fraction, Fraction]:
    if "presence" not in person:
        return ONE, ONE
    part = reader.keys(person["presence"], ("present", "planned", "applies_to"), (), "presence")
    planned = reader.whole(part, "planned", MOST_COUNT, least=1)
    present = reader.whole(part, "present", planned)
    target = reader.text(part, "applies_to", ("pay", "target")) == "target"
    if target and present == 0:
        reader.refuse("present")
    share = Fraction(present, planned)
    return (ONE, share or ONE) if target else (share, ONE)


def _ramp(person: Part, reader: Reader) -> Fraction:
    if "ramp" not in person:
        return ONE
    ramp = reader.decimal(person, "ramp")
    if ramp <= 0:
        reader.refuse("ramp")
    return ramp if ramp > 0 else ONE


def _team(person: Part, reader: Reader) -> tuple[Fraction, Fraction]:
    if "team" not in person:
        return ZERO, ZERO
    part = reader.keys(person["team"], ("share", "payout"), (), "team")
    return reader.decimal(part, "share", most=ONE), reader.decimal(part, "payout")


def _items(person: Part, reader: Reader) -> list[Part]:
    items = [reader.keys(one, ITEM_KEYS, ("decision",), "items") for one in reader.listed(person, "items")]
    names = [str(item.get("kpi")) for item in items]
    if len(set(names)) < len(names):
        reader.refuse("kpi")
    weights = [weight for item in items if isinstance(weight := item.get("weight_bp"), int)]
    if "items" in person and not items:
        reader.refuse("items")
    if items and len(weights) == len(items) and sum(weights) != 10_000:
        reader.refuse("weight_bp")
    return items


def _item(item: Part, target_factor: Fraction, reader: Reader) -> tuple[str, Fraction, Fraction]:
    weight = Fraction(reader.whole(item, "weight_bp", 10_000), 10_000)
    target = reader.decimal(item, "target")
    if "target" in item and target <= 0:
        reader.refuse("target")
    knots = _knots(item, reader)
    lower = reader.yes(item, "lower_is_better")
    name = reader.text(item, "kpi")
    if item.get("actual") is None:
        return name, weight, _decided(item, reader)
    if "decision" in item:
        reader.refuse("decision")
    actual = reader.decimal(item, "actual")
    if target <= 0 or not knots:
        return name, weight, ZERO
    reached = max(ZERO, 2 - actual / target) if lower else actual / (target * target_factor)
    return name, weight, curve_at(knots, reached)


def _decided(item: Part, reader: Reader) -> Fraction:
    if "decision" not in item:
        if "actual" in item:
            reader.refuse("actual")
        return ZERO
    part = reader.keys(item["decision"], ("payout", "by", "reason"), (), "decision")
    reader.text(part, "by")
    reader.text(part, "reason")
    return reader.decimal(part, "payout")


def _pairs(part: Part, key: str, reader: Reader, signed: bool) -> Knots:
    pairs: Knots = []
    for pair in reader.listed(part, key):
        if not isinstance(pair, list) or len(pair) != 2:
            reader.refuse(key)
            continue
        pairs.append((reader.number(pair[0], key, signed=signed), reader.number(pair[1], key)))
    return pairs


def _knots(item: Part, reader: Reader) -> Knots:
    knots = _pairs(item, "curve", reader, signed=True)
    places = [x for x, _ in knots]
    if "curve" in item and (not knots or places != sorted(places) or any(places.count(x) > 2 for x in places)):
        reader.refuse("curve")
        return []
    return knots


def _reductions(person: Part, reader: Reader) -> Fraction:
    taken = ZERO
    for one in reader.listed(person, "reductions"):
        part = reader.keys(one, ("count", "each", "cap"), (), "reductions")
        count = reader.whole(part, "count", MOST_COUNT)
        taken += min(count * reader.decimal(part, "each"), reader.decimal(part, "cap"))
    return taken


def _gates(person: Part, reader: Reader) -> Fraction:
    factor = ONE
    for one in reader.listed(person, "gates"):
        part = reader.keys(one, ("kpi", "met", "factor"), (), "gates")
        reader.text(part, "kpi")
        share = reader.decimal(part, "factor", most=ONE)
        factor *= ONE if reader.yes(part, "met") else share
    return factor


def _kickers(person: Part, reader: Reader) -> list[tuple[str, int]]:
    met, names = [], []
    for one in reader.listed(person, "kickers"):
        part = reader.keys(one, ("name", "met", "amount_minor"), (), "kickers")
        names.append(reader.text(part, "name"))
        amount = reader.whole(part, "amount_minor", MOST_MINOR)
        if reader.yes(part, "met"):
            met.append((f"kicker:{names[-1]}", amount))
    if len(set(names)) < len(names):
        reader.refuse("name")
    return met


def _commission(person: Part, house: House, reader: Reader) -> int | None:
    if "commission" not in person:
        return None
    part = reader.keys(person["commission"], ("base", "kind", "bands"), (), "commission")
    base, kind = reader.decimal(part, "base"), reader.text(part, "kind", ("marginal", "whole"))
    bands = _pairs(part, "bands", reader, signed=False)
    edges = [low for low, _ in bands]
    rising = all(one < two for one, two in itertools.pairwise(edges))
    if "bands" in part and (not bands or edges[0] != 0 or not rising):
        reader.refuse("bands")
        return 0
    if not bands:
        return 0
    return round_to_whole(earned(base, kind, bands) * 10**house.digits, house.rounding)


def earned(base: Fraction, kind: str, bands: Knots) -> Fraction:
    """Commission in major units: each band's rate on its own slice, or the reached band's rate on all."""
    if kind == "whole":
        return base * next(rate for low, rate in reversed(bands) if low <= base)
    tops: list[Fraction | None] = [*(low for low, _ in bands[1:]), None]
    slices = [(base if top is None else min(base, top)) - low for (low, _), top in zip(bands, tops, strict=True)]
    return sum((rate * max(ZERO, piece) for (_, rate), piece in zip(bands, slices, strict=True)), ZERO)
