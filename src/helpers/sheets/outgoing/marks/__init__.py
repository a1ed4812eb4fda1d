"""Marks in a workbook that is otherwise left as it is: fills, comments, a worksheet of findings."""
