"""What the dictionary makes of Chinese words, and of CC-CEDICT's lines."""

from __future__ import annotations

import pytest

from retrieval.cedict import cedict_file, read_cedict
from retrieval.dictionaries import dictionary
from retrieval.dictionary import Dictionary
from retrieval.glossary import glossary
from retrieval.terms import terms

LINES = """# CC-CEDICT
雲 云 [yun2] /cloud/
港 港 [gang3] /harbor/CL:個|个[ge4]/
海 海 [hai3] /ocean/sea/
灣 湾 [wan1] /bay/gulf/
寧 宁 [ning2] /peaceful/
寧 宁 [Ning2] /surname Ning/
綠 绿 [lu:4] /green/
申請 申请 [shen1 qing3] /to apply for sth/application (form etc)/CL:份[fen4]/
申請書 申请书 [shen1 qing3 shu1] /application/application form/
後 后 [hou4] /back; behind/
皇后 皇后 [huang2 hou4] /empress/
莊 庄 [zhuang1] /village/
著 著 [zhu4] /to write/
著 着 [zhe5] /particle/
著作 著作 [zhu4 zuo4] /written work/
沿著 沿着 [yan2 zhe5] /along/
看著 看着 [kan4 zhe5] /watching/
隨著 随着 [sui2 zhe5] /along with/
名著 名著 [ming2 zhu4] /3 famous works/
舊著 旧著 [jiu4 zhu4] /old works/
電梯 电梯 [dian4 ti1] /elevator; escalator/CL:臺|台[tai2],部[bu4]/
公寓 公寓 [gong1 yu4] /apartment building; block of flats/
王 王 [Wang2] /surname Wang/
無線 无线 [wu2 xian4] /variant of 无线[wu2 xian4]/see 有線|有线[you3 xian4]/
not a line of the dictionary
"""


@pytest.fixture(scope="module")
def small() -> Dictionary:
    return Dictionary(*read_cedict(LINES.splitlines()))


@pytest.mark.parametrize(
    ("word", "english", "sure"),
    [
        ("电梯", "elevator", 1.0),
        ("电梯", "escalator", 1.0),
        ("公寓", "apartment", 0.7),
        ("申请", "application", 1.0),
        ("申请书", "form", 0.7),
    ],
)
def test_each_sense_names_a_meaning_the_surer_the_fewer_words_it_needs(
    small: Dictionary, word: str, english: str, sure: float
) -> None:
    assert small.meanings(word)[terms(english)[0]] == sure


def test_what_the_dictionary_says_about_a_word_is_no_meaning(small: Dictionary) -> None:
    assert small.meanings("王") == {}
    assert small.meanings("无线") == {}
    assert set(small.meanings("电梯")) == {*terms("elevator"), *terms("escalator")}
    assert small.meanings("没有") == {}
    assert set(small.meanings("名著")) == {*terms("famous"), *terms("works")}


def test_words_within_words_are_found_and_a_segment_is_the_longest(small: Dictionary) -> None:
    assert list(small.words("交申请书")) == ["申请", "申请书"]
    assert list(small.segmented("交申请书，装电梯")) == ["申请书", "电梯"]
    assert list(small.segmented("no Chinese")) == []


def test_traditional_characters_become_simplified_and_those_that_are_both_stay(small: Dictionary) -> None:
    assert small.simplified("申請電梯後") == "申请电梯后"
    assert small.simplified("皇后") == "皇后"
    assert small.simplified("著作") == "著作"


def test_places_are_named_by_the_sounds_of_their_last_characters(small: Dictionary) -> None:
    assert list(small.place_names("云港市海宁湾区")) == ["yungang", "ningwan", "hainingwan"]
    assert list(small.place_names("海湾电梯")) == []


@pytest.mark.parametrize("name", ["yungang", "haiwan", "haiyungang"])
def test_a_word_of_chinese_syllables_may_be_a_name(small: Dictionary, name: str) -> None:
    assert small.is_name(name)


@pytest.mark.parametrize("word", ["ning", "zhuang", "harbour", "yungangs", "haihaihaihaihai", ""])
def test_other_words_are_none(small: Dictionary, word: str) -> None:
    assert not small.is_name(word)


def test_words_without_meaning_of_their_own_are_left_out(small: Dictionary) -> None:
    assert small.content("How do I apply for the lift, the lift?") == [*terms("apply"), *terms("lift")]


def test_every_line_of_the_glossary_gives_its_word_a_meaning() -> None:
    shipped = Dictionary(glossary())
    assert len(glossary()) > 1000
    assert [word for word in glossary() if not shipped.meanings(word)] == []


def test_the_dictionary_there_is_holds_the_glossary_and_what_is_installed() -> None:
    found = dictionary()
    assert found.meanings("电梯")[terms("lift")[0]] == 1.0
    if cedict_file() is not None:
        assert found.meanings("鹦鹉")[terms("parrot")[0]] == 1.0
        assert found.simplified("獎勵") == "奖励"
        assert "yungang" in set(found.place_names("云港市"))
