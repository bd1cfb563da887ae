"""The words that charts say themselves, by language; everything else comes in with the rows."""

from __future__ import annotations

from cxreport.render.words import NBSP, Words

PHRASES = {
    "en": {
        "empty": "No records to show",
        "not_testable": "n/t",
        "hidden": "<10",
        "to": "{low} to {high}",
        "points": "{value}" + NBSP + "pts",
        "no_change": "no clear change",
        "previously": "previously {value}",
        "half_missed": "half: not reached",
        "half_at": "half within {time}",
        "within": "{share} within {time}",
        "answered": "{share} answered",
        "unanswered": "{share} not answered by then",
        "of": "{part} of {whole}",
        "target": "target {value}",
        "days": "days",
        "hours": "hours",
    },
    "ru": {
        "empty": "Показать нечего: записей нет",
        "not_testable": "н/д",
        "hidden": "<10",
        "to": "от {low} до {high}",
        "points": "{value}" + NBSP + "п." + NBSP + "п.",
        "no_change": "явных изменений нет",
        "previously": "ранее {value}",
        "half_missed": "половина не достигнута",
        "half_at": "половина за {time}",
        "within": "{share} за {time}",
        "answered": "{share} с ответом",
        "unanswered": "{share} без ответа",
        "of": "{part} из {whole}",
        "target": "цель {value}",
        "days": "дни",
        "hours": "часы",
    },
}


def say(words: Words, phrase: str, **parts: str) -> str:
    """A phrase in the report's language, in English where there is none."""
    known = PHRASES.get(words.language.partition("-")[0].partition("_")[0], PHRASES["en"])
    return known[phrase].format(**parts)
