"""Times: every form exports use, nothing guessed in silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.reading import ReadError, Times, decide_day_first, excel_serial, parse_times, snowflake_ms

UTC = dt.UTC


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def one(cell: str | None, **options: str) -> tuple[dt.datetime | None, str, str]:
    times = parse_times(pl.Series([cell], dtype=pl.String), **options)  # type: ignore[arg-type]
    assert times.frame["created_at_raw"].to_list() == [cell]
    return times.frame.select("created_at", "time_precision", "tz_source").row(0)


@pytest.mark.parametrize(
    ("cell", "instant", "precision"),
    [
        ("2026-03-06T13:15:31.187Z", dt.datetime(2026, 3, 6, 13, 15, 31, 187000, tzinfo=UTC), "second"),
        ("2026-10-01T00:00:00.123456789Z", dt.datetime(2026, 10, 1, 0, 0, 0, 123456, tzinfo=UTC), "second"),
        ("2015-02-24 11:35:52 -0800", at(2015, 2, 24, 19, 35, 52), "second"),
        ("2026-09-14T04:24:23-07:00", at(2026, 9, 14, 11, 24, 23), "second"),
        ("2018-10-31 16:56:12 +0000", at(2018, 10, 31, 16, 56, 12), "second"),
        ("2026-03-06T13:02+05:30", at(2026, 3, 6, 7, 32), "minute"),
        ("2026-03-06 13:02:05 UTC", at(2026, 3, 6, 13, 2, 5), "second"),
        ("20260306T130205Z", at(2026, 3, 6, 13, 2, 5), "second"),
        ("Fri Mar 06 13:02:05 +0000 2026", at(2026, 3, 6, 13, 2, 5), "second"),
        ("Fri, 06 Mar 2026 13:02:05 +0100", at(2026, 3, 6, 12, 2, 5), "second"),
        ("Fri Mar 06 2026 13:02:05 GMT+0100 (Central European Standard Time)", at(2026, 3, 6, 12, 2, 5), "second"),
        ("2018-02-24 12:34:56 PST", at(2018, 2, 24, 20, 34, 56), "second"),
        ("Mar 6, 2026, 1:02:03\u202fPM UTC", at(2026, 3, 6, 13, 2, 3), "second"),
    ],
)  # fmt: skip
def test_cells_that_tell_their_offset(cell: str, instant: dt.datetime, precision: str) -> None:
    for zone in (None, "Asia/Tokyo"):
        assert one(cell, **({"zone": zone} if zone else {})) == (instant, precision, "explicit")


@pytest.mark.parametrize(
    ("cell", "instant", "precision"),
    [
        ("2021-03-25 17:16:56.0", at(2021, 3, 25, 17, 16, 56), "second"),
        ("2026/3/6 5:07", at(2026, 3, 6, 5, 7), "minute"),
        ("10/27/2014 08:23:15 AM", at(2014, 10, 27, 8, 23, 15), "second"),
        ("10/27/2014 12:00 AM", at(2014, 10, 27), "minute"),
        ("10/27/2014 12:05 p.m.", at(2014, 10, 27, 12, 5), "minute"),
        ("03/15/24 10:05", at(2024, 3, 15, 10, 5), "minute"),
        ("27.10.2014 08:23", at(2014, 10, 27, 8, 23), "minute"),
        ("6.3.2026, 13:02", at(2026, 3, 6, 13, 2), "minute"),
        ("Mar 6, 2026 1:02 PM", at(2026, 3, 6, 13, 2), "minute"),
        ("1:02 PM · Mar 6, 2026", at(2026, 3, 6, 13, 2), "minute"),
        ("42059.4832407407", at(2015, 2, 24, 11, 35, 52), "second"),
        ("42059,4832407407", at(2015, 2, 24, 11, 35, 52), "second"),
        ("42059", at(2015, 2, 24), "day"),
        ("2026-03-06", at(2026, 3, 6), "day"),
        ("6 March 2026", at(2026, 3, 6), "day"),
        ("6th Sept 2026", at(2026, 9, 6), "day"),
        ("06-Mar-26", at(2026, 3, 6), "day"),
        ("20260306", at(2026, 3, 6), "day"),
        ("March 2026", at(2026, 3, 1), "month"),
        ("2026-03", at(2026, 3, 1), "month"),
        ("2026", at(2026, 1, 1), "year"),
    ],
)
def test_cells_without_an_offset(cell: str, instant: dt.datetime, precision: str) -> None:
    assert one(cell) == (instant, precision, "unknown")
    local = instant.replace(tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)
    expected = instant if precision in ("day", "month", "year") else local
    assert one(cell, zone="America/New_York") == (expected, precision, "assumed")
    assert one(cell, zone="America/New_York", zone_source="header")[2] == "header"


@pytest.mark.parametrize(
    "cell", ["1583499725", "1583499725.25", "1583499725000", "1583499725000.0", "1583499725000000"]
)
def test_epochs_are_instants_by_their_definition(cell: str) -> None:
    assert one(cell, zone="Asia/Tokyo") == (at(2020, 3, 6, 13, 2, 5), "second", "spec")


@pytest.mark.parametrize(
    "cell",
    ["2026-02-30", "2026-13-01", "2026-03-06 25:00", "13:02", "hello", "1.58E+12", "99999.5", "12345", "5 days ago",
     "１２/03/2026", "٠٣/٠٤/٢٠٢٦", "0001-01-01", "9999-12-31 23:59:59", "1.1.1899",
     "6771800000000000", "4111111111111111", "2200000000000000", "4951234567", "2145916800"],
)  # fmt: skip
def test_what_is_no_time_fails_and_is_counted(cell: str) -> None:
    times = parse_times(pl.Series([cell, "2026-03-06"]))
    assert times.frame["created_at"].to_list() == [None, at(2026, 3, 6)]
    assert times.frame["time_precision"].to_list() == ["none", "day"]
    assert times.failed == 1
    assert times.warnings == ["1 cells hold no time that could be read."]


@pytest.mark.parametrize("cell", [None, "", "  ", "NA", "-"])
def test_missing_is_not_failed(cell: str | None) -> None:
    times = parse_times(pl.Series([cell], dtype=pl.String))
    assert (times.failed, times.warnings, times.frame["tz_source"][0]) == (0, [], "unknown")


def day_month(cells: list[str], **options: bool) -> tuple[list[tuple[int, int] | None], Times]:
    times = parse_times(pl.Series(cells), **options)  # type: ignore[arg-type]
    return [t and (t.day, t.month) for t in times.frame["created_at"]], times


def test_the_whole_column_decides_whether_the_day_comes_first() -> None:
    assert day_month(["05/06/2026", "17/08/2026"])[0] == [(5, 6), (17, 8)]
    assert day_month(["05/06/2026", "08/17/2026"])[0] == [(6, 5), (17, 8)]
    assert day_month(["05-06-2026", "17-08-2026"])[0] == [(5, 6), (17, 8)]
    found, times = day_month(["05.06.2026"])
    assert (found, times.ambiguous, times.warnings) == ([(5, 6)], False, [])


def test_when_no_cell_tells_it_is_said() -> None:
    found, times = day_month(["05/06/2026", "07/08/2026"])
    assert (found, times.ambiguous, times.day_first) == ([(5, 6), (7, 8)], True, True)
    assert "read day first" in times.warnings[0]
    found, times = day_month(["05/06/2026 1:00 PM"])
    assert (found, times.ambiguous, times.day_first) == ([(6, 5)], True, False)
    assert not day_month(["05/05/2026"])[1].ambiguous, "nothing hangs on it"
    found, times = day_month(["05/06/2026"], day_first=False)
    assert (found, times.ambiguous) == ([(6, 5)], False)


def test_a_column_in_both_orders_reads_only_what_is_certain() -> None:
    found, times = day_month(["05/06/2026", "17/08/2026", "08/18/2026", "05/05/2026"])
    assert found == [None, (17, 8), (18, 8), (5, 5)]
    assert times.ambiguous
    assert times.failed == 1
    assert "both orders" in times.warnings[0]
    found, times = day_month(["05/06/2026", "17/08/2026", "08/18/2026"], day_first=True)
    assert found == [(5, 6), (17, 8), None]
    assert "1 dates cannot be read day first" in times.warnings[0]


def test_batches_can_be_decided_together() -> None:
    first, second = pl.Series(["05/06/2026", "x"]), pl.Series(["08/17/2026", "1.1.2026"])
    assert decide_day_first([first, second]) is False
    assert decide_day_first([first]) is None
    assert decide_day_first([first, pl.Series(["17.6.26"])]) is True


def test_hours_that_come_twice_or_not_at_all() -> None:
    assert one("2026-03-29 02:30", zone="Europe/Berlin")[0] == at(2026, 3, 29, 1, 30)
    assert one("2026-10-25 02:30", zone="Europe/Berlin")[0] == at(2026, 10, 25, 0, 30)


def test_formats_replace_the_known_forms() -> None:
    times = parse_times(pl.Series(["06|03|2026 13h02", "2026-03-06", "3/2026"]), formats=["%d|%m|%Y %Hh%M", "%m/%Y"])
    assert times.frame["created_at"].to_list() == [at(2026, 3, 6, 13, 2), None, at(2026, 3, 1)]
    assert times.frame["time_precision"].to_list() == ["minute", "none", "month"]
    aware = parse_times(pl.Series(["06.03.2026 13:02:05 +0100"]), formats=["%d.%m.%Y %H:%M:%S %z"], zone="Asia/Tokyo")
    assert aware.frame.row(0)[0] == at(2026, 3, 6, 12, 2, 5)
    assert aware.frame["tz_source"][0] == "explicit"


def test_an_unknown_zone_is_told() -> None:
    with pytest.raises(ReadError, match="'Berlin' is no time zone"):
        parse_times(pl.Series(["2026-03-06"]), zone="Berlin")


def test_an_empty_column_is_an_empty_frame() -> None:
    frame = parse_times(pl.Series([], dtype=pl.String)).frame
    assert frame.schema == {
        "created_at": pl.Datetime("us", "UTC"),
        "created_at_raw": pl.String,
        "time_precision": pl.String,
        "tz_source": pl.String,
    }


def test_serials_and_snowflakes() -> None:
    frame = pl.DataFrame({"serial": ["42059.4832407407", "x"], "id": ["2029905358261502168", "20"]})
    found = frame.select(
        excel_serial(pl.col("serial")),
        excel_serial(pl.col("serial"), date1904=True).alias("mac"),
        snowflake_ms(pl.col("id")),
    )
    assert found["serial"].to_list() == [dt.datetime(2015, 2, 24, 11, 35, 52), None]
    assert found["mac"].to_list() == [dt.datetime(2019, 2, 25, 11, 35, 52), None]
    assert found["id"].to_list() == [1772802125884, None]


INSTANTS = st.datetimes(
    dt.datetime(1990, 1, 1),
    dt.datetime(2060, 1, 1),
    timezones=st.sampled_from([UTC, dt.timezone(dt.timedelta(hours=-8, minutes=-30))]),
).map(lambda t: t.replace(microsecond=0))


@settings(max_examples=25)
@given(st.lists(INSTANTS, min_size=1, max_size=20))
def test_times_survive_being_written_in_any_form(instants: list[dt.datetime]) -> None:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    def twelve(t: dt.datetime) -> str:
        return f"{t.hour % 12 or 12}:{t:%M:%S} {'AM' if t.hour < 12 else 'PM'}"

    forms: list[Callable[[dt.datetime], str]] = [
        lambda t: t.isoformat(),
        lambda t: t.strftime("%Y-%m-%d %H:%M:%S %z"),
        format_datetime,
        lambda t: f"{days[t.weekday()]} {months[t.month - 1]} {t:%d %H:%M:%S %z %Y}",
        lambda t: f"{months[t.month - 1]} {t.day}, {t:%Y} {twelve(t)} GMT{t:%z}",
        lambda t: str(int(t.timestamp() * 1000)) if 1e8 <= t.timestamp() < 2_145_916_800 else t.isoformat(),
        lambda t: t.strftime("%d.%m.%Y %H:%M:%S %z"),
    ]
    for form in forms:
        times = parse_times(pl.Series([form(instant) for instant in instants]))
        assert times.frame["created_at"].to_list() == [instant.astimezone(UTC) for instant in instants]
        assert (times.failed, times.ambiguous) == (0, False)
    mixed = [forms[number % len(forms)](instant) for number, instant in enumerate(instants)]
    assert parse_times(pl.Series(mixed)).frame["created_at"].to_list() == [i.astimezone(UTC) for i in instants]


@given(st.lists(st.text(st.sampled_from("0123456789/-.: TZ+AMPmarJan"), max_size=20), max_size=10))
def test_no_text_crashes_the_reader(cells: list[str]) -> None:
    times = parse_times(pl.Series(cells, dtype=pl.String), zone="Europe/Berlin")
    assert times.frame.height == len(cells)
