"""Invented people: names, handles and audiences."""

from __future__ import annotations

from dataclasses import dataclass

from .dice import Dice
from .story import FOLLOWERS, RUSSIAN
from .words import words

_FIRST_EN = words(
    "Ada Alba Anouk Arlo Bea Bram Cleo Cyril Dagny Daria Dov Edda Elio Emeric Esme Fenna Fergus Gia "
    "Greer Hanno Hedy Idris Ilka Imre Ines Ivo Jolan Juno Kasimir Keira Lars Leda Linus Luz Maeve Malte "
    "Marit Milo Nadia Nils Odile Orla Oskar Pia Quentin Rhea Rory Rufus Saskia Selma Silvan Sorcha "
    "Tamsin Tibor Ulla Vera Wanda Xenia Yara Zeno"
)
_LAST_EN = words(
    "Abend Arrow Barley Birk Brandt Calloway Carrow Delmar Dorn Eastlake Eklund Fairholt Falk Fenwick "
    "Gable Garrow Halloran Hartwin Holm Inglewood Jasper Kestrel Kolb Larkin Lindqvist Lockhart Maren "
    "Merrow Nightley Norland Oakes Orrin Pell Penrose Quill Radley Ravel Rowe Sable Sandoval Selwyn "
    "Tarn Thorne Umber Vance Varga Vesper Wexford Wilde Winslow Yarrow Zeller"
)
_MEN_RU = words(
    "Артём Богдан Вадим Глеб Денис Егор Захар Илья Кирилл Лев Макар Никита Олег Павел Роман Савва Тимур Фёдор Юрий Ян"
)
_WOMEN_RU = words(
    "Алла Белла Варя Галина Дарья Ева Жанна Зоя Инна Кира Лада Майя Нина Ольга Полина Рита Соня Тамара Ульяна Яна"
)
_LAST_RU = words(
    "Берёзкин Волошин Гречишкин Дубравин Ежов Журавкин Закатов Ивушкин Калинкин Лугов Малинкин "
    "Незабудкин Облаков Перелётов Ромашкин Снежков Тихонравов Ушков Цаплин Чайкин Шмелёв Щеглов "
    "Яблочкин"
)
_WORDS = words(
    "kettle plum otter moss lantern pebble clover fennel harbor biscuit tulip marble puffin willow "
    "ginger anchor pepper comet walnut saffron velvet thimble bramble meadow copper"
)
_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        words("a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh sch _ y _ e yu ya"),
        strict=True,
    )
)
HANDLE = 15
"""The longest handle X allows."""


@dataclass(frozen=True)
class Person:
    """One author: never a real one."""

    id: str
    handle: str
    name: str
    language: str
    female: bool
    followers: int
    following: int
    posts: int
    verified: bool = False

    @property
    def first(self) -> str:
        """The first name, as an agent would use it."""
        return self.name.split(" ", maxsplit=1)[0]


class Crowd:
    """Makes people, and remembers which handles are taken."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._taken: set[str] = set()

    def newcomer(self, language: str | None = None) -> Person:
        """A new person; Russian speakers as often as the story says."""
        dice = self._dice
        language = language or ("ru" if dice.chance(RUSSIAN) else "en")
        female = dice.chance(0.5)
        name = full_name(dice, language, female)
        return Person(
            id=str(dice.between(10**8, 19 * 10**17)),
            handle=self._handle(name),
            name=name,
            language=language,
            female=female,
            followers=int(dice.quantile(FOLLOWERS)),
            following=dice.between(20, 1400),
            posts=dice.between(15, 24000),
            verified=dice.chance(0.03),
        )

    def _handle(self, name: str) -> str:
        first = latin(name.split(" ", maxsplit=1)[0])
        while True:
            handle = f"{first}_{self._dice.one(_WORDS)}"[: HANDLE - 2] + str(self._dice.between(10, 99))
            if handle not in self._taken:
                self._taken.add(handle)
                return handle


def full_name(dice: Dice, language: str, female: bool) -> str:
    """A first and a last name."""
    if language != "ru":
        return f"{dice.one(_FIRST_EN)} {dice.one(_LAST_EN)}"
    last = dice.one(_LAST_RU)
    return f"{dice.one(_WOMEN_RU)} {last}а" if female else f"{dice.one(_MEN_RU)} {last}"


def latin(word: str) -> str:
    """Lower-case Latin letters for a name in either alphabet."""
    return "".join(_LATIN.get(letter, letter) for letter in word.lower()).replace("_", "")
