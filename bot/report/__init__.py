"""The page about a run that a tester sends to the head of the office."""

from bot.report.page import write_report

__all__ = ["write_report"]
