"""Judge a command: `python -m tests.evaluators.transfer.evaluate --size 2000 --mode keyed --command "…"`."""

import argparse
import csv
import resource
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.evaluators.transfer.modes import MODES, Trial, build_trial
from tests.evaluators.transfer.scoring import BENIGN, FAULT_CLASSES, Score, is_sorted, read_findings, score_findings
from tests.evaluators.transfer.writing import FORMATS, source_exports, target_exports, write_exports

ENCODINGS_OF_FEW_LANGUAGES = {
    "cp1252": ("de", "en"), "latin-1": ("de",), "cp1250": ("pl", "de"), "cp1251": ("ru",), "koi8-r": ("ru",),
    "cp866": ("ru",)}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What a command did: its exit code, its findings, its cost."""

    exit_code: int
    findings: Path
    cpu_seconds: float
    wall_seconds: float
    peak_mb: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the trial, run the command on it, print the table."""
    asked = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(asked.keep or scratch)
        modes = list(MODES) if asked.mode == "all" else asked.mode.split(",")
        for mode in modes:
            _judge(mode, asked, folder / mode)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, epilog="; ".join(f"{k}: {v.says}" for k, v in MODES.items()))
    parser.add_argument("--size", type=int, default=2000, help="contacts of the firm (2.35 rows each in other tables)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mode", default="keyed", help=f"all, or some of {', '.join(MODES)}")
    parser.add_argument(
        "--command", help="judged as: COMMAND SOURCE TARGET --out FINDINGS.csv; without it files are only written"
    )
    parser.add_argument("--keep", help="folder in which the files stay")
    parser.add_argument("--format", default="csv", choices=FORMATS, help="of the target's files")
    parser.add_argument("--source-format", default="csv", choices=FORMATS)
    parser.add_argument(
        "--encoding", default="utf-8-sig", help="of the target's CSV; few-language ones limit the languages"
    )
    parser.add_argument("--separator", default=";", help="of the target's CSV")
    parser.add_argument("--show", type=int, default=0, help="print so many missed and false findings of each class")
    return parser


def _judge(mode: str, asked: argparse.Namespace, folder: Path) -> None:
    languages = ENCODINGS_OF_FEW_LANGUAGES.get(asked.encoding, ("de", "pl", "ru", "en"))
    trial = build_trial(mode, asked.size, asked.seed, languages)
    source, target = folder / "source", folder / "target"
    write_exports(source_exports(trial), source, asked.source_format)
    write_exports(target_exports(trial), target, asked.format, asked.encoding, asked.separator)
    write_truth(trial, folder / "truth.csv")
    print(f"\n== {mode}: {MODES[mode].says}; size {asked.size}, seed {asked.seed}, {asked.format}")
    if not asked.command:
        print(f"{len(trial.truth.instances)} instances planted, written to {folder}")
        return
    answer = run_command(asked.command, source, target, folder / "findings.csv")
    if not answer.findings.exists():
        print(f"no findings file, exit {answer.exit_code}")
        return
    score = score_findings(read_findings(answer.findings), trial.truth, trial.patterns)
    print_score(score, answer, trial)
    print_examples(score, asked.show)


def run_command(command: str, source: Path, target: Path, out: Path) -> Answer:
    """Run the judged command and measure it (its own CPU, its own peak)."""
    out.unlink(missing_ok=True)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    ended = subprocess.run(
        [*shlex.split(command), str(source), str(target), "--out", str(out)], stdout=subprocess.DEVNULL, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Answer(ended.returncode, out, cpu, time.monotonic() - start, after.ru_maxrss / 1024)


def write_truth(trial: Trial, path: Path) -> None:
    """One row per planted instance; where several addresses are right, one of them."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["table", "source_id", "target_id", "class", "field", "pattern", "addresses"])
        for one in trial.truth.instances:
            source, target, name = one.address
            writer.writerow([one.table, source, target, one.fault, name, one.pattern, len(one.accepted)])


def print_score(score: Score, answer: Answer, trial: Trial) -> None:
    """The table of classes and the figures below it."""
    print(f"{'class':<16}{'planted':>8}{'found':>8}{'false':>8}{'F1':>9}")
    for name in (*FAULT_CLASSES, "reformatted"):
        one = score.classes.get(name)
        if one:
            print(f"{name:<16}{one.planted:>8}{one.found:>8}{one.false:>8}{one.f1:>9.4f}")
    others = sorted(set(score.classes) - {*FAULT_CLASSES, "reformatted"})
    print(f"macro F1 {score.macro_f1:.4f} · noise {score.noise:.4%} of {score.records_reported} reported records")
    print(f"whole columns: {score.columns_found} of {score.columns_expected} found")
    print(f"whole columns reported without cause: {score.columns_false or 'none'}")
    print(f"reformatted without cause: {score.false_reformatted}" + (f" · unknown classes: {others}" if others else ""))
    for name, found in score.causes.items():
        print(f"cause {name}: {'found' if found else 'NOT FOUND'}")
    harmful = any(one.fault not in BENIGN for one in trial.truth.instances)
    fair = {int(harmful)} | ({1} if score.columns_optional else set())
    verdict = "right" if answer.exit_code in fair else f"WRONG, should be {int(harmful)}"
    sorting = "sorted" if is_sorted(answer.findings) else "NOT SORTED"
    print(f"exit {answer.exit_code} ({verdict}) · {sorting} · CPU {answer.cpu_seconds:.1f} s · wall "
          f"{answer.wall_seconds:.1f} s · peak {answer.peak_mb:.0f} MB")  # fmt: skip


def print_examples(score: Score, most: int) -> None:
    """Some missed and some false findings of each class."""
    for name in (*FAULT_CLASSES, "reformatted"):
        for planted in [one for one in score.missed if one.fault == name][:most]:
            print(f"missed {planted.table} {name} {planted.address}")
        for finding in [one for one in score.false if one.fault == name][:most]:
            print(f"false  {finding.table} {name} {finding.address} {finding.cause}")


if __name__ == "__main__":
    sys.exit(main())
