"""The mail that tells somebody that a case of the transfer is theirs now."""

from datetime import datetime

from flask import url_for

from implement.rollout.service.accounts import get_user
from implement.rollout.service.log import Actor
from implement.rollout.service.outbox import post_mail
from implement.stages.transfer.case_words import say_case
from implement.stages.transfer.tables import Case
from implement.web.texts import _, day, in_language


def tell_new_owner(case: Case, before: int | None, *, by: Actor, now: datetime) -> bool:
    """Write to whoever became the owner, in their language; nobody is told twice, nor of what they did themselves."""
    if case.owner_id is None or case.due is None or case.owner_id in (before, by.id):
        return False
    owner = get_user(case.owner_id)
    url = url_for("transfer.show_case", rollout_id=case.rollout_id, number=case.number, _external=True)
    with in_language(owner.language or "en"):
        said = {"number": case.number, "case": say_case(case), "by": by.name, "due": day(case.due), "url": url}
        subject = _("Case %(number)s of the transfer is yours", **said)
        asked = _("%(by)s gave you a case of the data transfer, to be repaired by %(due)s:", **said)
        body = f"{asked}\n\n{said['case']}\n\n{url}"
    return post_mail(f"transfer-case:{case.id}:{case.version}", to=owner.email, subject=subject, body=body, now=now)
