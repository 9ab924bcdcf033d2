"""Giving an answer: what the output can show, where it goes, and what it may not overwrite."""
