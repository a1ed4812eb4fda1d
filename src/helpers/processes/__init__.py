"""Child processes that answer requests: one keeper on our side, messages over two pipes, one way to read them there."""
