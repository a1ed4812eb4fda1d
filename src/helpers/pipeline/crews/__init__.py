"""Whoever makes reports: the cores of this computer, and what keeps them light."""
