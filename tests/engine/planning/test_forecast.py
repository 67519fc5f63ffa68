"""The forecast of the end, tried on simulated rollouts whose end is known."""

import numpy as np

from implement.engine.planning import ForecastSettings, Progress, Step, forecast_end, lay_out_steps

SETTINGS = ForecastSettings(trials=400)
STEPS = [Step(f"s{n}", 5 + n % 4, (f"s{n - 1}",) if n else ()) for n in range(14)]
PLANNED = sum(step.days for step in STEPS)


def run_through(pace: float) -> dict[str, Progress]:
    """Every step done at the same pace."""
    progress, at = {}, 0
    for step in STEPS:
        end = at + round(step.days * pace)
        progress[step.id] = Progress(at, end, 1.0)
        at = end
    return progress


def first_steps(progress: dict[str, Progress], count: int) -> dict[str, Progress]:
    return dict(list(progress.items())[:count])


def test_before_anything_is_done_the_end_is_uncertain_around_the_plan() -> None:
    found = forecast_end(STEPS, {}, 0, SETTINGS)
    assert (found.planned, found.n, found.pace) == (PLANNED, 0, 1.0)
    assert found.low < PLANNED < found.high


def test_a_rollout_that_is_slow_from_the_start_ends_late() -> None:  # M24
    done = run_through(1.5)
    found = forecast_end(STEPS, first_steps(done, 7), done["s6"].end or 0, SETTINGS)
    assert found.low > PLANNED
    assert abs(found.middle - 1.5 * PLANNED) < 0.12 * PLANNED
    assert 1.4 < found.pace < 1.6


def test_the_more_is_done_the_narrower_the_range() -> None:
    done = run_through(1.0)
    widths = []
    for count in (0, 4, 8, 12):
        found = forecast_end(STEPS, first_steps(done, count), sum(s.days for s in STEPS[:count]), SETTINGS)
        widths.append(found.high - found.low)
    assert widths == sorted(widths, reverse=True)


def test_what_is_finished_is_finished() -> None:
    done = run_through(1.2)
    end = done["s13"].end or 0
    found = forecast_end(STEPS, done, end + 30, SETTINGS)
    assert found.low == found.middle == found.high == end


def test_an_open_step_cannot_be_over_before_today() -> None:
    found = forecast_end(STEPS, {"s0": Progress(0, None, 0.5)}, 300, SETTINGS)
    assert found.low > 300


def test_eight_of_ten_simulated_rollouts_end_within_the_range() -> None:
    """Each has its own pace and each step its own luck, as the method supposes; half of the steps are done."""
    chance, inside = np.random.default_rng(7), 0
    for _rollout in range(150):
        pace = chance.normal(0.15, 0.2)
        days = [max(1, round(step.days * float(np.exp(pace + chance.normal(0, 0.3))))) for step in STEPS]
        ends = np.cumsum(days)
        done = {s.id: Progress(int(end) - n, int(end), 1.0) for s, n, end in zip(STEPS[:7], days, ends, strict=False)}
        found = forecast_end(STEPS, done, int(ends[6]), SETTINGS)
        inside += found.low <= ends[-1] <= found.high
    assert 0.7 <= inside / 150 <= 0.92


def test_parallel_steps_wait_for_the_slowest() -> None:
    steps = [Step("a", 10), Step("b", 10), Step("end", 0, ("a", "b"))]
    alone = forecast_end([Step("a", 10)], {}, 0, SETTINGS)
    both = forecast_end(steps, {}, 0, SETTINGS)
    assert lay_out_steps(steps)["end"].end == 10
    assert both.middle > alone.middle
