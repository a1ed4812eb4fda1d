"""Words: what a report calls things, and what the words of statuses say."""
