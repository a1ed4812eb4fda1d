"""What the notebooks and the command `gyokaku` are made of."""
