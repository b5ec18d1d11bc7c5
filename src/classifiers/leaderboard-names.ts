/** The leaderboard's name of the weighted sum of all candidates. */
export const ENSEMBLE = "ensemble";
/** The leaderboard's name of the candidate that predicts the churn rate for every row. */
export const CONSTANT = "constant";

/** Names that no classifier of the caller may have. */
export const LEADERBOARD_NAMES: readonly string[] = [ENSEMBLE, CONSTANT];
