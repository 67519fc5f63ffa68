"""The page of money at risk: one line, bars, tables by client, owner and stage, the lost clients."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import url_for

from implement.engine.value_at_risk import DealAtRisk, LostClient, Stake, Sums, sum_deals
from implement.rollout.service.owners import OwnerNames
from implement.rollout.service.rollouts import get_rollout
from implement.stages.transfer.service.at_risk import CLIENT, OWNER, STAGE, AtRisk, find_places
from implement.stages.transfer.service.keeping import likely_minor, to_minor
from implement.stages.transfer.summary import say_about, say_with_unknown
from implement.stages.transfer.tables import TransferRun
from implement.store import Store
from implement.web.charts import Chart, bars
from implement.web.tables import Column, Listing
from implement.web.texts import _, _n, lazy, number, plain_money, share

MOST_BARS, MOST_ROWS, MOST_CLIENTS = 12, 50, 50
BY_LABELS = {CLIENT: lazy("Client"), OWNER: lazy("Owner"), STAGE: lazy("Stage")}
BY_HEADINGS = {CLIENT: lazy("By client"), OWNER: lazy("By owner"), STAGE: lazy("By stage")}
DEALS = Listing(
    columns=(
        Column("name", lazy("Deal")),
        Column("client", lazy("Client")),
        Column("stage", lazy("Stage")),
        Column("fate", lazy("What happened")),
        Column("amount", lazy("Amount"), kind="number"),
    ),
    first_sort="-amount",
)


@dataclass(frozen=True)
class Group:
    """The deals at risk of one table by one of their columns."""

    table: int
    by: str
    stakes: Sequence[Stake]


@dataclass(frozen=True)
class MoneyPage:
    """Everything the page shows of one run."""

    run: TransferRun
    found: AtRisk
    currency: str
    owners: OwnerNames
    places: Mapping[str, Mapping[int, int]]
    """Table → source row → the finding that says it was dropped."""

    @classmethod
    def open(cls, run: TransferRun, found: AtRisk, owners: OwnerNames, store: Store) -> "MoneyPage":
        """Lay out what was found, with the ways to the records."""
        shown = {one.table: [client.source_row for client in one.clients[:MOST_CLIENTS]] for one in found.clients}
        places = {table: find_places(run, table, rows, store=store) for table, rows in shown.items()}
        return cls(run, found, get_rollout(run.rollout_id).currency, owners, places)

    @property
    def deals(self) -> list[DealAtRisk]:
        """All dropped and torn deals of all tables."""
        return [deal for table in self.found.deals for deal in table.deals]

    @property
    def open_sums(self) -> Sums:
        """The open ones."""
        return sum_deals(deal for deal in self.deals if deal.state == "open")

    @property
    def won_sums(self) -> Sums:
        """The won ones."""
        return sum_deals(deal for deal in self.deals if deal.state == "won")

    @property
    def groups(self) -> list[Group]:
        """Per table of deals: by client, owner and stage, where it has such a column and anything is at risk."""
        return [
            Group(place, by, self.found.group(place, by))
            for place, table in enumerate(self.found.deals)
            for by in (CLIENT, OWNER, STAGE)
            if table.deals and self._has(place, by)
        ]

    @property
    def pictures(self) -> list[tuple[str, Chart]]:
        """Open money by client, one picture for each currency, with that currency; without any, the open deals."""
        groups = [group for group in self.groups if group.by == CLIENT]
        return [(code or self.currency, chart) for g in groups for code, chart in self._draw(g)]

    def say(self, sums: Sums) -> str:
        """A sum in words, each currency for itself."""
        return say_sums(sums, self.currency)

    def shown(self, group: Group) -> list[tuple[int, Stake]]:
        """The first rows of a group that this reader may see, each with its place."""
        rows = [(place, stake) for place, stake in enumerate(group.stakes) if self._may_see(group, stake)]
        return rows[:MOST_ROWS]

    def name(self, group: Group, stake: Stake) -> str:
        """What a row of a group is called, for whoever reads."""
        return (self.owners.names[stake.value] if group.by == OWNER else stake.value) if stake.value else _("(empty)")

    def url(self, group: Group, position: int) -> str:
        """Where the deals behind a row stand."""
        here = (self.run.rollout_id, self.run.number)
        return url_for(
            "transfer.list_deals_at_risk",
            rollout_id=here[0], number=here[1], table=group.table, by=group.by, position=position,
        )  # fmt: skip

    def url_of(self, table: str, client: LostClient) -> str | None:
        """The lost client side by side; None where its whole table has no counterpart."""
        place = self.places.get(table, {}).get(client.source_row)
        here = (self.run.rollout_id, self.run.number)
        return url_for("transfer.show_record", rollout_id=here[0], number=here[1], place=place) if place else None

    def _may_see(self, group: Group, stake: Stake) -> bool:
        return group.by != OWNER or not stake.value or stake.value in self.owners.names

    def _has(self, place: int, by: str) -> bool:
        columns = self.found.deals[place].columns
        return bool({CLIENT: columns.client, OWNER: columns.owner, STAGE: columns.stage}[by])

    def _draw(self, group: Group) -> list[tuple[str, Chart]]:
        codes = sorted({code for stake in group.stakes for code, _amount in stake.open.amounts})
        return [(code, draw_money(self, group, code)) for code in codes] or [("", draw_deals(self, group))]


def draw_money(page: MoneyPage, group: Group, code: str) -> Chart:
    """Open money of one currency behind dropped and torn deals, by client, the most first; bars lead to the deals."""
    amounts = [(place, stake.open.amount(code)) for place, stake in enumerate(group.stakes)]
    shown = sorted((one for one in amounts if one[1]), key=lambda one: -one[1])[:MOST_BARS]
    stakes = [group.stakes[place] for place, _amount in shown]
    currency = code or page.currency
    without = sum(stake.open.without_value for stake in group.stakes)
    said = _n("One open deal without a value is in no bar.", "%(n)s open deals without a value are in no bar.", without,
              n=number(without)) if without else _("Deals that did not arrive, or lost their relation.")  # fmt: skip
    return bars(
        _("Open money at risk by client, in %(currency)s", currency=currency),
        said,
        headings=(_("Client"), _("Open money")),
        labels=[page.name(group, stake) for stake in stakes],
        values=[to_minor(amount, currency) for _place, amount in shown],
        tones="bad",
        kind="money",
        currency=currency,
        links={(row, 1): page.url(group, place) for row, (place, _amount) in enumerate(shown)},
    )


def draw_deals(page: MoneyPage, group: Group) -> Chart:
    """How many open deals were dropped or torn by client, where none of them has a value."""
    counted = [(place, stake) for place, stake in enumerate(group.stakes) if stake.open.deals and stake.value]
    shown = sorted(counted, key=lambda one: -one[1].open.deals)[:MOST_BARS]
    return bars(
        _("Open deals at risk by client"),
        _("None of them has a value, so the deals are counted; deals without a client are left out."),
        headings=(_("Client"), _("Open deals")),
        labels=[page.name(group, stake) for _place, stake in shown],
        values=[stake.open.deals for _place, stake in shown],
        tones="bad",
        links={(row, 1): page.url(group, place) for row, (place, _stake) in enumerate(shown)},
    )


def say_sums(sums: Sums, currency: str, likely: str = "") -> str:
    """Money by currency, never added up; what has no value is said apart and never counts as nothing."""
    if not sums.deals:
        return "–"
    known = [(amount, code or currency) for code, amount in sums.amounts]
    said = " + ".join(plain_money(to_minor(amount, code), code) for amount, code in known)
    return say_with_unknown(said, sums.deals, sums.without_value, likely)


def say_answer(page: MoneyPage) -> str:
    """The page's first line."""
    if not page.found.deals:
        return _("No table of deals with stages and amounts was compared.")
    if not page.deals:
        return _("No deal was dropped or torn.")
    minor = likely_minor(page.found.outlooks, page.currency)
    likely = "" if minor is None else say_about(minor, page.currency)
    said = say_sums(page.open_sums, page.currency, likely)
    return _("Open money behind dropped and torn deals: %(money)s.", money=said)


def say_lead(page: MoneyPage) -> str:
    """How many deals that are, and what was won with them."""
    if not page.deals:
        return ""
    open_ones = _n("One open deal", "%(n)s open deals", page.open_sums.deals, n=number(page.open_sums.deals))
    won = _n("one won deal", "%(n)s won deals", page.won_sums.deals, n=number(page.won_sums.deals))
    said = _("%(open)s and %(won)s are concerned; won money: %(money)s.", open=open_ones, won=won,
             money=page.say(page.won_sums))  # fmt: skip
    mixed = [_("Several currencies are never added up.")] if _mixes(page) else []
    return " ".join([said, *mixed, *say_outlooks(page)])


def say_outlooks(page: MoneyPage) -> list[str]:
    """What open deals without a value are likely to bring, a sentence for each currency."""
    return [
        _n("One open deal holds no value; it is likely to bring about %(money)s:",
           "%(n)s open deals hold no value; they are likely to bring about %(money)s:",
           one.deals, n=number(one.deals), money=_about(one.amount, one.currency or page.currency))
        + " "
        + _("%(share)s of the deals that ended in the old system were won, for %(mean)s on average.",
            share=share(one.share_won), mean=_about(one.mean_won, one.currency or page.currency))
        for one in page.found.outlooks
    ]  # fmt: skip


def _about(amount: Decimal, currency: str) -> str:
    return say_about(to_minor(amount, currency), currency)


def say_deal(page_currency: str, deal: DealAtRisk) -> str:
    """The amount of one deal."""
    if deal.amount is None:
        return _("not known (no value)")
    currency = deal.currency or page_currency
    return plain_money(to_minor(deal.amount, currency), currency)


def as_row(deal: DealAtRisk) -> "DealRow":
    """A deal as the listing sorts it."""
    return DealRow(deal, deal.name, deal.client, deal.stage, deal.fate, deal.amount)


@dataclass(frozen=True)
class DealRow:
    """A line of the listing of deals at risk."""

    deal: DealAtRisk
    name: str
    client: str
    stage: str
    fate: str
    amount: Decimal | None


def _mixes(page: MoneyPage) -> bool:
    return len({code for sums in (page.open_sums, page.won_sums) for code, _amount in sums.amounts}) > 1
