"""Publication of reports and their list, each as a whole or not at all, and the locks that keep builds apart."""
