"""What the hall adds to the terms of reference: goal and tasks, the two sides, and how changes are made."""

from collections.abc import Sequence
from datetime import date

from implement.engine.document import Block, Bullets, Grid, Paragraph
from implement.rollout.registries import Registries, TermsSection
from implement.rollout.service.people import list_members
from implement.rollout.service.rollouts import company_name, get_rollout, list_aims, list_waves
from implement.web.access import Role
from implement.web.texts import _, lazy

FIRST_PLACE, LAST_PLACE = 10, 100
SIGNING = {Role.LEAD: lazy("Project lead, for the client"), Role.CONSULTANT: lazy("Consultant, for the supplier")}


def register(registries: Registries) -> None:
    """Add the first and the last chapter."""
    registries.terms_sections.append(TermsSection(FIRST_PLACE, "purpose", lazy("Purpose and sides"), gather_purpose))
    registries.terms_sections.append(TermsSection(LAST_PLACE, "changes", lazy("Acceptance and changes"), write_rules))


def gather_purpose(rollout_id: int, today: date) -> Sequence[Block]:
    """The goal, the tasks the CRM must solve, who stands for which side, the waves (M1, M2)."""
    rollout, members = get_rollout(rollout_id), list_members(rollout_id)
    sides = [(str(SIGNING[Role(role)]), name) for _id, name, _mail, role, _person in members if role in SIGNING]
    said: list[Block] = [Paragraph(_("Client: %(company)s.", company=company_name(rollout)))]
    said.append(Paragraph(_("Goal: %(goal)s", goal=rollout.goal)))
    aims = list_aims(rollout_id)
    if aims:
        said += [Paragraph(_("Tasks the CRM must solve"), is_heading=True), Bullets(tuple(aims))]
    said.append(Grid((_("Side"), _("Name")), tuple(sorted(set(sides)))))
    waves = tuple(wave.name for wave in list_waves(rollout_id))
    return [
        *said,
        Paragraph(_("Waves, one after the other, never everywhere at once"), is_heading=True),
        Bullets(waves),
    ]


def write_rules(rollout_id: int, today: date) -> Sequence[Block]:
    """How it is accepted and how it is changed (M15, M98, M107)."""
    return (
        Bullets(
            (
                _("A requirement is met when its acceptance test succeeds in the presence of its owner."),
                _("Must haves are accepted before the pilot's gate opens; the others with the last wave."),
                _("A change is a new version of these terms; it holds once both sides have signed it."),
                _("A question of one side is answered by the other within the agreed days; late answers stay visible."),
                _("Nothing that no requirement asks for is built."),
            )
        ),
    )
