"""Incentives: rewards in kind first, then the variable part of pay, its runs and statements."""
