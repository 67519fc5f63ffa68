"""Beta and Gamma posteriors: distribution functions and seeded draws, on whole arrays, with numpy alone."""

import hashlib
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

_TINY = 1e-300
_STEPS = 400
_CLOSE = 1e-12
_LANCZOS = (
    76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2,
    -0.5395239384953e-5,
)  # fmt: skip


def log_gamma(x: Values) -> Values:
    """ln Γ(x) for x > 0 (Lanczos), good to ten digits."""
    base = x + 5.5
    base = base - (x + 0.5) * np.log(base)
    series = np.full_like(x, 1.000000000190015)
    for step, factor in enumerate(_LANCZOS, start=1):
        series = series + factor / (x + step)
    found: Values = -base + np.log(2.5066282746310005 * series / x)
    return found


def beta_cdf(x: Values, a: Values, b: Values) -> Values:
    """P(share < x) for a share that follows Beta(a, b); 0 below 0, 1 above 1."""
    x, a, b = (np.asarray(each, np.float64) for each in np.broadcast_arrays(x, a, b))
    inside = np.clip(x, 1e-15, 1 - 1e-15)
    swap = inside > (a + 1) / (a + b + 2)
    u, v, y = np.where(swap, b, a), np.where(swap, a, b), np.where(swap, 1 - inside, inside)
    front = np.exp(log_gamma(u + v) - log_gamma(u) - log_gamma(v) + u * np.log(y) + v * np.log1p(-y)) / u
    part = front * _continued_fraction(lambda step: _beta_step(step, y, u, v))
    found = np.where(swap, 1 - part, part)
    return np.clip(np.where(x <= 0, 0.0, np.where(x >= 1, 1.0, found)), 0.0, 1.0)


def gamma_cdf(x: Values, shape: Values, rate: Values) -> Values:
    """P(pace < x) for a pace that follows Gamma(shape, rate)."""
    shape, y = (np.asarray(each, np.float64) for each in np.broadcast_arrays(shape, np.asarray(x) * rate))
    y = np.maximum(y, _TINY)
    front = np.exp(-y + shape * np.log(y) - log_gamma(shape))
    term = np.ones_like(y) / shape
    total = term.copy()
    for step in range(1, _STEPS):
        term = term * y / (shape + step)
        total = total + term
    by_series = front * total
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):  # the branch that is not taken may overflow
        tail = front / np.maximum(y, _TINY) * _continued_fraction(lambda step: _gamma_step(step, y, shape))
    return np.clip(np.where(y < shape + 1, by_series, 1 - tail), 0.0, 1.0)


def seed_of(*evidence: float) -> int:
    """A seed that depends on the evidence alone, so that order, threads and names change no draw."""
    text = ";".join(f"{value:.9g}" for value in evidence)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def ends_of(draws: Values, low: float, high: float) -> tuple[float, float]:
    """Two quantiles of draws with one sort, interpolated between neighbours."""
    ranked = np.sort(draws)
    places = (low * (len(ranked) - 1), high * (len(ranked) - 1))
    below = [int(place) for place in places]
    ends = [
        float(ranked[n] + (place - n) * (ranked[min(n + 1, len(ranked) - 1)] - ranked[n]))
        for n, place in zip(below, places, strict=True)
    ]
    return ends[0], ends[1]


def _continued_fraction(step: Callable[[int], Values]) -> Values:
    """Evaluate 1/(1 + s1/(1 + s2/(1 + …))) from the top (Lentz) until no element changes any more."""
    upper = np.ones_like(step(1))
    lower, found = np.zeros_like(upper), np.ones_like(upper)
    for number in range(1, _STEPS):
        term = step(number)
        lower = 1 + term * lower
        lower = 1 / np.where(np.abs(lower) < _TINY, _TINY, lower)
        upper = 1 + term / np.where(np.abs(upper) < _TINY, _TINY, upper)
        change = upper * lower
        found = found * change
        if number > 3 and np.all(np.abs(change - 1) < _CLOSE):
            break
    return 1 / found


def _beta_step(step: int, x: Values, a: Values, b: Values) -> Values:
    half = step // 2
    if step % 2:
        return -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
    return half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))


def _gamma_step(step: int, y: Values, shape: Values) -> Values:
    half = (step + 1) // 2
    return (half - shape) / y if step % 2 else half / y
