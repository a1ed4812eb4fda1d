"""Proof of published reports: readers of pages and PDFs that share nothing with their writers, the gate, ``diff``."""
