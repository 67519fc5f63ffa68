"""Beta and Gamma posteriors: distribution functions, quantiles and moments on whole arrays, with numpy alone.

Nothing is drawn: order, threads, names and machines change no figure.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

_TINY = 1e-300
_STEPS = 400
_CLOSE = 1e-12
_QUANTILE_STEPS = 60
_QUANTILE_CLOSE = 1e-7
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
    near = y < shape + 1
    found = np.empty_like(y)
    found[near] = front[near] * _series(y[near], shape[near])
    far_y, far_shape = y[~near], shape[~near]
    found[~near] = 1 - front[~near] / far_y * _continued_fraction(lambda step: _gamma_step(step, far_y, far_shape))
    return np.clip(found, 0.0, 1.0)


def beta_quantile(share: float | Values, a: Values, b: Values) -> Values:
    """Below which share a share that follows Beta(a, b) lies so likely."""
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    front = log_gamma(a + b) - log_gamma(a) - log_gamma(b)

    def density(x: Values, kept: npt.NDArray[np.intp]) -> Values:
        return np.exp(front[kept] + (a[kept] - 1) * np.log(x) + (b[kept] - 1) * np.log1p(-x))

    return _invert(share, lambda x, kept: beta_cdf(x, a[kept], b[kept]), density, a / (a + b), np.ones_like(a))


def gamma_quantile(share: float, shape: Values, rate: Values) -> Values:
    """Below which pace a pace that follows Gamma(shape, rate) lies so likely."""
    shape = np.asarray(shape, np.float64)
    front, one = log_gamma(shape), np.ones(1)

    def density(x: Values, kept: npt.NDArray[np.intp]) -> Values:
        return np.exp((shape[kept] - 1) * np.log(x) - x - front[kept])

    most = shape + 20 * np.sqrt(shape) + 40
    found = _invert(share, lambda x, kept: gamma_cdf(x, shape[kept], one), density, shape, most)
    return found / rate


@dataclass(frozen=True)
class Reach:
    """How much of the peers' level, at most all of it, will be reached: mean and variance, and how likely all of it."""

    mean: Values
    variance: Values
    all: Values


def reach_by_beta(peer: Values, a: Values, b: Values) -> Reach:
    """What min(1, share / peer) will be for a share that follows Beta(a, b)."""
    below = beta_cdf(peer, a, b)
    step = np.exp(log_gamma(a + b) - log_gamma(a + 1) - log_gamma(b) + a * np.log(peer) + b * np.log1p(-peer))
    once = below - step  # I(a + 1, b), and from that I(a + 2, b)
    twice = once - step * peer * (a + b) / (a + 1)
    mean, square = a / (a + b), a * (a + 1) / ((a + b) * (a + b + 1))
    return _reach(mean * once / peer, square * twice / peer**2, 1 - below)


def reach_by_gamma(peer: Values, shape: Values, rate: Values) -> Reach:
    """What min(1, pace / peer) will be for a pace that follows Gamma(shape, rate)."""
    y = peer * rate
    below = gamma_cdf(peer, shape, rate)
    step = np.exp(shape * np.log(y) - y - log_gamma(shape + 1))
    once = below - step
    twice = once - step * y / (shape + 1)
    return _reach(shape * once / y, shape * (shape + 1) * twice / y**2, 1 - below)


def share_of_days_ahead(days: int, a: Values, b: Values) -> Values:
    """How likely each number of active days among so many is, from 0 on, where each is active by Beta(a, b)."""
    k, a, b = np.arange(days + 1, dtype=np.float64), a[:, None], b[:, None]
    ways = log_gamma(np.full(1, days + 1.0)) - log_gamma(k + 1) - log_gamma(days - k + 1)
    either = log_gamma(a + k) + log_gamma(b + days - k) - log_gamma(a + b + days)
    return np.exp(ways + either + log_gamma(a + b) - log_gamma(a) - log_gamma(b))


def _reach(below: Values, below_square: Values, above: Values) -> Reach:
    mean = np.clip(below, 0, 1) + above
    return Reach(mean, np.maximum(0.0, np.clip(below_square, 0, 1) + above - mean**2), above)


def _invert(
    share: float | Values,
    cdf: Callable[[Values, npt.NDArray[np.intp]], Values],
    density: Callable[[Values, npt.NDArray[np.intp]], Values],
    start: Values,
    most: Values,
) -> Values:
    """Where a distribution function reaches a share: Newton's steps, halving wherever one would leave what is left."""
    found, low, high = start.copy(), np.zeros_like(start), most.copy()
    wanted, kept = np.broadcast_to(share, start.shape), np.arange(len(start))
    for _ in range(_QUANTILE_STEPS):
        x = found[kept]
        over = cdf(x, kept) - wanted[kept]
        low[kept], high[kept] = np.where(over < 0, x, low[kept]), np.where(over < 0, high[kept], x)
        with np.errstate(all="ignore"):  # a step into nowhere is not taken
            step = x - over / density(x, kept)
        is_inside = (step > low[kept]) & (step < high[kept])
        found[kept] = np.where(is_inside, step, (low[kept] + high[kept]) / 2)
        kept = kept[np.abs(found[kept] - x) > _QUANTILE_CLOSE * np.maximum(1.0, x)]
        if not len(kept):
            break
    return found


def _series(y: Values, shape: Values) -> Values:
    """The sum of y^n Γ(a) / Γ(a + 1 + n) until no element changes any more."""
    term = 1 / shape
    total = term.copy()
    for step in range(1, _STEPS):
        term = term * y / (shape + step)
        total = total + term
        if np.all(term < _CLOSE * total):
            break
    return total


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
