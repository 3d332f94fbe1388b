"""Deontic statements: who must, may, must not or need not do what, for whom, and under which conditions."""

from contracts.text.obligations.finder import contract_obligations, find_obligations, own_statements

__all__ = ["contract_obligations", "find_obligations", "own_statements"]
