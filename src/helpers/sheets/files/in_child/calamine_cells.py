"""Read the cells of an xlsx or ods with calamine; ``cells_as_json`` loads this in a process of its own."""

from __future__ import annotations

import io

TYPE_CHECKING = False
if TYPE_CHECKING:
    from helpers.sheets.files.in_child.cells_as_json import Output


def read(data: bytes, output: Output) -> None:
    """Hand over every worksheet."""
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, load_workbook

    try:
        workbook = load_workbook(io.BytesIO(data))
        for index, metadata in enumerate(workbook.sheets_metadata):
            if metadata.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_index(index)
            last_row, last_column = sheet.end or (-1, -1)
            output.check_size(metadata.name, (last_row + 1) * (last_column + 1))
            output.add(metadata.name, sheet.to_python(skip_empty_area=False))
    except PasswordError:
        raise output.refuse("password") from None
    except CalamineError:
        raise output.refuse("corrupt") from None
