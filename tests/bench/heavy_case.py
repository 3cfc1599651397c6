"""A year far beyond any real one, for measuring: 200 meetings, 300 papers, 60 topics, 40 covered enterprises."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from decimal import Decimal

from app.domain.case import Case
from app.domain.evidence import Evidence, Origin
from app.domain.negotiation import Meeting, Position
from app.domain.offer import OfferItem
from app.domain.stages import Stage
from app.domain.survey import Topic
from app.usecases.make_demo import read_example

MEETINGS, PAPERS, TOPICS = 200, 300, 60
LONG = "关于铸造车间高温季节岗位津贴与夜班误餐补助标准调整并建立与本地区最低工资标准联动机制的议题"


def heavy_case(example: str = "shandong-linyi-single", year: int = 2026) -> Case:
    """The worked example with so many more records; always the same."""
    case = read_example(example)
    first = date(year, 4, 1)
    meetings = tuple(
        Meeting(
            id=f"heavy-{at}",
            number=at + 10,
            held_on=first + timedelta(days=at % 200),
            place="公司二楼会议室",
            workers_present=5,
            employers_present=5,
            summary=f"第 {at + 10} 次会议归纳。",
        )
        for at in range(MEETINGS)
    )
    topics = tuple(
        Topic(
            id=f"heavy-{at}",
            code=f"Y{at + 20}",
            name=f"{LONG}{at}",
            supporters=at * 3,
            unit="元/月",
            last_value=Decimal(123456789012),
        )
        for at in range(TOPICS)
    )
    offer = case.offers[0].id if case.offers else ""
    items = tuple(
        OfferItem(id=f"heavy-{at}", offer=offer, topic=f"heavy-{at}") for at in range(TOPICS) if offer
    )
    positions = tuple(
        Position(
            id=f"heavy-{at}-{held}",
            topic=f"heavy-{at}",
            meeting=f"heavy-{held}",
            worker_value=Decimal(100 + at),
            employer_value=Decimal(90 + at),
        )
        for at in range(TOPICS)
        for held in range(3)
    )
    stages = list(Stage)
    papers = tuple(
        Evidence(
            id=f"heavy-{at}",
            stage=stages[at % len(stages)],
            title_text=f"材料 {at}",
            origin=Origin.FILE,
            sha256=f"{at:064x}",
            size=1000 + at,
        )
        for at in range(PAPERS)
    )
    return dataclasses.replace(
        case,
        cycle=case.cycle.replace(year=year),
        meetings=(*case.meetings, *meetings),
        topics=(*case.topics, *topics),
        offer_items=(*case.offer_items, *items),
        positions=(*case.positions, *positions),
        evidence=(*case.evidence, *papers),
    )
