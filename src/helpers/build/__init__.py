"""From the sheets of a year to its published report: papermill runs, exports, atomic publication.

The path of one report::

    inputs       the bytes of everything the report is made from, read once
      | workspace    a private copy of them, in which the kernels work
      | runner       notebooks/ingest.ipynb, then notebooks/annual_report.ipynb, by papermill
      | job          executed notebook -> HTML, PDF, tables: bytes in, bytes out
    publication  the report's folder, swapped in as a whole

``builder`` does it for many targets of many plans, through one window; a crew makes the reports: the ``workers`` of this
computer, or those of a ``cluster``; ``manifest`` records what a report was made from.
"""
