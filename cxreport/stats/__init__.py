"""Statistics of the audit: pure functions over counts and sums, on NumPy and SciPy.

They know nothing of records, frames or configuration. Measures collect a few aggregated rows and call these
in their ``estimate`` half. What cannot be computed is ``nan``, never a guess.
"""

from __future__ import annotations

from cxreport.stats.agreement import GOOD, TENTATIVE, krippendorff, masi
from cxreport.stats.base import (
    HIDDEN_BELOW,
    PLAIN_FROM,
    TESTED_FROM,
    BaseStatus,
    Mark,
    base_status,
    mark,
    may_test,
)
from cxreport.stats.clusters import (
    DRAWS,
    bucket_bootstrap,
    bucketed_proportion,
    bucketed_ratio,
    bucketed_trinomial,
    deff,
    effective_base,
    kish_n,
)
from cxreport.stats.comparisons import (
    Comparison,
    Equivalence,
    OrdinalComparison,
    mann_whitney,
    tost_proportions,
    two_means,
    two_proportions,
)
from cxreport.stats.concentration import (
    branching_ratio,
    gini,
    reach_asymmetry,
    reach_asymmetry_without_top,
    reach_bounds,
    top_share,
)
from cxreport.stats.confusion import macro_f1, precision, recall
from cxreport.stats.control import ControlLimits, p_chart, u_chart
from cxreport.stats.drivers import (
    MOST_PREDICTORS,
    covariances,
    johnson,
    lmg,
    pairs,
    r_squared,
    variance_inflation,
)
from cxreport.stats.intervals import (
    Band,
    Estimate,
    Interval,
    mover,
    newcombe,
    quantile_interval,
    quantile_ranks,
    t_mean,
    unknown_bounds,
    wilson,
)
from cxreport.stats.misclassification import (
    LEAST_INFORMEDNESS,
    Counted,
    corrected_shares,
    informedness,
    restated,
    rogan_gladen,
    unmixed,
)
from cxreport.stats.multiplicity import benjamini_hochberg
from cxreport.stats.resampling import bucket_resamples, percentile_band
from cxreport.stats.stars import bayesian_mean
from cxreport.stats.survival import Quantile, SurvivalCurve, kaplan_meier
from cxreport.stats.trend import MannKendall, Slope, mann_kendall, theil_sen
from cxreport.stats.trinomial import (
    NpsDifference,
    adjusted_wald,
    adjusted_wald_nps,
    net_share,
    nps,
    nps_difference,
    nps_se,
)

__all__ = [
    "DRAWS",
    "GOOD",
    "HIDDEN_BELOW",
    "LEAST_INFORMEDNESS",
    "MOST_PREDICTORS",
    "PLAIN_FROM",
    "TENTATIVE",
    "TESTED_FROM",
    "Band",
    "BaseStatus",
    "Comparison",
    "ControlLimits",
    "Counted",
    "Equivalence",
    "Estimate",
    "Interval",
    "MannKendall",
    "Mark",
    "NpsDifference",
    "OrdinalComparison",
    "Quantile",
    "Slope",
    "SurvivalCurve",
    "adjusted_wald",
    "adjusted_wald_nps",
    "base_status",
    "bayesian_mean",
    "benjamini_hochberg",
    "branching_ratio",
    "bucket_bootstrap",
    "bucket_resamples",
    "bucketed_proportion",
    "bucketed_ratio",
    "bucketed_trinomial",
    "corrected_shares",
    "covariances",
    "deff",
    "effective_base",
    "gini",
    "informedness",
    "johnson",
    "kaplan_meier",
    "kish_n",
    "krippendorff",
    "lmg",
    "macro_f1",
    "mann_kendall",
    "mann_whitney",
    "mark",
    "masi",
    "may_test",
    "mover",
    "net_share",
    "newcombe",
    "nps",
    "nps_difference",
    "nps_se",
    "p_chart",
    "pairs",
    "percentile_band",
    "precision",
    "quantile_interval",
    "quantile_ranks",
    "r_squared",
    "reach_asymmetry",
    "reach_asymmetry_without_top",
    "reach_bounds",
    "recall",
    "restated",
    "rogan_gladen",
    "t_mean",
    "theil_sen",
    "top_share",
    "tost_proportions",
    "two_means",
    "two_proportions",
    "u_chart",
    "unknown_bounds",
    "unmixed",
    "variance_inflation",
    "wilson",
]
