import type { MetricInterval } from "../../metrics/bootstrap/bootstrap-options.js";
import { counted, decimal, difference, whole } from "../../printing/numbers.js";
import type { LearningCurve, LearningCurvePoint } from "./curve.js";
import { LEAST_STEPS } from "./power-law.js";

/** Where twice the rows would gain less than this share of the log loss, more rows hardly help. */
const NEGLIGIBLE = 0.005;

/** What more rows would buy, in one sentence. */
export function prospectOf({ points, skipped, expected }: Omit<LearningCurve, "sentence">): string {
  if (expected === null) {
    const few = skipped.length > 0 ? "rows" : "shares";
    return `Too few ${few} to say what more rows would buy: the curve has ${counted(points.length, "point")}, and needs ${LEAST_STEPS + 1}.`;
  }
  const { gain, logLoss } = expected;
  const [before, all] = points.slice(-2);
  const now = decimal(all.logLoss.value);
  if (gain.high < NEGLIGIBLE * all.logLoss.value)
    return `More rows would hardly help: ${lastStep(before, all)}, twice the rows would lower it by at most ${decimal(Math.max(0, gain.high))}; better features may do more.`;
  if (gain.low > 0)
    return `Twice the rows would lower the log loss by about ${decimal(gain.value)} (${between(gain)}), from ${now} to ${decimal(logLoss.value)}.`;
  return `Too few rows to say for sure: twice the rows may bring the log loss from ${now} to ${decimal(logLoss.value)} (${between(logLoss)}).`;
}

/** From the last share to all rows: the log loss fell, or rose. */
function lastStep(before: LearningCurvePoint, all: LearningCurvePoint): string {
  const { value, low, high } = all.gain as MetricInterval;
  const rows = `from ${whole(before.rows)} to ${counted(all.rows, "row")} the log loss`;
  if (difference(Math.abs(value)) === difference(0)) return `${rows} stayed the same`;
  const change = value < 0 ? `rose by ${difference(-value)}` : `fell by ${difference(value)}`;
  const range = value < 0 ? { low: -high, high: -low } : { low, high };
  return `${rows} ${change} (${between(range)})`;
}

function between({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${difference(low)} to ${difference(high)}`;
}
