"""An invented export for every shipped mapping file, in the layout as far as it is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sample:
    """A table, and what its first record must hold."""

    text: str
    first: dict[str, Any]
    records: int
    """Replies of the brand included."""
    skipped: dict[str, int] = field(default_factory=dict)
    answers: int = 0
    rejects: int = 0


SAMPLES: dict[str, Sample] = {
    "g2": Sample(
        "Review ID,Product,Star Rating,Title,What do you like best about Meridian?,What do you dislike about Meridian?,Submitted At,Company Size,Email\n"
        "r1,Meridian App,4.5,Good,Fast search,No dark mode,2026-02-03T10:00:00Z,Mid-Market,ana@e.example\n"
        "r2,Meridian App,0.5,Bad,,Crashes,2026-02-04T10:00:00Z,Enterprise,bo@e.example\n",
        {"native_id": "r1", "rating_value": 4.5, "rating_norm": 0.9, "text": "Fast search\n\nNo dark mode",
         "channel": "g2", "kind": "review", "segment": "Mid-Market", "product_name": "Meridian App"},
        records=2,
    ),
    "capterra": Sample(
        "Overall Rating,Ease of Use,Customer Service,Features,Value for Money,Pros,Cons,Likelihood to Recommend,"
        "Reviewer,Industry,Company Size,Date\n"
        "4,5,3,4,4,Quick,Dear,8,Ana A.,Airlines,11-50,2026-02-03\n5,5,5,5,5,,,10,Bo B.,Hotels,51-200,2026-02-04\n",
        {"rating_value": 4.0, "text_positive": "Quick", "text_negative": "Dear", "segment": "11-50", "tags": ["Airlines"]},
        records=2, answers=10,
    ),
    "feefo": Sample(
        "Name,Email,Sale Date,Feedback Date,Product Id,Service Rating,Service Comment,Product Rating,Product Comment\n"
        "Ana A.,ana@e.example,01/02/2026,03/02/2026,P-1,5,Friendly crew,4,Good bag\nBo B.,,02/02/2026,04/02/2026,P-2,1,Late,,\n",
        {"rating_value": 5.0, "text": "Friendly crew", "product_id": "P-1", "question_text": "Service"},
        records=2, answers=2,
    ),
    "reviews_io": Sample(
        "Reviewer Name,Email,Rating,Title,Review,Date,Order ID,Branch,SKU,Product,Reply\n"
        "Ana A.,ana@e.example,2,Late,Two hours late,2026-02-03 10:00:00,O-1,Riga,S1,Ticket,We are sorry\n"
        "Bo B.,bo@e.example,5,,,2026-02-04 10:00:00,O-2,Oslo,S2,Ticket,\n",
        {"rating_value": 2.0, "text": "Two hours late", "location_name": "Riga", "sku": "S1", "kind": "review"},
        records=3,
    ),
    "yotpo": Sample(
        "review_id,review_title,review_content,review_score,date,product_id,product_title,display_name,email,"
        "comment_content,comment_created_at\n"
        "7,Fine,It holds,4,2026-02-03,P1,Bag,Ana,ana@e.example,Thank you,2026-02-05\n8,Meh,Too small,2,2026-02-04,P1,Bag,Bo,,,\n",
        {"native_id": "7", "rating_value": 4.0, "text": "It holds", "product_name": "Bag", "author_name": "Ana"},
        records=3,
    ),
    "judgeme": Sample(
        "title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,"
        "reply_date,ip_address\n"
        "Fine,It holds,4,2026-02-03 10:00:00 UTC,web,ok,Ana,ana@e.example,9,bag,Thanks,2026-02-04 10:00:00 UTC,192.0.2.1\n"
        "Buy,Cheap pills,5,2026-02-03 11:00:00 UTC,web,spam,X,x@e.example,9,bag,,,192.0.2.2\n",
        {"rating_value": 4.0, "text": "It holds", "product_name": "bag", "channel": "judgeme"},
        records=2, skipped={"curated is spam": 1},
    ),
    "okendo": Sample(
        "name,email,body,rating,title,productId,sku,dateCreated,countryCode,reply\n"
        "Ana,ana@e.example,It holds,4,Fine,12,S1,2026-02-03T10:00:00Z,LV,\n",
        {"rating_value": 4.0, "author_country": "LV", "sku": "S1"},
        records=1,
    ),
    "tripadvisor": Sample(
        "id,url,title,text,rating,publishedDate,travelDate,tripType,lang,user/userId,user/name,ownerResponse/text,"
        "ownerResponse/publishedDate,helpfulVotes,placeInfo/id,placeInfo/name\n"
        "1,https://e.example/1,Fine,Clean room,bubble_45,2026-02-03,2026-01,COUPLES,en,u1,Ana,Thank you,2026-02-04,2,h1,Hotel\n"
        "2,https://e.example/2,Bad,Noise,20,2026-02-04,2026-01,SOLO,en,u2,Bo,,,0,h1,Hotel\n",
        {"native_id": "1", "rating_raw": "bubble_45", "rating_value": 4.5, "author_id": "u1", "tags": ["COUPLES"],
         "helpful_votes": 2, "location_name": "Hotel"},
        records=3,
    ),
    "trustpilot_api": Sample(
        "id,consumer.id,consumer.displayName,stars,title,text,language,createdAt,companyReply.text,companyReply.createdAt,referenceId\n"
        "t1,c1,Ana,1,Never,Lost my bag,en,2026-02-03T10:00:00Z,We are on it,2026-02-03T12:00:00Z,O-1\n",
        {"native_id": "t1", "rating_value": 1.0, "author_id": "c1", "language": "en", "channel": "trustpilot"},
        records=2,
    ),
    "delighted": Sample(
        "Response ID,Score,Comment,Response Timestamp,Survey Type,Person Name,Person Email,Tags\n"
        "1,9,Great,2026-02-03 10:00:00 UTC,NPS,Ana,ana@e.example,\"vip,web\"\n2,3,Fine,2026-02-03 11:00:00 UTC,CSAT,Bo,,\n"
        "3,7,Easy,2026-02-03 12:00:00 UTC,CES,Cy,,\n4,2,?,2026-02-03 13:00:00 UTC,PMF,Di,,\n",
        {"native_id": "1", "metric": "nps", "nps_score": 9, "nps_group": "promoter", "tags": ["vip", "web"],
         "kind": "survey_response", "csat_value": None, "rating_max": 10.0},
        records=4,
    ),
    "satismeter": Sample(
        "id,rating,category,feedback,created,campaign,dismissed,user.email\n"
        "1,6,detractor,Slow,2026-02-03T10:00:00Z,web,false,ana@e.example\n2,,,,2026-02-03T10:00:00Z,web,true,\n",
        {"nps_score": 6, "nps_group": "detractor", "text": "Slow"},
        records=1, skipped={"dismissed is true": 1},
    ),
    "wootric": Sample(
        "id,score,text,survey_id,created_at,end_user.email,channel\n1,8,Okay,44,2026-02-03 10:00:00,ana@e.example,web\n",
        {"nps_score": 8, "text": "Okay", "tz_source": "spec", "channel": "survey"},
        records=1,
    ),
    "hotjar": Sample(
        "Number,User,Date Submitted,Country,Source URL,Device,Browser,OS,Hotjar User ID,"
        "How likely are you to recommend us to a friend or colleague?,What is missing?\n"
        "1,1a2b,2026-02-03 10:00:00,Latvia,https://e.example/,desktop,Firefox,Linux,u-1,7,A seat map\n",
        {"nps_score": 7, "country": "LV", "url": "https://e.example/", "device": "desktop", "text": None},
        records=1, answers=1,
    ),
    "survicate": Sample(
        "Response UUID,Respondent UUID,Survey Name,Date & Time (UTC),Email,Language,How was it?,Why?\n"
        "a-1,p-1,Web CSAT,2026-02-03 10:00:00,ana@e.example,en,5,Quick\n",
        {"native_id": "a-1", "language": "en"},
        records=1, answers=2,
    ),
    "helpscout": Sample(
        "id,customer.id,ticketId,threadId,rating,comments,createdAt,modifiedAt\n"
        "5,500,77,10,Great,He helped at once,2026-02-03T10:00:00,2026-02-04T10:00:00\n6,501,78,11,not_good,,2026-02-05T10:00:00,\n",
        {"native_id": "5", "rating_value": 3.0, "rating_norm": 1.0, "metric": "smiley", "conversation_id": "77",
         "tz_source": "spec"},
        records=2,
    ),
    "gorgias": Sample(
        "id,ticket_id,customer_id,score,body_text,created_datetime,scored_datetime,sent_datetime\n"
        "1,12,120,2,Too slow,2026-02-01T10:00:00.000001,2026-02-03T10:00:00.000001,2026-02-02T10:00:00\n2,13,121,,,2026-02-01T10:00:00,,\n",
        {"csat_value": 2.0, "csat_max": 5.0, "conversation_id": "12", "author_id": "120"},
        records=1, skipped={"score is blank": 1},
    ),
    "hubspot_feedback": Sample(
        "Record ID,Survey name,Survey type,Rating,Response,Response date,Contact email\n"
        "1,After flight,NPS,3,Late,2026-02-03 10:00,ana@e.example\n2,Chat,CSAT,2,Good,2026-02-03 11:00,bo@e.example\n",
        {"native_id": "1", "nps_score": 3, "text": "Late", "segment": "After flight"},
        records=2,
    ),
    "hubspot_tickets": Sample(
        "Ticket ID,Ticket name,Pipeline,Ticket status,Create date,Ticket description,Priority,Ticket owner\n"
        "1,Bag lost,Support,New,2026-02-03 10:00,It never came,High,Eve E.\n",
        {"native_id": "1", "title": "Bag lost", "text": "It never came", "kind": "ticket", "channel": "support"},
        records=1,
    ),
    "medallia_experience": Sample(
        "Survey ID,Response Date,Likelihood to Recommend,Overall Satisfaction,Unit,Comments\n9,2026-02-03,10,9,Riga,Thanks\n",
        {"native_id": "9", "nps_score": 10, "location_name": "Riga", "text": "Thanks"},
        records=1, answers=1,
    ),
    "touchpoints": Sample(
        "external_id,question_1,positive_effectiveness,positive_ease,negative_effectiveness,negative_ease,question_4\n"
        "x1,4,1,0,null,null,It worked\nx2,2,null,null,0,1,Too many forms\n",
        {"native_id": "x1", "csat_value": 4.0, "tags": ["effectiveness +"], "text": "It worked"},
        records=2,
    ),
    "touchpoints_thumbs": Sample(
        "external_id,question_1,positive_effectiveness,positive_ease,negative_effectiveness,negative_ease,question_4\n"
        "x1,1,1,1,null,null,It worked\nx2,0,null,null,0,1,Too many forms\n",
        {"native_id": "x1", "metric": "thumbs", "rating_norm": 1.0, "tags": ["effectiveness +", "ease +"]},
        records=2,
    ),
    "zendesk_ratings": Sample(
        "id,ticket_id,requester_id,assignee_id,group_id,score,comment,reason,created_at,updated_at\n"
        "1,70,500,9,3,good,Thank you,,2026-02-03T10:00:00Z,2026-02-03T10:00:00Z\n"
        "2,71,501,9,3,offered,,,2026-02-03T10:00:00Z,\n3,72,502,9,3,bad,,Too slow,2026-02-03T10:00:00Z,\n",
        {"rating_value": 1.0, "metric": "binary", "conversation_id": "70", "author_id": "500"},
        records=2, skipped={"score is offered": 1},
    ),
    "zendesk_tickets": Sample(
        "id,created_at,updated_at,subject,description,requester_id,submitter_id,assignee_id,status,tags,satisfaction_rating.score\n"
        "70,2026-02-03T10:00:00Z,2026-02-04T10:00:00Z,Bag,It never came,500,500,9,open,\"bag,lost\",offered\n",
        {"native_id": "70", "title": "Bag", "text": "It never came", "tags": ["bag", "lost"], "rating_raw": None,
         "kind": "ticket"},
        records=1,
    ),
    "freshdesk_ratings": Sample(
        "id,survey_id,user_id,agent_id,ticket_id,group_id,feedback,ratings.default_question,created_at\n"
        "1,4,500,9,70,3,Nobody called,-103,2026-02-03T10:00:00Z\n2,4,501,9,71,3,,103,2026-02-03T10:00:00Z\n",
        {"rating_raw": "-103", "rating_value": 1.0, "rating_norm": 0.0, "conversation_id": "70"},
        records=2,
    ),
    "intercom": Sample(
        "conversation_id,created_at,conversation_rating,conversation_rating_remark,user_email\n"
        "1,1770112800,amazing,Quick,ana@e.example\n2,1770112800,,,bo@e.example\n",
        {"native_id": "1", "csat_value": 5.0, "text": "Quick", "kind": "survey_response"},
        records=1, skipped={"conversation_rating is blank": 1},
    ),
}  # fmt: skip
