"""What pay keeps about people, by class; pay documents by statute of the rollout's legal profile.

Germany: the wage account to the end of the sixth calendar year after the payment (§ 41 Abs. 1 Satz 9 EStG, which goes
before § 147 AO). Poland: ten years from the end of the calendar year in which the person left (art. 94 pkt 9b Kodeks
pracy; art. 125a ust. 4a of the act on pensions from FUS, for whoever was insured there after 2018). Russia: six years
from 1 January of the next year, the longest of three: accounting documents five years (art. 29 of law 402-FZ), what
insurance contributions are reckoned from six (art. 23 (3.4) 6 of the Tax Code), payrolls six where personal accounts
are kept elsewhere (list of Rosarkhiv's order 236 of 20.12.2019, item 295). Where nobody keeps personal accounts these
are documents on staff and stay 50 years (art. 22.1 of law 125-FZ): the lead then says a longer period. Elsewhere the
longest of DE and PL until the lead says otherwise; what an older law or a tax audit keeps longer is said by a longer
period. Rules of the product, not legal advice.
"""

from implement.control.incentives.service import forgetting, keeping, pay_held
from implement.rollout.service.retention import RetentionClass
from implement.web.texts import lazy

THIRTEEN_MONTHS, A_MONTH = 396, 30
FIVE_YEARS, SIX_YEARS, TEN_YEARS = 1_826, 2_192, 3_653
BY_LAW = {"DE": SIX_YEARS, "PL": TEN_YEARS, "RU": SIX_YEARS}


def list_classes() -> list[RetentionClass]:
    """The room's classes."""
    return [
        RetentionClass(
            "rewards", lazy("Rewards in kind under rules that have ended"),
            lazy("so that everybody can read what was granted, and by whom"), THIRTEEN_MONTHS, keeping.hold_rewards,
            keeping.dispose_rewards,
        ),
        RetentionClass(
            "pay_runs", lazy("Statements of the variable part, with objections and all that they rest on"),
            lazy("because the law on pay documents asks for it, from the end of the year"), TEN_YEARS,
            pay_held.hold_statements, pay_held.dispose_statements, FIVE_YEARS, BY_LAW,
        ),
        RetentionClass(
            "pay_reductions", lazy("Reductions of the variable part, and what people said of them"),
            lazy("because the law on pay documents asks for it, from the end of the year"), TEN_YEARS,
            pay_held.hold_reductions, pay_held.dispose_reductions, FIVE_YEARS, BY_LAW,
        ),
        RetentionClass(
            "pay_simulations", lazy("Sheets of targets that were handed in to be simulated"),
            lazy("to read again what a sheet would have paid"), A_MONTH, forgetting.hold_simulations,
            forgetting.dispose_simulations,
        ),
    ]  # fmt: skip
