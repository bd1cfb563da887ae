"""Names under which columns are found in the wild, by column of a record; the surest first."""

from __future__ import annotations

from typing import Final

SURE: Final = "sure"
LIKELY: Final = "likely"
UNSURE: Final = "unsure"

ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "native_id": ("id", "review id", "record id", "ticket id", "case id", "comment id", "post id", "response id",
                  "feedback id", "message id", "call id", "survey id", "uuid", "ticketnummer", "vorgangsnummer",
                  "номер"),
    "created_at": ("created at", "created", "date", "timestamp", "date time", "datetime", "created date",
                   "creation date", "created time", "review date", "submitted at", "submission date", "opened",
                   "opened at", "date created", "posted at", "published at", "time", "review creation date", "datum",
                   "erstellt am", "zeitstempel", "date de création", "créé le", "horodateur", "fecha",
                   "fecha de creación", "marca temporal", "data", "data de criação", "carimbo de data hora",
                   "дата", "дата создания", "отметка времени"),
    "updated_at": ("updated at", "updated", "modified at", "last modified", "edited at"),
    "experienced_at": ("experienced at", "visit date", "date visit", "date flown", "stay date", "purchase date"),
    "text": ("text", "comment", "comments", "review", "review text", "content", "body", "message", "feedback",
             "summary", "description", "verbatim", "review comment message", "review body", "note", "notes",
             "kommentar", "nachricht", "beschreibung", "commentaire", "avis", "comentario", "comentarios", "opinión",
             "reseña", "mensaje", "comentário", "comentários", "mensagem", "descrição", "текст", "отзыв", "комментарий",
             "сообщение", "описание"),
    "title": ("title", "headline", "subject", "review title", "review comment title", "betreff", "titel",
              "titre", "objet", "título", "asunto", "assunto", "заголовок", "тема"),
    "text_positive": ("pros", "positive", "liked", "positive review", "what do you like best"),
    "text_negative": ("cons", "negative", "disliked", "negative review", "what do you dislike"),
    "author_name": ("author", "author name", "user", "username", "user name", "customer", "customer name", "name",
                    "reviewer", "reviewer name", "kunde", "kundenname", "autor", "nom", "client", "nom du client",
                    "cliente", "nombre", "nome", "имя", "автор", "клиент"),
    "author_id": ("author id", "user id", "customer id", "reviewer id"),
    "author_handle": ("handle", "screen name", "twitter handle"),
    "author_country": ("author country", "reviewer country", "user country", "customer country"),
    "country": ("country", "country code", "land", "pays", "pais", "país", "страна"),
    "region": ("region", "state", "province"),
    "city": ("city", "town", "stadt", "ville", "ciudad", "cidade", "город"),
    "language": ("language", "lang", "locale", "sprache", "langue", "idioma", "язык"),
    "url": ("url", "link", "permalink", "review url"),
    "channel": ("channel", "source", "platform", "medium", "kanal", "canal", "канал"),
    "brand": ("brand", "company", "airline name", "airline", "brand name"),
    "product_name": ("product", "product name", "product title", "item", "produkt", "produit", "producto", "produto",
                     "товар", "продукт"),
    "location_name": ("location", "location name", "store", "branch", "shop", "store name", "filiale", "standort",
                      "magasin", "tienda", "sucursal", "loja", "филиал", "магазин"),
    "segment": ("segment", "customer segment", "tier"),
    "tags": ("tags", "labels", "category", "categories", "topics", "reason", "kategorie", "catégorie", "categoría",
             "categoria", "категория"),
    "helpful_votes": ("helpful votes", "helpful", "likes", "upvotes", "votes"),
    "verified_purchase": ("verified", "verified purchase"),
    "in_reply_to_id": ("in reply to id", "parent id", "reply to"),
    "conversation_id": ("conversation id", "thread id"),
}  # fmt: skip
"""Normalised headers (`norm`)."""
RATING: Final = (
    "rating", "overall rating", "score", "stars", "star rating", "review rating", "review score", "overall",
    "overall score", "nps", "nps score", "csat", "csat score", "grade", "bewertung", "punkte", "punktzahl", "sterne",
    "étoiles", "calificación", "puntuación", "valoración", "estrellas", "avaliação", "pontuação", "estrelas", "nota",
    "оценка", "рейтинг",
)  # fmt: skip
PLAIN: Final = ("name", "user", "time", "source", "item", "note", "notes", "reason", "state", "likes", "positive",
                "negative", "data", "overall", "medium", "votes", "link", "category", "nota", "avis", "client",
                "cliente", "objet", "land", "номер")  # fmt: skip
"""Aliases that mean other things as well."""
SUBRATING: Final = (" rating", " score", " stars")
"""Endings of headers of sub-ratings."""
