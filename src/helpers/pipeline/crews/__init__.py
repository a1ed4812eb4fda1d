"""Crews make reports: the interface, and the crew of this computer's cores."""
