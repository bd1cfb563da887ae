"""First-party themes of cxreport."""
