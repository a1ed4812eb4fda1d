"""The list of reports: what it tells, whether reports fit their data, and when it is written."""
