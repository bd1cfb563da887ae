"""The audit theme: look of the reports that a consultant hands over. See theme.yaml."""
