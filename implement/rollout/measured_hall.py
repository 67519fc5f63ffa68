"""What the hall itself measures about people, and how everything measured is said on pages."""

from implement.rollout.registries import Measured
from implement.rollout.service.measured import Limits
from implement.web.texts import _, day, lazy, number

GROUNDS = {
    "DE": lazy("Works agreement (§ 87 (1) no. 6 BetrVG) and § 26 BDSG with Art. 6 (1) GDPR"),
    "PL": lazy("Art. 22³ of the Labour Code with the notice it asks for, and Art. 6 (1) GDPR"),
    "RU": lazy("Chapter 14 of the Labour Code and Law 152-FZ on personal data"),
    "EU": lazy("Art. 6 (1) GDPR and the national law on employment"),
}
"""On which law the product's rules lean; rules of the product, not legal advice."""


def list_measured() -> list[Measured]:
    """The hall's own."""
    return [
        Measured(
            "usage_days", lazy("Use of the CRM by person and day"),
            lazy("to see where the rollout needs help, and to count well-kept records"),
            lazy("heads of their own team (pseudonym, by name only where agreed), consultant and lead (pseudonym), "
                 "everybody their own"),
            ("usage_days",),
        ),
        Measured(
            "looks", lazy("Who looked at whose figures"), lazy("so that everybody can read who looked"),
            lazy("everybody their own; counts for all"), ("looks",),
        ),
        Measured(
            "access", lazy("Links and tokens with which people and programs come in"),
            lazy("to explain who came in, by which link or program"), lazy("administrator and lead"),
            ("links", "api_tokens"),
        ),
    ]  # fmt: skip


def say_answer(count: int, limits: Limits) -> str:
    """How many things are measured, and on what."""
    if limits.since is None:
        return _("%(count)s things about people are kept; no agreement is in force, so nobody is evaluated by name.",
                 count=number(count))  # fmt: skip
    said = {"count": number(count), "day": day(limits.since)}
    return _("%(count)s things about people are kept, under the agreement in force since %(day)s.", **said)


def list_limits(limits: Limits) -> list[tuple[str, bool]]:
    """Each limit as it is enforced now: a sentence, and whether it is open."""
    return [
        (_("Figures of single people by name") if limits.is_named else _("No figures of single people by name"),
         limits.is_named),
        (_("Calls and mails are counted by team") if limits.covers_calls else _("Calls and mails are not counted"),
         limits.covers_calls),
        (_("Unusual views and exports are shown under pseudonyms") if limits.covers_looks
         else _("Unusual views and exports are not evaluated"), limits.covers_looks),
    ]  # fmt: skip
