"""Sentences that depend on more than a sign: a frozen weight, a loss that is flat, a step too small to be seen in L."""

from dataclasses import replace

import pytest

from engine.experiment import PRESETS
from engine.update import update_at
from view import sentences
from view.text import LANGUAGES, Text

FROZEN = replace(PRESETS["B"], free=(1,))
HINGED = replace(PRESETS["A"], activation="identity", loss="hinge", weights=(1.0, 1.0))  # y = 3, beyond the margin of 1
TINY = replace(PRESETS["A"], activation="sigmoid", weights=(-10.0, -10.0))  # ∂L/∂z is about 10⁻¹³, L is 1
ACROSS = replace(PRESETS["A"], rates=((0, 0.2),))  # from 0.25 to 0.25, on the other side


def said(experiment, name: str, lang: str) -> str:
    here = update_at(experiment, 0)
    moment = next(x for x in here.moments if (x.phase, x.name) == ("backward", name) or x.phase == name)
    return sentences.of_moment(here, moment, (0, 0), Text(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "experiment, name, en, zh",
    [
        (FROZEN, "W", "w₁ is frozen: the update will leave it", "w₁ 被冻结"),
        (FROZEN, "update", "The weights that are free move in one moment", "未冻结的权重同时更新"),
        (HINGED, "y", "beyond the margin, where the loss is flat", "损失在这里是平的"),
        (TINY, "update", "too little to show in L", "小得在 L 中显示不出来"),
        (ACROSS, "update", "jumped across to the same height", "跳到了对面同样的高度"),
    ],
)
def test_the_right_reason_is_given(experiment, name, en, zh, lang):
    assert {"en": en, "zh": zh}[lang] in said(experiment, name, lang)
