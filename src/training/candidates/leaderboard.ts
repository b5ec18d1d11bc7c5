import { empc } from "../../metrics/decision/empc.js";
import { expectedCalibrationError } from "../../metrics/probability/expected-calibration-error.js";
import { rocAuc } from "../../metrics/ranking/roc-auc.js";
import { rocAucInterval } from "../../metrics/ranking/roc-auc-interval.js";
import type { LeaderboardEntry } from "../../model-file/churn/content.js";
import type { Candidate, CandidateRows } from "./candidates.js";

/** The candidates as measured on out-of-fold probabilities; the first is the chosen one. */
export function leaderboardOf(
  candidates: readonly Candidate[],
  { labels, weights }: CandidateRows,
): LeaderboardEntry[] {
  const options = { weights };
  return candidates.map(({ name, summary, logLoss, kilobytes, calibration: { probabilities } }, place) => {
    const { low, high } = rocAucInterval(labels, probabilities, options);
    return {
      name,
      summary,
      logLoss,
      rocAuc: rocAuc(labels, probabilities, options),
      rocAucInterval: [low, high],
      expectedCalibrationError: expectedCalibrationError(labels, probabilities, options),
      empc: empc(labels, probabilities, options).value,
      kilobytes: Math.ceil(kilobytes),
      chosen: place === 0,
    };
  });
}
