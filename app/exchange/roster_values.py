"""What a cell of a roster means. ``UnreadableError`` says why not, never with what stands in the cell."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache

from app.domain.codes import check_id_number, tidy_code
from app.domain.printable import printable_name
from app.domain.representatives import Sex
from app.domain.roster import PostLevel, StaffEmployment
from app.exchange.spreadsheets import Cell, CellError


class UnreadableError(Exception):
    """A cell that cannot be read. ``refuses``: without it the row is not taken at all."""

    def __init__(self, reason: str, *, refuses: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.refuses = refuses


_FAILED = "公式出错，没有结果"
_EPOCH = date(1899, 12, 30)
_FIRST_DAY = date(1900, 1, 1)
_DATE = re.compile(r"([0-9]{4})(?:\s*[年./\-]\s*)([0-9]{1,2})(?:\s*[月./\-]\s*)([0-9]{1,2})\s*日?(?:[ T].*)?")
_PLAIN_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SCIENTIFIC = re.compile(r"[0-9.]+E\+?[0-9]+", re.I)
_PHONE = re.compile(r"\+?[0-9][0-9\-]{5,18}")
_BETWEEN_CJK = re.compile(r"(?<=[㐀-鿿])\s+(?=[㐀-鿿])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def read_text(cell: Cell) -> str:
    """Return the words of a cell, numbers as they are written."""
    if isinstance(cell, CellError):
        raise UnreadableError(_FAILED)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        cell = cell.date()
    return printable_name(" ".join(unicodedata.normalize("NFC", str(cell)).split())) if cell != "" else ""


def read_name(cell: Cell) -> str:
    """Return a name; blanks that only align two characters fall away."""
    try:
        words = read_text(cell)
    except UnreadableError as error:
        raise UnreadableError(error.reason, refuses=True) from None
    return _BETWEEN_CJK.sub("", words)


def read_id_number(cell: Cell) -> str:
    """Return an ID number of 18 characters; one of 15 is brought to 18 as GB 11643 says (19 and the check)."""
    if isinstance(cell, CellError):
        raise UnreadableError(_FAILED, refuses=True)
    if isinstance(cell, int | float) and abs(cell) >= 10**15:
        raise _lost()
    number = tidy_code(read_text(cell)).lstrip("'")
    if not number:
        return ""
    if _SCIENTIFIC.fullmatch(number) or "E+" in number:
        raise _lost()
    if re.fullmatch(r"[0-9]{15}", number):
        body = f"{number[:6]}19{number[6:]}"
        number = body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]
    elif re.search(r"[A-WYZ]", number):
        raise UnreadableError("不是身份证号，没有收这一格")
    problem = check_id_number(number)
    if problem is not None:
        raise UnreadableError(problem.split("。")[0], refuses=True)
    return number


def _lost() -> UnreadableError:
    return UnreadableError("被表格程序当成了数字，后几位已经丢了；把这一列设成文本，重新填", refuses=True)


def sex_of(id_number: str) -> Sex:
    """Return the sex the 17th digit tells (GB 11643: odd is male)."""
    return Sex.MALE if int(id_number[16]) % 2 else Sex.FEMALE


def born_of(id_number: str) -> date:
    """Return the date of birth within an ID number."""
    return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))


def read_date(cell: Cell) -> date | None:
    """Return a date: 2024年3月5日, 2024/3/5, 20240305, 2024.3.5, 2024-03-05 or a date of the spreadsheet."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and 1 < cell < 80_000:
        return _sane(_EPOCH + timedelta(days=int(cell)))
    return _date_of_words(unicodedata.normalize("NFKC", read_text(cell)))


@lru_cache(50_000)
def _date_of_words(words: str) -> date | None:
    if not words:
        return None
    found = _DATE.fullmatch(words) or _PLAIN_DATE.fullmatch(words)
    if found is None:
        raise UnreadableError("看不出是哪一天")
    try:
        return _sane(date(*map(int, found.groups())))
    except ValueError:
        raise UnreadableError("没有这一天") from None


def _sane(day: date) -> date:
    if day < _FIRST_DAY:
        raise UnreadableError("看不出是哪一天")
    return day


def read_sex(cell: Cell) -> Sex | None:
    """Return 男 or 女."""
    return _sex(_key(cell))


@lru_cache(1000)
def _sex(words: str) -> Sex | None:
    if not words:
        return None
    if words in ("男", "男性", "m", "male", "1"):
        return Sex.MALE
    if words in ("女", "女性", "f", "female", "2"):
        return Sex.FEMALE
    raise UnreadableError("看不出是男是女")


def read_level(cell: Cell) -> PostLevel | None:
    """Return 一线, 技术 or 管理."""
    return _level(_key(cell))


@lru_cache(1000)
def _level(words: str) -> PostLevel | None:
    if not words:
        return None
    if words == "是":  # of a column 是否一线
        return PostLevel.FRONTLINE
    for level, hints in (
        (PostLevel.FRONTLINE, ("一线", "生产", "操作", "工人", "普工", "技工", "基层", "服务人员", "辅助")),
        (PostLevel.TECHNICAL, ("技术", "研发", "工程", "专技")),
        (PostLevel.MANAGEMENT, ("管理", "干部", "中层", "高管", "行政", "职能", "领导")),
    ):
        if any(hint in words for hint in hints):
            return level
    raise UnreadableError("看不出是一线、技术还是管理")


def read_employment(cell: Cell) -> StaffEmployment | None:
    """Return 合同制, 劳务派遣 or 其他用工."""
    return _employment(_key(cell))


_OTHER_WORK = ("外包", "临时", "非全日", "劳务", "返聘", "实习", "见习", "其他", "学徒", "小时", "兼职")


@lru_cache(1000)
def _employment(words: str) -> StaffEmployment | None:
    if not words:
        return None
    for form, hints in (
        (StaffEmployment.DISPATCHED, ("派遣",)),
        (StaffEmployment.OTHER, _OTHER_WORK),
        (StaffEmployment.CONTRACT, ("合同", "正式", "固定期限", "无固定", "全日制", "在编", "编制", "直签")),
    ):
        if any(hint in words for hint in hints):
            return form
    raise UnreadableError("看不出是合同制、派遣还是其他")


def read_member(cell: Cell) -> bool | None:
    """Return whether somebody is a member of the union."""
    return cell if isinstance(cell, bool) else _member(_key(cell))


@lru_cache(1000)
def _member(words: str) -> bool | None:
    if not words:
        return None
    if words in ("是", "有", "√", "✓", "✔", "1", "y", "yes", "会员", "已入会", "入会", "工会会员", "true"):
        return True
    if words in (
        "否",
        "不是",
        "无",
        "没有",
        "×",
        "x",
        "✗",
        "0",
        "n",
        "no",
        "非会员",
        "未入会",
        "没有入会",
        "false",
    ):
        return False
    raise UnreadableError("看不出是不是会员")


def read_phone(cell: Cell) -> str:
    """Return a telephone number."""
    words = unicodedata.normalize("NFKC", read_text(cell)).replace(" ", "")
    if words and not _PHONE.fullmatch(words):
        raise UnreadableError("不像一个电话号码，没有收这一格")
    return words


def _key(cell: Cell) -> str:
    return unicodedata.normalize("NFKC", read_text(cell)).replace(" ", "").casefold()
