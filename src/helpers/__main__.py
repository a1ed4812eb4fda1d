"""``python -m helpers`` is the command ``gyokaku``."""

from helpers.cli import main

if __name__ == "__main__":
    main()
