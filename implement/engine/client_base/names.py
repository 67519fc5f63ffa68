"""Who the clients are: those that the deals name and those of a list of clients, each with a segment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.funnel import ColumnLook, ListPlan
from implement.engine.funnel.columns import score_column
from implement.engine.intake import SourceTable

SEGMENT = "segment of the client"
LEAST_SHARED = 0.3


@dataclass(frozen=True)
class ClientNames:
    """Which columns of a list of clients name them and their segment; the segment may be missing."""

    client: str
    segment: str = ""


def propose_client_names(looks: Mapping[str, ColumnLook], known: frozenset[str]) -> ClientNames | None:
    """The column that names each client once, by names that deals use too; None when this is no list of clients."""
    once = [look for look in looks.values() if look.is_unique and len(look.counts) > 1]
    shared = {look.name: len(known & look.counts.keys()) / len(known) for look in once} if known else {}
    best = max(sorted(shared), key=lambda name: shared[name], default="")
    if not best or shared[best] < LEAST_SHARED:
        return None
    segments = [(score_column("segment", look), name) for name, look in sorted(looks.items()) if name != best]
    score, segment = max(segments, default=(0.0, ""))
    return ClientNames(best, segment if score else "")


def join_segments(
    deals: SourceTable, plan: ListPlan, clients: SourceTable, names: ClientNames
) -> tuple[SourceTable, ListPlan]:
    """The deals with the segment that the list of clients gives, where the deals name none themselves."""
    if not names.segment or plan.has("segment") or not plan.has("client"):
        return deals, plan
    listed = _list_clients(clients.relation, names).rename(client_at_hand="client", **{SEGMENT: "segment"})
    relation = deals.relation
    joined = relation.left_join(listed, relation[plan.columns["client"]].strip() == listed.client_at_hand)
    with_segments = replace(
        deals, relation=joined.drop("client_at_hand"), columns=(*deals.columns, SEGMENT), sample=None
    )
    return with_segments, replace(plan, columns={**plan.columns, "segment": SEGMENT})


def list_names(table: ir.Table, clients: SourceTable | None, names: ClientNames | None, backend: Backend) -> ir.Table:
    """Every client once: of the list of clients where there is one, and of the deals; `segment` is empty unknown."""
    segment = table.segment if "segment" in table.columns else ibis.null("string")
    named = table.filter(table.client.notnull()).mutate(segment=segment)
    found = named.group_by("client").aggregate(segment=named.segment.max())
    if clients is not None and names is not None:
        found = found.union(_list_clients(backend.adopt(clients.relation), names))
    found = found.filter(found.client.notnull())
    return found.group_by("client").aggregate(segment=ibis.coalesce(found.segment.max(), ""))


def _list_clients(relation: ir.Table, names: ClientNames) -> ir.Table:
    client = relation[names.client].strip().nullif("")
    segment = relation[names.segment].strip().nullif("") if names.segment else ibis.null("string")
    listed = relation.select(client=client, segment=segment)
    return listed.group_by("client").aggregate(segment=listed.segment.max())
