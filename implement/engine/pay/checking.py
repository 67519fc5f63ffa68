"""From the objects of a plan to the people they describe, with every fault on the way."""

from dataclasses import dataclass, field, fields
from itertools import pairwise

from implement.engine.attainment import Curve, find_curve_faults, linear
from implement.engine.pay.entry import ABSENT, MOST_COUNT, MOST_MINOR, Entry, FaultBook
from implement.engine.pay.plan import (
    FULL_WEIGHT_BP,
    AppliesTo,
    Band,
    Commission,
    CommissionKind,
    Decision,
    Gate,
    Item,
    Kicker,
    Person,
    Presence,
    Reduction,
    Team,
)
from implement.engine.pay.scan import Json

# What a plan calls its keys is what the parts of a person are called here.
KEYS = {
    kind: frozenset(part.name for part in fields(kind))
    for kind in (Person, Item, Decision, Presence, Team, Reduction, Gate, Kicker, Commission)
}
CURVE_FAULTS = {"unsorted": "curve_unsorted", "crowded": "curve_crowded"}


@dataclass
class People:
    """The people of a plan as far as they were read; curves that are written alike are one."""

    book: FaultBook
    sound: list[Person] = field(default_factory=list)
    count: int = 0
    ids: set[str] = field(default_factory=set)
    curves: dict[str, Curve] = field(default_factory=dict)

    def take(self, value: Json) -> None:
        """Check one person and keep it when it is sound."""
        self.book.person = _name_person(value, self.count)
        self.count += 1
        entry = Entry(value, KEYS[Person], "", self.book)
        person = _read_person(entry, self.curves)
        if person.id and person.id in self.ids:
            entry.fault("id", "id_taken")
        self.ids.add(person.id)
        if entry.is_sound:
            self.sound.append(person)


def _name_person(value: Json, place: int) -> str:
    person_id = value.get("id") if isinstance(value, dict) else None
    return f"people[{place}] {person_id}" if isinstance(person_id, str) else f"people[{place}]"


def _read_person(entry: Entry, curves: dict[str, Curve]) -> Person:
    return Person(
        id=entry.text("id"),
        variable_minor=entry.whole("variable_minor", MOST_MINOR),
        items=_read_items(entry, curves),
        presence=_read_presence(entry.entry("presence", KEYS[Presence])) if entry.has("presence") else None,
        ramp=entry.above_zero("ramp") if entry.has("ramp") else None,
        team=_read_team(entry.entry("team", KEYS[Team])) if entry.has("team") else None,
        reductions=tuple(_read_reduction(each) for each in _list_entries(entry, "reductions", KEYS[Reduction])),
        gates=tuple(_read_gate(gate) for gate in _list_entries(entry, "gates", KEYS[Gate])),
        kickers=_read_kickers(entry),
        commission=_read_commission(entry.entry("commission", KEYS[Commission])) if entry.has("commission") else None,
    )


def _read_items(person: Entry, curves: dict[str, Curve]) -> tuple[Item, ...]:
    entries = _list_entries(person, "items", KEYS[Item], least=1)
    items = tuple([_read_item(entry, curves) for entry in entries])
    _check_names(entries, "kpi", [item.kpi for item in items])
    weight_bp = sum(item.weight_bp for item in items)
    if weight_bp != FULL_WEIGHT_BP and _have_weights(entries):
        person.fault("items", "weights", FULL_WEIGHT_BP, weight_bp)
    return items


def _have_weights(entries: list[Entry]) -> bool:
    """True when each item has a weight, so that a wrong sum is a fault of its own."""
    weights = [entry.fields.get("weight_bp") for entry in entries]
    return bool(weights) and all(type(weight) is int and 0 <= weight <= FULL_WEIGHT_BP for weight in weights)


def _read_item(entry: Entry, curves: dict[str, Curve]) -> Item:
    is_null, is_decided = entry.fields.get("actual", ABSENT) is None, entry.has("decision")
    if is_null and not is_decided:
        entry.fault("actual", "no_actual")
    if is_decided and not is_null and entry.has("actual"):
        entry.fault("decision", "decision_beside_actual")
        is_decided = False
    return Item(
        kpi=entry.text("kpi"),
        weight_bp=entry.whole("weight_bp", FULL_WEIGHT_BP),
        target=entry.above_zero("target"),
        actual=None if is_null else entry.amount("actual"),
        lower_is_better=entry.flag("lower_is_better"),
        curve=_read_curve(entry, curves),
        decision=_read_decision(entry.entry("decision", KEYS[Decision])) if is_decided else None,
    )


def _read_decision(entry: Entry) -> Decision:
    return Decision(entry.amount("payout"), entry.text("by"), entry.text("reason"))


def _read_curve(entry: Entry, curves: dict[str, Curve]) -> Curve:
    written = repr(entry.fields.get("curve"))
    if written not in curves:
        before = len(entry.book.faults)
        knots = entry.pairs("curve")
        for fault in find_curve_faults(knots):
            if fault in CURVE_FAULTS:
                entry.fault("curve", CURVE_FAULTS[fault])
        if not knots or len(entry.book.faults) > before:
            return linear()
        curves[written] = Curve(tuple(knots))
    return curves[written]


def _read_presence(entry: Entry) -> Presence:
    presence = Presence(
        present=entry.whole("present", MOST_COUNT),
        planned=entry.whole("planned", MOST_COUNT, least=1),
        applies_to=AppliesTo(entry.choice("applies_to", AppliesTo)),
    )
    if entry.is_sound and presence.present > presence.planned:
        entry.fault("present", "present_above_planned")
    if entry.is_sound and presence.present == 0 and presence.applies_to is AppliesTo.TARGET:
        entry.fault("present", "nobody_present")
    return presence


def _read_team(entry: Entry) -> Team:
    return Team(entry.share("share"), entry.amount("payout"))


def _read_kickers(person: Entry) -> tuple[Kicker, ...]:
    entries = _list_entries(person, "kickers", KEYS[Kicker])
    kickers = tuple([_read_kicker(entry) for entry in entries])
    _check_names(entries, "name", [kicker.name for kicker in kickers])
    return kickers


def _list_entries(person: Entry, key: str, allowed: frozenset[str], *, least: int = 0) -> list[Entry]:
    """The objects of a list that may be absent, unless it must hold one."""
    if not least and not person.has(key):
        return []
    values = person.entries(key, least=least)
    return [Entry(value, allowed, f"{key}[{place}].", person.book) for place, value in enumerate(values)]


def _read_reduction(entry: Entry) -> Reduction:
    return Reduction(entry.whole("count", MOST_COUNT), entry.amount("each"), entry.amount("cap"))


def _read_gate(entry: Entry) -> Gate:
    return Gate(entry.text("kpi"), entry.flag("met"), entry.share("factor"))


def _read_kicker(entry: Entry) -> Kicker:
    return Kicker(entry.text("name"), entry.flag("met"), entry.whole("amount_minor", MOST_MINOR))


def _read_commission(entry: Entry) -> Commission:
    kind = CommissionKind(entry.choice("kind", CommissionKind))
    base, pairs = entry.amount("base"), entry.pairs("bands")
    if pairs and pairs[0][0] != 0:
        entry.fault("bands[0]", "first_band")
    for place, ((low, _), (next_low, _)) in enumerate(pairwise(pairs), start=1):
        if next_low <= low:
            entry.fault(f"bands[{place}]", "bands_unsorted")
    return Commission(base, kind, tuple(Band(low, rate) for low, rate in pairs))


def _check_names(entries: list[Entry], key: str, names: list[str]) -> None:
    """Each name may stand once; an empty one was found wrong already."""
    taken = {""}
    for entry, name in zip(entries, names, strict=True):
        if name and name in taken:
            entry.fault(key, "name_taken")
        taken.add(name)
