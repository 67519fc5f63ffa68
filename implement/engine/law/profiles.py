"""The legal profiles: what each country adds to the rules that hold everywhere."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class LegalProfile:
    """What the law of a country adds: the days of notice before monitoring starts and whether an agreement is needed
    (R6, R7); the largest share of a month's pay by which a bonus may fall (R2); whether an earned bonus may be taken
    back (R5); whether grounds need size and terms, and whether a bonus falls only for the month in which a sanction was
    imposed (R2); whether the council approves what measures people (R6).
    """

    code: str
    notice_days: int
    needs_agreement: bool
    second_signer: str
    largest_share_of_pay: Decimal | None = None
    takes_back_earned: bool = True
    demands_size_and_terms: bool = False
    falls_for_a_sanction: bool = False
    council_approves_kpis: bool = False


# RU: article 135 (3) of the Labour Code as of law 144-FZ of 07.06.2025: a bonus falls for a disciplinary sanction only
# where it is due for the period in which that was imposed, and a month's pay by 20 % at most.
PROFILES = {
    "DE": LegalProfile(
        "DE", notice_days=0, needs_agreement=True, second_signer="council", takes_back_earned=False,
        council_approves_kpis=True,
    ),
    "PL": LegalProfile("PL", notice_days=14, needs_agreement=True, second_signer="representative"),
    "RU": LegalProfile(
        "RU", notice_days=0, needs_agreement=True, second_signer="representative",
        largest_share_of_pay=Decimal("0.20"), demands_size_and_terms=True, falls_for_a_sanction=True,
    ),
    "EU": LegalProfile("EU", notice_days=0, needs_agreement=True, second_signer="privacy_contact"),
}  # fmt: skip
