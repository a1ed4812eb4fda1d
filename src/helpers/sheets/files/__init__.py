"""Bytes to cells as they are shown: a module a format, the limits, the child process."""
