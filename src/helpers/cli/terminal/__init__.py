"""Parts that all commands share: options, messages, progress, files that a command writes."""
