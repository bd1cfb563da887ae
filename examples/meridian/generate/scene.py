"""The scene of one text: the places, numbers and word forms its phrases are filled with."""

from __future__ import annotations

from datetime import datetime

from .dice import Dice
from .people import Person
from .words import words

_CITIES_EN = words(
    "Trieste Lisbon Riga Tallinn Porto Palermo Bergen Ghent Krakow Athens Seville Malta Hamburg Leipzig Graz "
    "Oslo Valencia Naples Edinburgh Bordeaux Split Vilnius Cork Izmir Tbilisi Belgrade Larnaca Marseille"
)
# nominative, genitive, accusative, prepositional
_CITIES_RU = tuple(
    tuple(row.split())
    for row in (
        "Триест Триеста Триест Триесте",
        "Лиссабон Лиссабона Лиссабон Лиссабоне",
        "Рига Риги Ригу Риге",
        "Таллин Таллина Таллин Таллине",
        "Палермо Палермо Палермо Палермо",
        "Краков Кракова Краков Кракове",
        "Гамбург Гамбурга Гамбург Гамбурге",
        "Валенсия Валенсии Валенсию Валенсии",
        "Белград Белграда Белград Белграде",
        "Тбилиси Тбилиси Тбилиси Тбилиси",
        "Ларнака Ларнаки Ларнаку Ларнаке",
        "Измир Измира Измир Измире",
        "Лейпциг Лейпцига Лейпциг Лейпциге",
        "Мальта Мальты Мальту Мальте",
        "Севилья Севильи Севилью Севилье",
    )
)
_MONTHS_EN = words("January February March April May June July August September October November December")
_MONTHS_RU = words("январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре")
_DAYS_EN = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_SINCE_RU = words("понедельника среды четверга пятницы субботы воскресенья")
_AGENTS_EN = words("Marta Jonas Lena Ilse Tomek Ana Piet Sunniva")
_AGENTS_RU = (("Марта", "Марте"), ("Лена", "Лене"), ("Софья", "Софье"), ("Ирина", "Ирине"), ("Катя", "Кате"))
_SEASONS_RU = words("май сентябрь октябрь июнь осень весну")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_ALPHABET = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"

Scene = dict[str, str]


def scene(dice: Dice, person: Person, at: datetime, rival: bool = False, named: bool = False) -> Scene:
    """Everything a phrase may need.

    Args:
        dice: the chance to draw from.
        person: who writes; language and gender decide word forms.
        at: when; months named in the text lie before it.
        rival: whether the text is about Norda.
        named: whether the airline is named in words instead of by its handle.
    """
    build = _russian if person.language == "ru" else _english
    return _common(dice, rival) | build(dice, person, at, rival, named)


def by_name(person: Person, rival: bool) -> Scene:
    """The slots that name the airline in words, for texts that already carry its handle."""
    if person.language == "ru":
        return _brand_ru(rival, named=True)
    return {"brand": "Norda" if rival else "Meridian"}


def _common(dice: Dice, rival: bool) -> Scene:
    return {
        "flight": f"{'NRD' if rival else 'MDN'}{dice.between(104, 989)}",
        "ref": _reference(dice),
        "gate": f"{dice.one('ABCD')}{dice.between(1, 39)}",
        "seat": f"{dice.between(2, 31)}{dice.one('ABCDEF')}",
        "d3": str(dice.between(100, 999)),
        "min2": f"{dice.below(12) * 5:02d}",
        "tco": "".join(dice.one(_ALPHABET) for _ in range(10)),
        "tagname": "flynorda" if rival else "meridianair",
        "sign": f"^{dice.one(_LETTERS)}{dice.one(_LETTERS)}",
        "sign2": dice.one(("Mia", "Noor", "Ole", "Tess")),
        "rivalbrand": "@flynorda",
        "n0": str(dice.between(1, 3) * 10),
        "days2": str(dice.between(2, 5)),
    }


def _english(dice: Dice, person: Person, at: datetime, rival: bool, named: bool) -> Scene:
    start, goal, third = dice.some(_CITIES_EN, 3)
    agent = dice.one(_AGENTS_EN)
    own = ("Norda", "@flynorda") if rival else ("Meridian Air", "@meridianair")
    return {
        "from": start,
        "to": goal,
        "third": third,
        "agent": agent,
        "first": person.first,
        "amount": f"€{dice.between(4, 68) * 10 + dice.one((0, 0, 5, 9))}",
        "brand": own[0] if named else own[1],
        "rivalname": "Meridian" if rival else "Norda",
        "weekday": dice.one(_DAYS_EN),
        "month": _MONTHS_EN[(at.month - 2 - dice.below(3)) % 12],
        "days": str(dice.between(2, 24)),
        "weeks": str(dice.between(3, 14)),
        "hours": dice.one(words("two three four five six seven 3 4 5 6 7 8 9")),
        "mins": str(dice.between(4, 19) * 5),
        "mins2": str(dice.between(5, 25)),
        "n": dice.one(words("three four five six 3 4 5 6 7 8 9")),
        "n2": dice.one(words("three four five 3 4 6")),
        "calls": dice.one(words("nine eleven six 5 7 8 12 14")),
        "years": dice.one(words("four seven ten 5 8 9 12 15")),
    }


def _russian(dice: Dice, person: Person, at: datetime, rival: bool, named: bool) -> Scene:
    places = dice.some(_CITIES_RU, 3)
    cities = {
        f"{slot}{case}": form
        for slot, forms in zip(("from", "to", "third"), places, strict=True)
        for case, form in zip(("", ".gen", ".acc", ".pre"), forms, strict=True)
    }
    agent, dative = dice.one(_AGENTS_RU)
    month = _MONTHS_RU[(at.month - 2 - dice.below(3)) % 12]
    return (
        cities
        | _brand_ru(rival, named)
        | _gender_ru(person.female)
        | {
            "first": person.first,
            "agent": agent,
            "agent.dat": dative,
            "amount": f"{dice.between(4, 68) * 10} евро",
            "season": dice.one(_SEASONS_RU),
            "since": dice.one(_SINCE_RU),
            "month.pre": month,
            "month": month,
            "days": str(dice.between(5, 20)),
            "days2": "5",
            "weeks": str(dice.between(5, 14)),
            "hours": str(dice.between(5, 12)),
            "mins": str(dice.between(2, 5) * 10),
            "mins2": str(dice.between(1, 5) * 5),
            "n": str(dice.between(5, 12)),
            "years": str(dice.between(5, 15)),
        }
    )


def _brand_ru(rival: bool, named: bool) -> Scene:
    meridian = ("Меридиан", "Меридиана", "Меридиан", "Меридиане", "с Меридианом")
    norda = ("Норда", "Норды", "Норду", "Норде", "с Нордой")
    handle = "@flynorda" if rival else "@meridianair"
    tagged = (handle, handle, handle, handle, f"с {handle}")
    cases = ("", ".gen", ".acc", ".pre", ".ins")
    own, other = (norda, meridian) if rival else (meridian, norda)
    forms = own if named else tagged
    return {f"brand{c}": f for c, f in zip(cases, forms, strict=True)} | {
        f"rivalname{c}": f for c, f in zip(cases, other, strict=True)
    }


def _gender_ru(female: bool) -> Scene:
    if female:
        return {"a": "а", "rada": "а", "sya": "ась", "dovolen": "довольна"}
    return {"a": "", "rada": "", "sya": "ся", "dovolen": "доволен"}


def _reference(dice: Dice) -> str:
    return "".join(dice.one(_LETTERS + "23456789") for _ in range(6))
