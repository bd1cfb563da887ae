"""The review formats that are read: one module each. A new format is a line here."""

from __future__ import annotations

from typing import Final

from cxreport_plugins.reviews import (
    alexa,
    amazon,
    apify_maps,
    app_store,
    app_store_connect,
    app_store_scrapes,
    feefo,
    g2,
    google,
    hotels,
    maps_places,
    maps_takeout,
    outscraper,
    play_api,
    play_console,
    play_scrapes,
    reviews_io,
    schema_org,
    tripadvisor,
    trustpilot,
    trustpilot_api,
    trustpilot_products,
    trustpilot_scrapes,
    yelp,
    yotpo,
)
from cxreport_plugins.reviews.format import Format

FORMATS: Final[tuple[Format, ...]] = (
    app_store.FORMAT,
    app_store_connect.FORMAT,
    google.FORMAT,
    play_api.FORMAT,
    trustpilot_api.FORMAT,
    maps_takeout.FORMAT,
    apify_maps.FORMAT,
    play_scrapes.FORMAT,
    yelp.FORMAT,
    amazon.FORMAT,
    tripadvisor.FORMAT,
    g2.FORMAT,
    feefo.FORMAT,
    yotpo.FORMAT,
    reviews_io.FORMAT,
    play_console.FORMAT,
    trustpilot.FORMAT,
    trustpilot_products.FORMAT,
    outscraper.FORMAT,
    hotels.BOOKING,
    hotels.AGODA,
    maps_places.FORMAT,
    app_store_scrapes.FORMAT,
    trustpilot_scrapes.FORMAT,
    alexa.FORMAT,
    schema_org.FORMAT,
)
"""In the order in which they are tried; the first that recognises a file reads it."""
