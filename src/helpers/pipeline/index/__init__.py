"""The list of reports: its contents, whether reports fit their data, and when the list is written."""
