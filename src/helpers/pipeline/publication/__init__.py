"""What readers get, written whole or not at all: reports, the list of them, and the locks that keep builds apart."""
