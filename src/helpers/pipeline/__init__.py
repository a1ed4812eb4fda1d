"""From the sheets of a year to its published report: notebooks run, exports, atomic publication.

The path of one report::

    identity/    the bytes of everything the report is made from, read once; whether the published report is up to date
      | notebooks/   a private copy of them; notebooks/ingest.ipynb, then notebooks/annual_report.ipynb, by papermill
      | job          the story of a report: read, run, render, check, prove; bytes in, bytes out
    publication/ the report's folder, swapped in as a whole, and the list of all reports

``builder`` does this for many targets of many plans, with a limited number under way; a crew makes the reports: the
``workers`` of this computer, or those of a ``cluster``.
"""
