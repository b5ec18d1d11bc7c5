/** One measurement of metrics in a separate process. Prints one line of JSON. */
import { bootstrapIntervals } from "../../../src/metrics/bootstrap/bootstrap-intervals.js";
import { metricValues } from "../../../src/metrics/evaluation/metric-values.js";
import { peakBytes, residentBytes } from "../memory.js";
import { timed } from "../result.js";

const [what, rowsText] = process.argv.slice(2);
const rows = Number(rowsText);

const labels = new Uint8Array(rows);
const probabilities = new Float64Array(rows);
let state = 1;
/** A congruential generator (Numerical Recipes): fast, and good enough to be sorted. */
function uniform(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}
for (let i = 0; i < rows; i++) {
  // Two draws, so that few probabilities are equal.
  probabilities[i] = 0.9 * uniform() * (uniform() + 1e-9);
  labels[i] = uniform() < probabilities[i] ? 1 : 0;
}
const before = residentBytes();
const jobs: Readonly<Record<string, () => unknown>> = {
  metrics: () =>
    metricValues(labels, probabilities, ["rocAuc", "logLoss", "brierScore", "expectedCalibrationError"]),
  bootstrap: () =>
    bootstrapIntervals(
      labels,
      probabilities,
      ["rocAuc", "averagePrecision", "logLoss", "brierScore", "expectedCalibrationError", "ks"],
      { replicates: 1000 },
    ),
};
const { cpu } = await timed(jobs[what]);
const input = labels.byteLength + probabilities.byteLength;
process.stdout.write(
  `${JSON.stringify({ cpu, input, peak: peakBytes(), peakWithInput: peakBytes() - before + input })}\n`,
);
