"""The history of a plan year by year: its sheets, counts, courses, movements."""
