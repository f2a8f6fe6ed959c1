"""How much the cosines of an embedding model vary between texts that have nothing to do with each other.

Every model fills its own small part of the scale: two unrelated texts have a cosine of .83 with
multilingual-e5-small, of .07 with the Universal Sentence Encoder. How much those cosines vary is the unit in
which a difference means something; a few sentences, in both languages, are enough to tell.
"""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np

from core.index.model import Embedder, Vector
from core.index.vectors import VectorCache, rounded

SENTENCES = (
    (
        "今天天气很好，我们去公园散步。",
        "The weather is lovely today, so we are going for a walk in the park.",
    ),
    ("会议改到星期三下午三点。", "The meeting has been moved to three o'clock on Wednesday afternoon."),
    ("这本书讲的是一个家庭三代人的故事。", "This book tells the story of three generations of one family."),
    ("请把报告发给我，我明天看。", "Please send me the report; I will read it tomorrow."),
    ("数据库需要每天备份一次。", "The database has to be backed up once a day."),
    ("水在一百摄氏度时沸腾。", "Water boils at one hundred degrees Celsius."),
    ("他从小就喜欢音乐和数学。", "He has loved music and mathematics since he was a child."),
    ("如何安装这个程序？", "How do I install this program?"),
    ("这座城市的历史可以追溯到两千年前。", "The history of this city goes back two thousand years."),
    ("项目的预算已经用完了。", "The budget of the project has been used up."),
    ("学习一门语言需要时间和耐心。", "Learning a language takes time and patience."),
    ("我把钥匙忘在办公室了。", "I left my keys at the office."),
    ("这种药每天吃两次，饭后服用。", "Take this medicine twice a day, after meals."),
    ("算法的复杂度取决于输入的大小。", "The complexity of the algorithm depends on the size of the input."),
    ("政府宣布了新的税收政策。", "The government has announced a new tax policy."),
    ("晚饭我们做了鱼和蔬菜。", "For dinner we cooked fish and vegetables."),
    ("火车晚点了四十分钟。", "The train was forty minutes late."),
    ("这篇论文提出了一种新的方法。", "This paper proposes a new method."),
    ("她在一家小公司做设计师。", "She works as a designer at a small company."),
    ("错误的原因是配置文件缺失。", "The cause of the error is a missing configuration file."),
    ("冬天的早晨，湖面结了一层薄冰。", "On a winter morning the lake was covered with a thin layer of ice."),
    ("用户希望搜索更快、更准确。", "Users want search to be faster and more accurate."),
    ("每个人都有受教育的权利。", "Everyone has the right to education."),
    ("比赛在最后一分钟决出了胜负。", "The match was decided in the last minute."),
)
"""Plain sentences from many walks of life, each in Chinese and in English."""


def remember(embedder: Embedder, cache: VectorCache, *, now: float) -> None:
    """Embed the sentences if the cache lacks them; a second of work, once a model."""
    texts = [text for pair in SENTENCES for text in pair]
    known = cache.get([_key(text) for text in texts])
    missing = [text for text in texts if _key(text) not in known]
    if missing:
        vectors = map(rounded, embedder.embed_passages(missing))
        cache.put(zip(map(_key, missing), vectors, strict=True), now=now)


def spread(cache: VectorCache) -> float | None:
    """Return the deviation of unrelated sentences' cosines in one language, or None before `remember`."""
    known = cache.get([_key(text) for pair in SENTENCES for text in pair])
    if len(known) < 2 * len(SENTENCES):
        return None
    languages = zip(*SENTENCES, strict=True)
    return float(
        np.mean([_deviation(np.stack([known[_key(text)] for text in texts])) for texts in languages])
    )


def _deviation(vectors: Vector) -> float:
    cosines = vectors @ vectors.T
    return float(np.std(cosines[~np.eye(len(vectors), dtype=bool)]))


@cache
def _key(text: str) -> str:
    return "parallel " + hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
