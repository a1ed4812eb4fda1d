"""The list of reports, ``reports/index.html``."""
