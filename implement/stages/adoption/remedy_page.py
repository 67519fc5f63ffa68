"""Remedies in sentences: which side effect the evidence fits and how surely, what has helped against it, how each
stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, url_for
from wtforms import SelectChoice

from implement.engine.checklist import Remedy
from implement.engine.resistance.kinds import KIND_SIGNALS
from implement.rollout.registries import registries
from implement.rollout.remedy_carriers import RemedyGrounds
from implement.rollout.service.log import Actor
from implement.stages.adoption import effect_page
from implement.stages.adoption.forms.remedies import RemedyForm
from implement.stages.adoption.remedy_sheet import find_remedy, side_effect_of, side_effects
from implement.stages.adoption.service.evidence import EvidenceFigures
from implement.stages.adoption.service.remedies import (
    ForWhom,
    find_carrier,
    list_choices_of,
    list_possible_owners,
    names_of,
    order_of,
)
from implement.stages.adoption.service.remedy_effects import Experience, list_experience, read_effect
from implement.stages.adoption.service.remedy_list import RemedyRow
from implement.stages.adoption.tables import StartedRemedy
from implement.web.texts import _, _n, language, lazy, number

STATE_LABELS = {
    "running": lazy("running"),
    "due": lazy("due for judgement"),
    "judged": lazy("judged"),
    "stopped": lazy("stopped"),
}
STATE_TONES = {"running": "neutral", "due": "watch", "judged": "good", "stopped": "neutral"}


@dataclass(frozen=True)
class RemedyLine:
    """A remedy on offer with what it did here so far; `url` leads to where it is started."""

    text: str
    days: int
    so_far: str
    url: str


@dataclass(frozen=True)
class Offer:
    """A side effect that fits, how surely, its likely cause, and what has helped."""

    title: str
    fits: str
    cause: str
    remedies: tuple[RemedyLine, ...]
    grounds: RemedyGrounds | None = None


def offer_for_person(rollout_id: int, person_id: int, evidence: EvidenceFigures | None, *, ask: bool) -> list[Offer]:
    """The side effects that fit a person best and second best; `ask` rooms what they know only for who may read it."""
    kinds = [kind for kind in (evidence.first_kind, evidence.second_kind) if kind] if evidence else []
    whom = ForWhom(person_id=person_id)
    return [
        _offer(rollout_id, whom, kind, _say_fit(kind, evidence, place), ask=ask)
        for place, kind in enumerate(kinds)
        if evidence is not None
    ]


def offer_for_team(rollout_id: int, team_id: int, kinds: Mapping[str, int], judged: int) -> list[Offer]:
    """The side effects that several people of a team share, the most frequent first."""
    ranked = sorted(kinds.items(), key=lambda each: (-each[1], each[0]))[:2]
    said = {kind: _say_shared(count, judged) for kind, count in ranked}
    return [_offer(rollout_id, ForWhom(team_id=team_id), kind, fits, ask=False) for kind, fits in said.items()]


def list_choices(rollout_id: int) -> list[tuple[str, str]]:
    """Every remedy of the sheet, with the side effect it answers and, where it was tried, what it did here."""
    here, known = language(), list_experience(rollout_id)
    so_far = {remedy: f" ({effect_page.say_experience(found)})" for remedy, found in known.items()}
    return [
        (remedy.id, f"{effect.title.in_language(here)}: {say_remedy(remedy.id)}{so_far.get(remedy.id, '')}")
        for effect in side_effects()
        for remedy in effect.remedies
    ]


def fill_choices(form: RemedyForm, rollout_id: int, whom: ForWhom) -> None:
    """What the form of a remedy offers: remedies, owners, and what the room of the chosen one asks for."""
    form.remedy.choices = [SelectChoice(value, label) for value, label in list_choices(rollout_id)]
    form.owner_id.choices = [SelectChoice(*one) for one in list_possible_owners(rollout_id, whom)]
    remedy = find_remedy(form.remedy.data or "")
    carrier = find_carrier(remedy)
    choice = carrier.choice if carrier else None
    form.offer_choice(
        str(choice.label) if choice else "", str(choice.nothing) if choice else "", list_choices_of(rollout_id, remedy)
    )


def find_state(row: StartedRemedy, *, by: Actor, now: datetime) -> RemedyGrounds | None:
    """How far a remedy is, as the room knows that carries it out."""
    carrier = find_carrier(find_remedy(row.remedy))
    if carrier is None or carrier.find_state is None:
        return None
    return carrier.find_state(order_of(row, store=current_app.extensions["implement_store"], by=by, now=now))


def say_remedy(remedy_id: str) -> str:
    """A remedy in the reader's words."""
    remedy = find_remedy(remedy_id)
    return remedy.text.in_language(language()) if remedy else remedy_id


def say_effect_of(kind: str) -> str:
    """The side effect of a kind in the reader's words."""
    return side_effect_of(kind).title.in_language(language())


def say_list(rows: list[RemedyRow]) -> str:
    """How many run and how many wait for judgement."""
    due = sum(row.state == "due" for row in rows)
    running = sum(row.state == "running" for row in rows)
    if not rows:
        return _("No remedy has been started yet.")
    waiting = _n("one is due for judgement", "%(num)d are due for judgement", due)
    said = _n("One remedy is running", "%(num)d remedies are running", running)
    return f"{said}; {waiting}." if due else f"{said}."


def say_outcome(row: RemedyRow) -> str:
    """What came of a remedy that has ended."""
    effect = read_effect(row.effect)
    return effect_page.say_verdict(effect) if effect else str(STATE_LABELS[row.state])


def find_grounds(rollout_id: int, whom: ForWhom, way: str) -> RemedyGrounds | None:
    """What the room that carries a way out knows; None where no room does, or knows nothing."""
    carrier = registries().remedies.get(way)
    if carrier is None:
        return None
    return carrier.find_grounds(rollout_id, names_of(rollout_id, whom), current_app.extensions["implement_store"])


def _offer(rollout_id: int, whom: ForWhom, kind: str, fits: str, *, ask: bool) -> Offer:
    effect, here = side_effect_of(kind), language()
    known = list_experience(rollout_id)
    lines = tuple(_line(rollout_id, whom, remedy, known.get(remedy.id)) for remedy in effect.remedies)
    grounds = find_grounds(rollout_id, whom, effect.remedies[0].way) if ask else None
    return Offer(effect.title.in_language(here), fits, effect.cause.in_language(here), lines, grounds)


def _line(rollout_id: int, whom: ForWhom, remedy: Remedy, known: Experience | None) -> RemedyLine:
    url = url_for(
        "adoption.start_remedy", rollout_id=rollout_id, remedy=remedy.id, person=whom.person_id, team=whom.team_id
    )
    return RemedyLine(say_remedy(remedy.id), remedy.days, effect_page.say_experience(known), url)


def _say_fit(kind: str, evidence: EvidenceFigures, place: int) -> str:
    """How surely a kind fits: how many of its signs stand out."""
    signals = KIND_SIGNALS[kind]
    seen = sum(each.signal in signals for each in evidence.standouts)
    said = _n("one of its signs stands out", "%(num)d of its signs stand out", seen)
    counted = _("%(said)s (of %(all)s)", said=said, all=number(len(signals)))
    if place:
        return _("Second best: %(counted)s", counted=counted)
    if evidence.is_unclear:
        return _("Possible, as likely as the next: %(counted)s", counted=counted)
    return _("Fits best: %(counted)s", counted=counted)


def _say_shared(count: int, judged: int) -> str:
    return _n("one of %(judged)s people shows it", "%(num)d of %(judged)s people show it", count, judged=number(judged))
