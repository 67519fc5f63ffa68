"""A choice at Nordwind: requirements that weigh, vendors that have answered, needs. Nothing here commits."""

from datetime import UTC, datetime

from flask import current_app

from implement.rollout.tables import User
from implement.stages.specification.service.choice import comparing, needs, shelf, weights
from tests.rooms.specification_case import a_requirement

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
BITRIX = {"records": 4, "deals": 4, "automation": 3, "integration": 3, "api": 2, "telephony": 4}
AMO = {"records": 3, "deals": 4, "automation": 2, "integration": 4, "api": 4, "telephony": 2}
OWN = """
id: north.catalogue
version: "1"
sources:
  - id: call
    as_of: "2026-02-02"
    text: {en: A call, de: Ein Anruf, pl: Rozmowa, ru: Звонок}
systems:
  - id: north_crm
    name: North CRM
    kind: paid
    demands: [M83]
    sources: [call]
    text: {en: Asked by us, de: Von uns gefragt, pl: Pytaliśmy, ru: Спросили мы}
    price: {model: per_seat_month, amount_minor: "1900", currency: EUR, source: call}
    levels:
      deals: {level: "yes", source: call}
"""


def compare(rollout_id: int) -> comparing.Comparison:
    """The comparison as it stands."""
    return comparing.compare_systems(rollout_id, current_app.extensions["implement_store"])


def find_out(rollout_id: int, system_id: str, levels: dict[str, int], by: User) -> None:
    """Write down what a vendor has shown."""
    catalogue = shelf.open_catalogue(current_app.extensions["implement_store"])
    system = catalogue.system(system_id)
    assert system is not None
    said = {key: (level, "Shown with our records") for key, level in levels.items()}
    comparing.say_levels(rollout_id, system, said, by=by, now=NOW)


def a_weight(rollout_id: int, criterion_id: str, priority: str, by: User) -> None:
    """A requirement of this priority that depends on the criterion."""
    row = a_requirement(rollout_id, by, priority=priority, text=f"Needs {criterion_id}")
    weights.assign_criteria(rollout_id, {row.id: criterion_id}, shelf.read_guide(), by=by, now=NOW)


def a_choice(rollout_id: int, by: User) -> None:
    """Two vendors have shown their system; deals are a must, telephony and interface weigh less."""
    for criterion_id, priority in (("deals", "must"), ("telephony", "should"), ("api", "could")):
        a_weight(rollout_id, criterion_id, priority, by)
    find_out(rollout_id, "bitrix24", BITRIX, by)
    find_out(rollout_id, "amocrm", AMO, by)


def say_needs(rollout_id: int, by: User, **wanted: object) -> None:
    """Say what the firm cannot do without."""
    said = needs.NeedsSaid(**wanted)  # type: ignore[arg-type]
    needs.say_needs(rollout_id, said, [one.id for one in shelf.read_guide().criteria], by=by, now=NOW)
