"""Several packs asked as one audit: their sections in a row, each name that packs could share made its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from implement.engine.checklist.money import Assumption, Factor, FactorKind, MoneyRule
from implement.engine.checklist.pack import FindingRule, Item, Pack, Section


@dataclass(frozen=True)
class JoinedPack(Pack):
    """Packs joined for one audit; ids of sections and names of assumptions begin with the id of their pack."""

    packs: tuple[Pack, ...]

    @cached_property
    def origins(self) -> Mapping[str, Pack]:
        """The pack that each section comes from, by the section's id."""
        return {f"{pack.id}.{section.id}": pack for pack in self.packs for section in pack.sections}


def join_packs(packs: Sequence[Pack]) -> JoinedPack:
    """The packs in their order as one; at least one is needed."""
    first = packs[0]
    return JoinedPack(
        id=first.id,
        version=first.version,
        title=first.title,
        intro=first.intro,
        sections=tuple(_own_section(pack, section) for pack in packs for section in pack.sections),
        assumptions=tuple(_own_assumption(pack, assumption) for pack in packs for assumption in pack.assumptions),
        packs=tuple(packs),
    )


def _own_section(pack: Pack, section: Section) -> Section:
    section_id = f"{pack.id}.{section.id}"
    return replace(section, id=section_id, items=tuple(_own_item(pack, item, section_id) for item in section.items))


def _own_item(pack: Pack, item: Item, section_id: str) -> Item:
    return replace(item, section_id=section_id, rules=tuple(_own_rule(pack, rule) for rule in item.rules))


def _own_rule(pack: Pack, rule: FindingRule) -> FindingRule:
    if rule.money is None:
        return rule
    return replace(rule, money=MoneyRule(tuple(_own_factor(pack, one) for one in rule.money.factors), rule.money.note))


def _own_factor(pack: Pack, factor: Factor) -> Factor:
    return replace(factor, name=f"{pack.id}.{factor.name}") if factor.kind is FactorKind.ASSUMPTION else factor


def _own_assumption(pack: Pack, assumption: Assumption) -> Assumption:
    return replace(assumption, name=f"{pack.id}.{assumption.name}")
