window.YTD.direct_messages.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "900000001-900000777",
      "messages" : [
        {
          "messageCreate" : {
            "id" : "1",
            "senderId" : "900000777",
            "recipientId" : "900000001",
            "createdAt" : "2026-03-06T13:02:05.000Z",
            "text" : "this is private",
            "reactions" : [],
            "urls" : [],
            "mediaUrls" : []
          }
        }
      ]
    }
  }
]