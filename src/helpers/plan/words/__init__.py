"""The words of a report, and the meanings of status words."""
