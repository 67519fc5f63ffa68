"""How the transfer room carries the remedy "repair first" out: it names the lost deals and gives their cases away."""

from flask import url_for

from implement.rollout.remedy_carriers import RemedyGrounds, RemedyOrder
from implement.stages.transfer.service.lost_records import LostRecord, find_lost_records, repair_lost_records
from implement.stages.transfer.words import FATE_LABELS
from implement.store import Store
from implement.web.texts import _, _n, number

MOST_NAMED = 8


def find_lost(rollout_id: int, names: frozenset[str], store: Store) -> RemedyGrounds | None:
    """The deals of these people that did not arrive whole, the first few by name."""
    found = find_lost_records(rollout_id, names, store=store)
    if found is None:
        return None
    sentence = _n(
        "The transfer lost or tore one deal here (run %(run)s): repair it before you talk about use.",
        "The transfer lost or tore %(n)s deals here (run %(run)s): repair them before you talk about use.",
        len(found.records),
        n=number(len(found.records)),
        run=number(found.run_number),
    )
    shown = found.records[:MOST_NAMED]
    things = [(_name(one), _address(rollout_id, found.run_number, one)) for one in shown]
    rest = len(found.records) - len(shown)
    more = [(_("%(count)s more", count=number(rest)), "")] if rest else []
    return RemedyGrounds(sentence, [*things, *more])


def repair_lost(order: RemedyOrder) -> None:
    """Open the cases of the lost deals and give them to the remedy's owner."""
    repair_lost_records(
        order.rollout_id, order.names, owner_id=order.owner_id, due=order.due, store=order.store, by=order.by,
        now=order.now,
    )  # fmt: skip


def _name(one: LostRecord) -> str:
    said = [part for part in (one.name, one.client, one.stage) if part]
    return f"{' · '.join(said)}: {FATE_LABELS[one.fate]}"


def _address(rollout_id: int, run_number: int, one: LostRecord) -> str:
    if one.place is None:
        return url_for("transfer.show_run", rollout_id=rollout_id, number=run_number)
    return url_for("transfer.show_record", rollout_id=rollout_id, number=run_number, place=one.place)
