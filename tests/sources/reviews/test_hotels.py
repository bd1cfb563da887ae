"""Booking.com and Agoda: two texts, sub-scores, personal reservation numbers."""

from __future__ import annotations

from .exports import Loaded, Write

BOOKING = (
    "Review date,Guest name,Reservation number,Review title,Positive review,Negative review,Review score,Staff,"
    "Cleanliness,Location,Facilities,Comfort,Value for money,Property reply"
)
AGODA = (
    "Review date,Guest name,Reservation Number,Review title,Review,Review score,Cleanliness,Location,Facilities,"
    "Value for money,Service,Property reply"
)


def test_booking(write: Write) -> None:
    body = [
        '2026-01-02 10:00:00,Ada North,4411223344,Quiet,"Kind staff, good bed","Cold, dark",8.5,10,7.5,,2.5,5,,Thank you',
        "2026-01-03,Bo,4411223345,,,,1,,,,,,,",
        "2026-01-03,Cy,4411223346,,,,0.5,,,,,,,",
        "2026-01-03,Di,4411223347,,,Noisy,11,12,,,,,,",
    ]
    loaded = Loaded(write("reviews.csv", "\n".join([BOOKING, *body])))
    first, second, fourth, reply = loaded.rows
    assert (loaded.found.system, first["channel"]) == ("booking", "booking")
    assert (first["text_positive"], first["text_negative"]) == ("Kind staff, good bed", "Cold, dark")
    assert first["text"] == "Kind staff, good bed\n\nCold, dark"
    assert (first["rating_value"], first["rating_min"], first["rating_max"]) == (8.5, 1.0, 10.0)
    assert abs(first["rating_norm"] - 7.5 / 9) < 1e-12
    assert (second["kind"], second["rating_norm"], first["verified_purchase"]) == ("rating_only", 0.0, True)
    assert (fourth["text"], fourth["rating_value"], fourth["warnings"]) == ("Noisy", None, ["rating_out_of_scale"])
    assert (reply["text"], reply["in_reply_to_id"]) == ("Thank you", first["native_id"])
    assert loaded.scores["Facilities"] == ("2.5", 2.5)
    assert {row["question_id"]: row["position"] for row in loaded.answers if row["source_row"] == 2} == {
        "Staff": 1, "Cleanliness": 2, "Facilities": 3, "Comfort": 4,
    }  # fmt: skip
    assert [row["value_number"] for row in loaded.answers if row["source_row"] == 5] == [None]
    assert all(row["row_label"] == row["question_id"] for row in loaded.answers), "sub-ratings name their part"
    assert first["tz_source"] == "unknown"
    assert [(reject.row, reject.code) for reject in loaded.rejects] == [(4, "no_content")]


def test_reservation_numbers_are_never_stored(write: Write) -> None:
    table = f"{BOOKING}\n2026-01-02,Ada,4411223344,,Good,,8,,,,,,,\n2026-01-03,Bo, 4411223344 ,,Bad,,2,,,,,,,\n2026-01-03,Cy,,,Odd,,2,,,,,,,\n"
    loaded = Loaded(write("reviews.csv", table))
    first, second, third = loaded.rows
    assert first["native_id"] == second["native_id"] is not None
    assert third["native_id"] is None
    assert "4411223344" not in str(loaded.rows)
    assert "pseudonyms" in loaded.notes


def test_booking_resaved_in_europe(write: Write) -> None:
    table = BOOKING.replace(",", ";") + "\n02.01.2026;Ada;1;;Gut;;8,5;7,5;;;;;;\n"
    loaded = Loaded(write("reviews.csv", table))
    assert loaded.rows[0]["rating_value"] == 8.5
    assert loaded.scores == {"Staff": ("7,5", 7.5)}


def test_agoda_begins_at_zero(write: Write) -> None:
    loaded = Loaded(write("agoda.csv", f"{AGODA}\n2026-01-02,Ada,99,Bad,Never again,0,1,2,3,4,5,\n"))
    [row] = loaded.rows
    assert (loaded.found.system, row["text"], row["rating_value"], row["rating_norm"]) == (
        "agoda",
        "Never again",
        0.0,
        0.0,
    )
    assert (row["rating_min"], row["rating_max"], row["text_positive"]) == (0.0, 10.0, None)
    assert {answer["scale_min"] for answer in loaded.answers} == {0.0}
    assert loaded.scores["Service"] == ("5", 5.0)
