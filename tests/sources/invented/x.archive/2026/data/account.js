window.YTD.account.part0 = [
  {
    "account" : {
      "email" : "post@meridianair.example",
      "createdVia" : "web",
      "username" : "meridianair",
      "accountId" : "900000001",
      "createdAt" : "2011-05-01T10:00:00.000Z",
      "accountDisplayName" : "Meridian Air"
    }
  }
]