"""Made-up documents in both languages, as paragraphs."""

from __future__ import annotations

from documents.loading import blocks_of, paragraphs_of
from documents.models import Document, Paragraph

FERRY = """Measures for the Ferry Grant

1. Definitions

In these Measures, "ferry" means any vessel that carries passengers to the island.

2. Amount

The Harbour Office may grant up to 5,000 euro to each carrier. The rates for night ferries are laid down in Annex 1.

3. Application

Applications shall be filed with the harbour office by 31 March. The office decides within 30 days.

The following documents shall be submitted:

(a) the licence of the ferry;

(b) the timetable of the last year.

4. Recovery

A carrier that gives false figures repays the grant.
"""
SUBSIDY = """澜州市小微企业用电补贴管理办法

第一章 补贴条件

第一条 申请补贴的企业应当同时符合下列条件：

（一）在本市登记注册；

（二）上年度用电量不超过20万千瓦时。

第二章 补贴标准

第二条 对符合条件的企业，每千瓦时给予0.2元补贴。停产企业的补贴标准由市财政局另行制定。

第三章 申请

第三条 企业应当于每年3月31日前向区经济和信息化局提出申请。

第四条 区经济和信息化局应当在15个工作日内完成审核。

第五条 用电量的核定方法按照《澜州市用电计量规定》执行。

第六条 骗取补贴的，追回全部资金。
"""


def document(text: str, name: str = "made") -> tuple[Document, tuple[Paragraph, ...]]:
    """A document of this text; its title is the first line."""
    blocks = blocks_of(text)
    facts = Document(id=name, title=blocks[0].text)
    return facts, paragraphs_of(facts, blocks)
