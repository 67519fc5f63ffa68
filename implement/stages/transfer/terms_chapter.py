"""What the transfer adds to the terms of reference: which sources are taken over, who answers for them, until when."""

from collections.abc import Sequence
from datetime import date

from implement.engine.document import Block, Bullets, Grid, Paragraph
from implement.rollout.registries import Registries, TermsSection
from implement.stages.transfer.service.inventory import list_sources
from implement.web.texts import _, day, lazy, number

PLACE = 75


def register(registries: Registries) -> None:
    """Add the chapter."""
    registries.terms_sections.append(TermsSection(PLACE, "transfer", lazy("Transfer of records"), gather_transfer))


def gather_transfer(rollout_id: int, today: date) -> Sequence[Block] | None:
    """The sources and the rules of the transfer (M19, M86, M131); None before a source is known."""
    rows = tuple(
        (
            one.name,
            one.terms.owner_name if one.terms else "",
            day(one.terms.due) if one.terms and one.terms.due else "",
            number(sum(table.rows for table in one.tables)) if one.tables else "",
        )
        for one in list_sources(rollout_id, today=today)
    )
    if not rows:
        return None
    rules = (
        _("Records are transferred only after the short test, by the field list of these terms."),
        _("Every record that does not arrive is found, explained or repaired; both sides sign the run."),
    )
    left = _("What is left behind on purpose is named and approved by a second person.")
    return [Grid((_("Source"), _("Who answers for it"), _("Due"), _("Records")), rows), Bullets(rules), Paragraph(left)]
