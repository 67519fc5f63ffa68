"""Commission on a base, by bands that begin where the one before ends; an edge belongs to the upper band."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from implement.engine.pay.plan import Band, Commission, CommissionKind


@dataclass(frozen=True)
class BandPay:
    """What one band pays: its rate on so much of the base, in whole units of the currency."""

    band: Band
    base: Fraction

    @property
    def amount(self) -> Fraction:
        """The exact amount."""
        return self.band.rate * self.base


def price_bands(commission: Commission) -> tuple[BandPay, ...]:
    """What each band that was reached pays; the whole kind has one band for all of the base."""
    reached = [band for band in commission.bands if band.low <= commission.base]
    if commission.kind is CommissionKind.WHOLE:
        return (BandPay(reached[-1], commission.base),)
    ends = [upper.low for _, upper in pairwise(reached)]
    return tuple(BandPay(band, end - band.low) for band, end in zip(reached, [*ends, commission.base], strict=True))


def price_commission(commission: Commission) -> Fraction:
    """The commission, exact, in whole units of the currency."""
    return sum((paid.amount for paid in price_bands(commission)), Fraction(0))
