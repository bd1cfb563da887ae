window.YTD.account.part0 = [
  {
    "account": {
      "username": "meridianair",
      "accountId": "900000001",
      "accountDisplayName": "Meridian"
    }
  }
]