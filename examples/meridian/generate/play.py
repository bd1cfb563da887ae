"""Google Play Console: a UTF-16 CSV a month; a review comes back in the month in which it was edited."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from .app_reviews import AppReview, AppReviews
from .clock import iso_z, millis, moment
from .dice import Dice, stream
from .files import Fault, Made, Said, by_stars, mean, table
from .hostile import hostile_for
from .story import END
from .words import cells

PACKAGE = "com.meridianair.app"
HEADER = cells(
    "Package Name,App Version Code,App Version Name,Reviewer Language,Device,Review Submit Date and Time,"
    "Review Submit Millis Since Epoch,Review Last Update Date and Time,Review Last Update Millis Since Epoch,"
    "Star Rating,Review Title,Review Text,Developer Reply Date and Time,Developer Reply Millis Since Epoch,"
    "Developer Reply Text,Review Link"
)
_PLAY_MONTHS = ((END.year, 1, 92), (END.year, 3, 74), (END.year, 5, 88))
_LINK = (
    "http://play.google.com/console/developers/4310022718830041107/app/4975550128830018211/user-feedback/review-details"
)
_DEVICES = ("a06", "a54x", "oriole", "cheetah", "b0q", "sunfish", "gta8")


def play() -> list[Made]:
    """Write the Play Console months; one January review comes back edited in May."""
    dice = stream("play")
    reviews = AppReviews(dice, "play")
    months = [(year, month, _month(reviews, dice, year, month, n)) for year, month, n in _PLAY_MONTHS]
    edited = _edited(months[0][2][7])
    months[2][2].insert(3, edited)
    nasty = hostile_for("play")
    for i, cell in enumerate(nasty):
        months[i % 3][2][20 + i][11] = cell.text
    months[1][2][30][15] = ""
    months[1][2][44][9] = ""
    faults = (
        Fault("row 32", "no Review Link, hence no id", "warning"),
        Fault("row 46", "no Star Rating", "reject or warning"),
    )
    return [
        _file(year, month, rows, faults if month == _PLAY_MONTHS[1][1] else (), _nasty(rows))
        for year, month, rows in months
    ]


def _month(reviews: AppReviews, dice: Dice, year: int, month: int, n: int) -> list[list[str]]:
    start = datetime(year, month, 1, tzinfo=UTC)
    end = (start + timedelta(days=32)).replace(day=1)
    return [_row(dice, reviews.make(at)) for at in sorted(moment(dice, start, end) for _ in range(n))]


def _row(dice: Dice, review: AppReview) -> list[str]:
    number = "-".join(dice.hexadecimal(n) for n in (8, 4, 4, 4, 12))
    replied = (iso_z(review.reply[0]), str(millis(review.reply[0])), review.reply[1]) if review.reply else ("", "", "")
    version = review.version if dice.chance(0.75) else ""
    code = version.replace(".", "") and str(40_000 + int(version.replace(".", "")))
    when = (iso_z(review.at), str(millis(review.at) + dice.below(1000)))
    return [
        PACKAGE,
        code,
        version,
        review.language,
        dice.one(_DEVICES),
        *when,
        *when,
        str(review.stars),
        "",
        review.text,
        *replied,
        f"{_LINK}?reviewId={number}&corpus=PUBLIC_REVIEWS",
    ]


def _edited(row: list[str]) -> list[str]:
    """The same review four months later: better app, better stars."""
    again = datetime(END.year, 5, 2, 9, 41, 7, tzinfo=UTC)
    new = list(row)
    new[1:4] = ["40502", "5.0.2", "en"]
    new[7:10] = [iso_z(again), str(millis(again) + 311), "5"]
    new[11] = (
        "Edit: version 5 fixed the login loop and my boarding pass stays. Great, thank you. Was one star in January."
    )
    return new


def _nasty(rows: list[list[str]]) -> int:
    texts = {cell.text for cell in hostile_for("play")}
    return sum(row[11] in texts for row in rows)


def _file(year: int, month: int, rows: list[list[str]], faults: tuple[Fault, ...], nasty: int) -> Made:
    name = f"reviews/reviews_{PACKAGE}_{year}{month:02d}.csv"
    stars = [int(row[9]) for row in rows if row[9]]
    content = b"\xff\xfe" + table([HEADER, *rows]).encode("utf-16-le")
    facts = {"mean_stars": mean(stars), "developer_replies": sum(bool(row[14]) for row in rows)}
    known = [row for row in rows if row[9] and row[15] and row[11]]
    said = tuple(Said("google_play.console", _number(row), by_stars(int(row[9]))) for row in known)
    return Made(name, content, "google_play", len(rows), tuple(row[11] for row in rows), facts, faults, nasty, said)


def _number(row: list[str]) -> str:
    return row[15].split("reviewId=")[1].split("&")[0]
