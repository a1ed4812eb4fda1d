"""The inputs of a report, and whether the published report was made from exactly these."""
