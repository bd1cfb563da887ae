"""The invented client: a seeded generator of Meridian Air's feedback exports.

Everything here is made up: the airline, its rival, every person, handle, number and sentence.
The same code writes the same bytes on any machine and any Python from 3.11 on.
"""
