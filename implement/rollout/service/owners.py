"""Owners in figures: who may see them, by name, under a pseudonym or not at all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from implement.engine.suppression import LEAST_PEOPLE
from implement.rollout.service.errors import NotAllowed
from implement.rollout.service.people import find_people_by_name
from implement.rollout.service.privacy import PeopleView, pseudonym, pseudonym_of_name, views_for
from implement.rollout.service.rollouts import get_rollout
from implement.web.access import Role, Standing
from implement.web.texts import lazy


@dataclass(frozen=True)
class OwnerNames:
    """What owners are called for whoever asks; those missing may not be shown. `looked_at` were seen by name."""

    names: dict[str, str]
    looked_at: tuple[int, ...] = ()

    @property
    def is_withheld(self) -> bool:
        """True when nobody may be shown."""
        return not self.names

    def is_named(self, owner: str) -> bool:
        """True where this reader sees the owner by name, not under a pseudonym."""
        return self.names.get(owner) == owner

    def demand(self, owner: str) -> str:
        """The owner as this reader may see them; raises `NotAllowed` where they may not."""
        if owner and owner not in self.names:
            raise NotAllowed(lazy("You see figures of teams here, not of single people."))
        return self.names.get(owner, "")


def name_owners(standing: Standing, owners: Collection[str], *, secret: str, today: date) -> OwnerNames:
    """Name owners as the three views of people allow; of fewer than five a pseudonym would hide nobody."""
    rollout_id, asked = standing.rollout_id, {owner for owner in owners if owner}
    people = find_people_by_name(rollout_id, asked)
    views = views_for(standing, get_rollout(rollout_id).legal_profile, set(people.values()), today)
    seen = {owner: person_id for owner, person_id in people.items() if views.get(person_id) is PeopleView.NAMED}
    names = {owner: owner for owner in seen}
    if len(asked) >= LEAST_PEOPLE:
        hidden = {owner: one for owner, one in people.items() if views.get(one) is PeopleView.PSEUDONYM}
        names |= {owner: pseudonym(secret, rollout_id, person_id) for owner, person_id in hidden.items()}
        if standing.roles & {Role.CONSULTANT, Role.LEAD}:
            strangers = asked - people.keys()
            names |= {owner: pseudonym_of_name(secret, rollout_id, owner) for owner in strangers}
    return OwnerNames(names, tuple(sorted(set(seen.values()) - {standing.person_id})))
