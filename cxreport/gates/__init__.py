"""Gates: thresholds that CI holds a company to, judged on the interval of a result and not on its point."""
