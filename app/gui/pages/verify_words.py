"""What the check of a package found, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.gui.pages.home_words import size_words
from app.gui.pages.package_list import grouped

if TYPE_CHECKING:
    from app.exchange.verify import Verification

MOST_LISTED = 30
KINDS = {
    "not_a_package": "不是报送包",
    "dangerous_path": "路径有危险",
    "damaged_tag": "清单坏了",
    "missing": "少了文件",
    "changed": "内容变了",
    "extra": "多了文件",
}
"""Kind of problem → the words it is counted under."""


def verdict_words(found: Verification) -> str:
    """One sentence: all is well, or how many problems of which kind."""
    if found.ok:
        about = f"{found.files} 个文件，{size_words(found.octets)}"
        return f"这个报送包没有问题：{about}，每个都对得上。"
    counts = Counter(problem.kind for problem in found.problems)
    by_kind = "，".join(f"{KINDS[kind]} {count} 处" for kind, count in counts.items())
    return f"这个报送包有 {len(found.problems)} 处不对：{by_kind}。"


def detail_words(found: Verification) -> list[str]:
    """Whose it is and its fingerprint, or the problems one by one, by kind."""
    if found.ok:
        sender = found.info.get("Source-Organization", "")
        mark = f"指纹 {grouped(found.fingerprint)}，和打印的封面对一下。"
        return [f"来自 {sender}", mark] if sender else [mark]
    details = [
        f"{KINDS[problem.kind]}：{problem.path}。{problem.sentence}"
        for problem in found.problems[:MOST_LISTED]
    ]
    left = len(found.problems) - MOST_LISTED
    return [*details, f"另有 {left} 处。"] if left > 0 else details
