"""A question that fits several measures is answered with the same question of each of them."""

from __future__ import annotations

from bot.answering.answer import Question, Status
from bot.answering.choices import asked_back, choices
from bot.desk import Desk
from documents.knowledge import ANY, Cell, CellStatus, Knowledge, KnownQuestion, KnownStatus
from documents.measures import Asks, Audience, KnownAs, Measure, Names
from retrieval.evidence import KnownHit

from .made import RULES, evidence


def measure(name: str, order: int, *, menu: bool = True) -> Measure:
    return Measure(
        document=RULES.id,
        id=name,
        names=Names(en=name, zh=name),
        known_as=KnownAs(en=(name,), zh=(name,)),
        audience=(Audience.ANYONE,),
        menu=menu,
        order=order,
    )


def cell(of: str, name: str, asks: Asks) -> Cell:
    return Cell(document=RULES.id, measure=of, cell=name, asks=asks, status=CellStatus.NOT_STATED)


def question(of: str, name: str, text: str, *, style: str = "plain", language: str = "en") -> KnownQuestion:
    return KnownQuestion.model_validate(
        {
            "id": text,
            "document": RULES.id,
            "language": language,
            "measure": of,
            "cell": name,
            "style": style,
            "question": text,
            "status": "clarify" if of == ANY else "not_stated",
        }
    )


def hit(known: KnownQuestion, share: float = 0.5) -> KnownHit:
    return KnownHit(known, share, share, {})


VAGUE = question(ANY, "how", "How do I apply?")
KNOWLEDGE = Knowledge(
    measures=(measure("loans", 1), measure("dues", 2), measure("harbour", 3, menu=False), measure("boats", 4)),
    cells=(
        cell("loans", "how_to_apply", Asks.HOW),
        cell("loans", "deadline", Asks.WHEN),
        cell("dues", "how_to_apply", Asks.HOW),
        cell("harbour", "how_to_apply", Asks.HOW),
        cell("boats", "deadline", Asks.WHEN),
    ),
    questions=(
        VAGUE,
        question("loans", "how_to_apply", "How does a carrier apply for a loan?"),
        question("loans", "how_to_apply", "loan, how", style="terse"),
        question("loans", "how_to_apply", "怎么申请贷款？", language="zh"),
        question("loans", "deadline", "By when?"),
        question("dues", "how_to_apply", "How are dues paid?"),
        question("harbour", "how_to_apply", "How?"),
        question("boats", "deadline", "Until when do boats come?"),
    ),
)


def test_what_is_asked_is_that_of_the_nearest_vague_questions() -> None:
    when = question(ANY, "when", "When?")
    assert asked_back(evidence([], [hit(VAGUE, 0.4), hit(when, 0.5), hit(VAGUE, 0.3)])) == "how"
    assert asked_back(evidence([], [hit(KNOWLEDGE.questions[1])])) is None


def test_a_plain_question_of_each_programme_that_has_such_a_cell_is_offered() -> None:
    found = evidence([], [hit(VAGUE)])
    assert choices(found, KNOWLEDGE, "en", 6) == ("How does a carrier apply for a loan?", "How are dues paid?")
    assert choices(found, KNOWLEDGE, "zh", 6) == ("怎么申请贷款？",)


def test_the_measure_nearest_to_the_askers_words_comes_first_and_only_so_many_are_offered() -> None:
    found = evidence([], [hit(VAGUE), hit(KNOWLEDGE.questions[5], 0.3), hit(KNOWLEDGE.questions[1], 0.1)])
    assert choices(found, KNOWLEDGE, "en", 1) == ("How are dues paid?",)


def test_a_desk_asks_back_and_takes_the_number_as_the_next_turn(desk: Desk) -> None:
    back = desk.ask(Question(text="How do I apply?"))
    assert back.status is Status.CLARIFY
    assert len(back.suggestions) > 2
    assert not back.citations
    assert all(line in back.text for line in back.suggestions)
    chosen = desk.ask(Question(text="2", history=("How do I apply?",)))
    plain = desk.ask(Question(text=back.suggestions[1]))
    assert (chosen.status, chosen.citations, chosen.pointers) == (plain.status, plain.citations, plain.pointers)
    assert chosen.status is not Status.CLARIFY


def test_it_asks_back_in_chinese_too(desk: Desk) -> None:
    back = desk.ask(Question(text="怎么申请？"))
    assert back.status is Status.CLARIFY
    assert all("申请" in line or "怎" in line or "材料" in line for line in back.suggestions[:1])
    assert desk.ask(Question(text="第1个", history=("怎么申请？",))).status is not Status.CLARIFY


def test_a_number_that_is_no_choice_is_no_choice(desk: Desk) -> None:
    for text, history in (("99", ("How do I apply?",)), ("2", ("Which bank can lend to our company?",)), ("2", ())):
        assert desk.ask(Question(text=text, history=history)).text


def test_a_question_that_names_its_measure_is_not_asked_back(desk: Desk) -> None:
    for text in ("How do I apply for the training?", "认证奖励怎么申请？", "Which bank can lend to our company?"):
        assert desk.ask(Question(text=text)).status is not Status.CLARIFY


def test_vague_questions_are_those_of_the_documents_memory() -> None:
    assert KnownStatus.CLARIFY.value == Status.CLARIFY.value
