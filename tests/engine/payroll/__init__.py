"""Tests of files for payroll."""
