"""The process that reads workbooks: who starts it, the script that it runs, and the readers that the script loads."""
