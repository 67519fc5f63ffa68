"""Numbers as people and programs write them: decimal mark, grouping, currency, exponent, brackets for minus."""

from dataclasses import dataclass

CURRENCY = (
    r"(?:US\$|C\$|A\$|[$€£¥₽₴₸]|zł|zl|EUR|USD|GBP|CHF|PLN|RUB|RUR|UAH|KZT|BYN|CZK|SEK|NOK|DKK|Fr\.|kr|руб\.?|р\.)"
)
SPACES = "[ \u00a0\u2007\u2009\u202f]"
SIGN = "[-+\u2212]"


@dataclass(frozen=True)
class NumberFormat:
    """One way to write a number; `group` is the class of grouping marks, empty when digits stand together."""

    name: str
    decimal: str
    group: str

    @property
    def pattern(self) -> str:
        """The whole cell: sign or brackets, currency before or after, body, exponent."""
        body = rf"(?:0|[1-9]\d{{0,2}}(?:{self.group}\d{{3}})+|[1-9]\d*)" if self.group else r"(?:0|[1-9]\d*)"
        if self.decimal:
            mark = "\\" + self.decimal
            body = rf"(?:{body}(?:{mark}\d*)?|{mark}\d+)(?:[eE][+-]?\d{{1,3}})?"
        money = rf"(?:{CURRENCY}{SPACES}?)?"
        money_after = rf"(?:{SPACES}?{CURRENCY})?"
        signed = rf"{SIGN}?{SPACES}?{money}{SIGN}?{body}{money_after}-?"
        return rf"^(?:{signed}|\({money}{body}{money_after}\))$"


NUMBER_FORMATS = {
    written.name: written
    for written in (
        NumberFormat("1234", "", ""),
        NumberFormat("1234.56", ".", ""),
        NumberFormat("1234,56", ",", ""),
        NumberFormat("1,234.56", ".", ","),
        NumberFormat("1.234,56", ",", r"\."),
        NumberFormat("1 234,56", ",", SPACES),
        NumberFormat("1 234.56", ".", SPACES),
        NumberFormat("1'234.56", ".", "['\u2019]"),
    )
}
"""Every known writing by name; where two parse the same values the earlier one is preferred."""
