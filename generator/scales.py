"""The answers of self-assessments whose author wrote none.

In: a kit and its fixed words. Out: the same kit, in which each assessment without a `scale` of its own has that of the kit's language.
"""

from dataclasses import replace

from generator.content.model import Assessment, Kit, frozen_mapping
from generator.content.words import Words


def with_scales(kit: Kit, words: Words) -> Kit:
    """`never` to `always`, in the language of the words, wherever nobody wrote other answers."""
    usual = tuple(words.tree["assess"]["scale"])
    found = {id: _with_scale(item, usual) for id, item in kit.assessments.items()}
    return replace(kit, assessments=frozen_mapping(found))


def _with_scale(item: Assessment, usual: tuple[str, ...]) -> Assessment:
    return item if "scale" in item.model_fields_set else item.model_copy(update={"scale": usual})
