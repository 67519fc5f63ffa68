"""The parts of a rule as they are typed in: added, taken out, shown in empty forms."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from wtforms import SelectChoice

from implement.control.activity.service.reading import list_kpis
from implement.control.incentives.forms import BandForm, DraftForm, GateForm, ItemForm, KickerForm
from implement.control.incentives.forms.rules import as_share, plain
from implement.control.incentives.tables import PayRuleVersion
from implement.engine.pay.entry import read_decimal
from implement.engine.pay.rounding import Rounding
from implement.engine.pay.rule import NotApplicable, PresenceRule, RuleCommission, RuleTerms, read_rule
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.web.forms import BaseForm
from implement.web.texts import language, lazy

Part = TypeVar("Part")
PartForm = ItemForm | GateForm | KickerForm | BandForm
KPI_FIELDS = ("kpi", "gate_kpi", "kicker_kpi", "band_kpi")
PART_FORMS: dict[str, type[PartForm]] = {
    "items": ItemForm,
    "gates": GateForm,
    "kickers": KickerForm,
    "bands": BandForm,
}


def read_general(form: DraftForm) -> dict[str, object]:
    """What the form changes of a rule's terms."""
    return {
        "team_share": plain(form.team_share.data),
        "ramp": tuple(as_share(one) for one in form.ramp.data or ()),
        "presence": PresenceRule(form.presence.data),
        "not_applicable": NotApplicable(form.not_applicable.data),
        "rounding": Rounding(form.rounding.data),
    }


def offer_kpis(forms: Iterable[BaseForm], rollout_id: int) -> None:
    """The figures of the rollout's catalogue to choose from, by name."""
    choices = [SelectChoice(row.key, row.name) for row in list_kpis(rollout_id, language())]
    for form in forms:
        for name in KPI_FIELDS:
            if name in form:
                form[name].choices = choices


def empty_forms(version: PayRuleVersion) -> dict[str, BaseForm]:
    """The forms of a draft as they stand before anything is typed."""
    terms = read_rule(version.terms)
    general = {
        "valid_from": version.valid_from,
        "team_share": Decimal(terms.team_share),
        "ramp": [Decimal(one) * 100 for one in terms.ramp],
        "presence": str(terms.presence),
        "not_applicable": str(terms.not_applicable),
        "rounding": str(terms.rounding),
        "version": version.version,
    }
    forms: dict[str, BaseForm] = {
        part: make(formdata=None, data={"version": version.version}) for part, make in PART_FORMS.items()
    }
    return {"general": DraftForm(formdata=None, data=general), **forms}


def add(terms: RuleTerms, part: str, form: PartForm) -> RuleTerms:
    """The terms with one part more."""
    if isinstance(form, ItemForm):
        if any(item.kpi == form.to_item().kpi for item in terms.items):
            raise RuleBroken(lazy("There is one of this name already."))
        return replace(terms, items=(*terms.items, form.to_item()))
    if isinstance(form, GateForm):
        return replace(terms, gates=(*terms.gates, form.to_part()))
    if isinstance(form, KickerForm):
        if any(kicker.name == form.to_part().name for kicker in terms.kickers):
            raise RuleBroken(lazy("There is one of this name already."))
        return replace(terms, kickers=(*terms.kickers, form.to_part()))
    return replace(terms, commission=_add_band(terms.commission, form))


def drop(terms: RuleTerms, part: str, place: int) -> RuleTerms:
    """The terms without one part, by its place from 0."""
    takers: dict[str, Callable[[], RuleTerms]] = {
        "items": lambda: replace(terms, items=_without(terms.items, place)),
        "gates": lambda: replace(terms, gates=_without(terms.gates, place)),
        "kickers": lambda: replace(terms, kickers=_without(terms.kickers, place)),
        "bands": lambda: replace(terms, commission=_drop_band(terms.commission, place)),
    }
    return takers[part]()


def _without(parts: tuple[Part, ...], place: int) -> tuple[Part, ...]:
    if not 0 <= place < len(parts):
        raise NotFound(lazy("This was taken out already."))
    return parts[:place] + parts[place + 1 :]


def _add_band(commission: RuleCommission | None, form: BandForm) -> RuleCommission:
    """One band more; figure and kind are those typed last."""
    band = (plain(form.low.data), plain(form.rate.data))
    others = [one for one in (commission.bands if commission else ()) if one[0] != band[0]]
    bands = tuple(sorted([*others, band], key=lambda one: read_decimal(one[0])))
    return RuleCommission(str(form.band_kpi.data).strip(), str(form.kind.data), bands)


def _drop_band(commission: RuleCommission | None, place: int) -> RuleCommission | None:
    """Without its last band there is no commission."""
    if commission is None:
        raise NotFound(lazy("This was taken out already."))
    bands = _without(commission.bands, place)
    return replace(commission, bands=bands) if bands else None
