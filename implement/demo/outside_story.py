"""The demonstration's ways round the CRM: three that are known, each with its measure, rule and owner."""

from datetime import timedelta

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.rollout.service.rollouts import local_day
from implement.stages.adoption.service.bypasses import list_bypasses, note_bypass, write_bypass
from implement.store import Store
from implement.web.access import Role

WAYS = (
    (
        "Notes of visits entered once a week",
        "Entry by phone right after the visit: three fields, voice instead of typing",
        "A visit counts from the day it is entered",
        "late",
        (("open", None, "Seen in two teams."),),
    ),
    (
        "Price list in a shared spreadsheet",
        "Prices come from the accounting system into the CRM every night",
        "Offers are valid only when they were made from the CRM",
        "",
        (("open", 64, "Counted by the file's version history."), ("narrowed", 11, "The file is read-only now.")),
    ),
    (
        "Requests answered from private mailboxes",
        "Mail is attached to the client by the plug-in",
        "The signature names the firm's address only",
        "",
        (("open", 9, "Asked in the weekly meeting."), ("closed", 0, "None in four weeks.")),
    ),
)


def tell(rollout_id: int, store: Store) -> bool:
    """Write the ways down with their history; False when that was done before."""
    if list_bypasses(rollout_id):
        return False
    now, head, lead = utc_now(), login_of(Role.HEAD), login_of(Role.LEAD)
    for name, measure, rule, source, notes in WAYS:
        asked = {"name": name, "technical_measure": measure, "rule": rule, "source": source}
        row = write_bypass(rollout_id, **asked, owner_id=head.id, by=lead, now=now)
        for place, (state, still_used, text) in enumerate(notes):
            then = now - timedelta(days=21 * (len(notes) - place) - 14)
            at = {"by": head, "now": then, "today": local_day(rollout_id, then)}
            note_bypass(row, state=state, still_used=still_used, text=text, **at)  # type: ignore[arg-type]
    return True
