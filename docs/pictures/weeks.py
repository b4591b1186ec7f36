"""Four weeks of inquiries that nobody made, so that the pictures of the numbers show something."""

from __future__ import annotations

import random
import time

from sqlalchemy import insert

from bot.staff.session import told
from bot.store.staff_tables import INQUIRIES
from documents.database import open_engine

ASKED = (
    ("Which bank can lend to our company?", "en", "answered", 9),
    ("How do we apply for the reward for CMMI?", "en", "referred", 8),
    ("哪家银行可以给我们公司贷款？", "zh", "answered", 7),
    ("认证奖励怎么申请？", "zh", "referred", 7),
    ("I finished a three-year college. May I be trained?", "en", "answered", 6),
    ("应届毕业生能参加培训吗？", "zh", "answered", 6),
    ("What interest rate applies to the loan?", "en", "not_stated", 5),
    ("How large is the subsidy for base cities?", "en", "not_stated", 4),
    ("基地城市有什么支持？", "zh", "answered", 4),
    ("By when should exports be quadrupled?", "en", "answered", 3),
    ("How do I apply?", "en", "clarify", 3),
    ("Is there a subsidy for rent?", "en", "not_stated", 2),
    ("Where can I park near the office?", "en", "off_topic", 1),
)
DAYS = 28
_DAY = 24 * 3600


def put_inquiries(database: str) -> None:
    """Put them into the log of inquiries."""
    dice = random.Random(2006)  # noqa: S311
    begin, rows = time.time() - DAYS * _DAY, []
    for day in range(DAYS):
        workday = day % 7 not in (2, 3)
        for number in range(dice.randint(14, 26) + day // 3 if workday else dice.randint(2, 6)):
            question, language, status, _ = dice.choices(ASKED, [each[3] for each in ASKED])[0]
            rows.append(
                {
                    "key": f"picture:{day}:{number}",
                    "at": begin + day * _DAY + dice.uniform(0, _DAY / 3),
                    "asker": f"asker-{dice.randint(1, 160)}",
                    "channel": "telegram",
                    "language": language,
                    "status": status,
                    "question": told(question),
                    "milliseconds": dice.lognormvariate(3.1, 0.45),
                    "feedback": dice.choices((0, 1, -1), (70, 24, 6))[0],
                    "curated": None,
                    "case": 1 if dice.random() < 0.07 else None,
                }
            )
    engine = open_engine(database)
    with engine.begin() as connection:
        connection.execute(insert(INQUIRIES), rows)
    engine.dispose()
