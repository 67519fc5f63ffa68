"""What pay keeps about people, by class; pay documents by statute of the rollout's legal profile.

Germany: what is handed to payroll is a voucher of the books, eight years (§ 147 Abs. 3 AO, § 257 Abs. 4 HGB as the
fourth Bürokratieentlastungsgesetz, BGBl. 2024 I Nr. 323, has them since 1.1.2025; ten before). The wage account alone
would go at the end of the sixth calendar year after the payment (§ 41 Abs. 1 Satz 9 EStG, which goes before § 147
AO). Poland: ten years from the end of the calendar year in which the person left (art. 94 pkt 9b Kodeks pracy; art.
125a ust. 4a of the act on pensions from FUS), for whoever was hired after 2018; taxes ask for less, five years. For
people hired before 2019 it is 50 years unless their employer has reported to ZUS (art. 7 of the act of 10.1.2018):
the lead then says a longer period. Russia: six years from 1 January of the next year, the longest of three:
accounting documents five (art. 29 (1) of law 402-FZ), what insurance contributions are reckoned from six (art. 23
(3.4) 6 of the Tax Code), payrolls and pay slips six (list of Rosarkhiv's order 236 of 20.12.2019, item 295). Where
nobody keeps personal accounts these are documents on staff and stay 50 years (the note to item 295; art. 22.1 of law
125-FZ): the lead then says a longer period. Elsewhere the longest of DE and PL until the lead says otherwise. Rules
of the product, not legal advice.
"""

from implement.control.incentives.service import forgetting, keeping, pay_held
from implement.rollout.service.retention import RetentionClass
from implement.web.texts import lazy

THIRTEEN_MONTHS, A_MONTH = 396, 30
FIVE_YEARS, SIX_YEARS, EIGHT_YEARS, TEN_YEARS = 1_826, 2_192, 2_922, 3_653
BY_LAW = {"DE": EIGHT_YEARS, "PL": TEN_YEARS, "RU": SIX_YEARS}
LAWS = {
    "DE": "§ 147 Abs. 3 AO, § 257 Abs. 4 HGB; § 41 Abs. 1 Satz 9 EStG",
    "PL": "art. 94 pkt 9b Kodeks pracy; art. 125a ust. 4a ustawy o emeryturach i rentach z FUS",
    "RU": "пп. 6 п. 3.4 ст. 23 НК РФ; ст. 29 закона 402-ФЗ; приказ Росархива № 236, ст. 295; ст. 22.1 закона 125-ФЗ",
}


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
            pay_held.hold_statements, pay_held.dispose_statements, FIVE_YEARS, BY_LAW, LAWS,
        ),
        RetentionClass(
            "pay_reductions", lazy("Reductions of the variable part, and what people said of them"),
            lazy("because the law on pay documents asks for it, from the end of the year"), TEN_YEARS,
            pay_held.hold_reductions, pay_held.dispose_reductions, FIVE_YEARS, BY_LAW, LAWS,
        ),
        RetentionClass(
            "pay_simulations", lazy("Sheets of targets that were handed in to be simulated"),
            lazy("to read again what a sheet would have paid"), A_MONTH, forgetting.hold_simulations,
            forgetting.dispose_simulations,
        ),
    ]  # fmt: skip
