"""Tables as files: csv for programs, xlsx for people. Text in them is never a formula."""

from helpers.tabular.csv_file import table_csv
from helpers.tabular.workbook import tables_workbook

__all__ = ["table_csv", "tables_workbook"]
