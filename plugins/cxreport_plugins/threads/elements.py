"""What the brand's answers hold: the elements of recovery, and the wish to go on in private."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from cxreport.api import Keep, Relation

ELEMENTS = {
    "apology": r"\b(sorry|apolog\w+|regret)\b|\b(извин\w+|простите|жаль|сожале\w+|приносим извинения)",
    "reinstatement": (
        r"\b(refunded|rebooked|replaced|reissued|resolved|repaired|reinstated|cancelled the charge)\b"
        r"|\b(is|are|has been|have been|was) (already )?(fixed|released|delivered|cancelled|sorted|restored|sent)\b"
        r"|\bon (its|the|your) (way|next flight)\b"
        r"|\b(вернули|возвращен\w*|исправ\w+|замен\w+|перебронир\w+|решили|решен\w*)"
    ),
    "empathy": (
        r"\b(understand|frustrat\w+|inconvenien\w+|disappoint\w+|imagine how|should not have|shouldn't have)\b"
        r"|\b(понима\w+|неприятн\w+|неудобств\w+|не должно было|сочувств\w+)"
    ),
    "atonement": (
        r"\b(voucher\w*|compensat\w+|gift card|discount|goodwill|free of charge|on us|miles to your account)\b"
        r"|\b(ваучер\w*|компенс\w+|скидк\w+|бонус\w*|промокод\w*|в подарок)"
    ),
    "follow_up": (
        r"\b(will|'ll) (write|call|get back|come back|update|let you know|be in touch|follow up|contact you)\b"
        r"|\b(following up|keep you (posted|updated))\b"
        r"|\b(свяж(емся|усь)|напиш(ем|у)|позвон(им|ю)|сообщ(им|у)|верн(емся|усь) к вам)"
    ),
    "transfer": (
        r"\b(dms?|direct message|private message|inbox)\b|\b(message|call|e-?mail|text|phone) us\b"
        r"|\bfollow (us )?(and|&) (dm|message)\b|\bin private\b"
        r"|\b(в личку|в личные сообщения|в лс|в директ|личным сообщением|позвоните нам|напишите нам на)"
    ),
    "acknowledgement": (
        r"\bthank(s| you)\b.{0,30}\b(feedback|letting us know|telling us|flagging|reporting|sharing|patience|"
        r"reaching out|contacting|writing)\b|\b(passed|pass|forward\w*|shared?) (this|it|your \w+) (on|to)\b"
        r"|\b(спасибо|благодар\w+) за (отзыв|обратную связь|сообщение|обращение|терпение)|\bпередал[аи]? "
    ),
    "request": (
        r"\b(could|can|would|may) (you|we|i) .{0,30}\b(send|share|provide|tell|confirm|have|get|know)\b|\bplease "
        r"(send|share|provide|tell|confirm)\b|\b(booking|order|reference|ticket) (number|code)\b"
        r"|\b(пришлите|укажите|уточните|сообщите|подскажите|напишите)\b"
    ),
}
"""Element → its cues in a text in lower case, English and Russian.

The five classic elements of recovery and the three of public channels (Oz & Istanbulluoglu 2023).
"""


class AnswerElements(Relation):
    """Names the elements that each reply of a brand holds, with commas, in the order of `ELEMENTS`."""

    name = "answer_elements"
    needs = ("record_id", "brand_authored", "text", "in_reply_to_id")
    adds = {"reply_elements": pl.String}  # noqa: RUF012

    def relate(self, records: nw.LazyFrame[Any], keep: Keep) -> nw.LazyFrame[Any]:
        """One row a brand's reply; empty where it holds none that is known."""
        brand = nw.col("brand_authored").fill_null(value=False)
        replies = records.filter(brand & ~nw.col("in_reply_to_id").is_null())
        said = nw.col("text").fill_null("").str.to_lowercase().str.replace_all("ё", "е", literal=True)
        folded = replies.with_columns(__said=said)
        held = [
            nw.when(nw.col("__said").str.contains(cues)).then(nw.lit(f"{name},")) for name, cues in ELEMENTS.items()
        ]
        return folded.select("record_id", reply_elements=nw.concat_str(*held, ignore_nulls=True))


def holds(element: str) -> nw.Expr:
    """Whether a reply holds an element; false for what is no reply."""
    return nw.col("reply_elements").str.contains(f"{element},", literal=True).fill_null(value=False)
