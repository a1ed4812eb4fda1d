"""What runs in the process that reads workbooks: a script and the readers that it loads; nothing here is imported."""
