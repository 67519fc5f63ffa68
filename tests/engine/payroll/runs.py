"""Runs for tests."""

from datetime import date

from implement.engine.payroll import LodasSettings, PayrollRow, PayrollRun

LODAS = LodasSettings(adviser_number=1_234_567, client_number=10_001, processing_key="2")
ALICE = PayrollRow("alice", "00042", "Alice Weiß", "2001", 123_456, "4711")
BOB = PayrollRow("bob", "00043", "Bob", "2001", -5_050)


def a_run(*rows: PayrollRow, minor_digits: int = 2, currency: str = "EUR") -> PayrollRun:
    """A run for May 2026; of Alice and Bob, unless said otherwise."""
    return PayrollRun("2026-05-v1", date(2026, 5, 1), currency, minor_digits, rows or (ALICE, BOB))
