"""What Qt's own file dialog leaves in English or in the computer's other language: kinds, sizes and dates of files.

It is used only where the desktop has no dialog of its own to lend (UOS, bare X11).
"""

from __future__ import annotations

from PySide6.QtCore import QFileInfo, QLocale, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import (
    QFileDialog,
    QFileIconProvider,
    QFileSystemModel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

_SIZE, _KIND, _CHANGED = 1, 2, 3
_CHINESE = QLocale(QLocale.Language.Chinese, QLocale.Country.China)


_kinds: ChineseKinds | None = None


class ChineseKinds(QFileIconProvider):
    """The icons as they are; a folder is called 文件夹."""

    def type(self, info: QFileInfo) -> str:
        """The words of the column 类型."""
        return "文件夹" if info.isDir() else super().type(info)


class ChineseCells(QStyledItemDelegate):
    """Sizes in KB and MB, dates as 2026年4月3日 10:20, whatever the computer's language is."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Put our words in place of the model's."""
        super().initStyleOption(option, index)
        model = index.model()
        if not isinstance(model, QFileSystemModel) or not isinstance(index, QModelIndex):
            return
        if index.column() == _CHANGED:
            day, time = model.lastModified(index).date(), model.lastModified(index).time()
            option.text = f"{day.year()}年{day.month()}月{day.day()}日 {time.hour()}:{time.minute():02d}"
        elif index.column() == _SIZE and not model.isDir(index):
            style = QLocale.DataSizeFormat.DataSizeTraditionalFormat
            size = _CHINESE.formattedDataSize(model.size(index), 0, style).replace("kB", "KB")
            option.text = size


def speak_of_files(dialog: QFileDialog) -> None:
    """Give the list of a dialog these words; a dialog of the desktop's own is left as it is."""
    global _kinds
    if _kinds is None:
        _kinds = ChineseKinds()  # no dialog owns it
    dialog.setIconProvider(_kinds)
    dialog.setItemDelegate(ChineseCells(dialog))
    rows = dialog.findChild(QTreeView)
    if rows is not None:
        for column, words in ((_KIND, "Excel 2007 电子表格"), (_CHANGED, "2026年12月30日 00:00")):
            rows.header().resizeSection(column, rows.fontMetrics().horizontalAdvance(words) + 16)
