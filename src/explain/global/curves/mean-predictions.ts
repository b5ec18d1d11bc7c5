import { weightedMean } from "../../../metrics/sample/weighted-mean.js";
import type { Pulse } from "../../../progress.js";
import { takeVectorRows, type Vectors } from "../../../vectors/vectors.js";
import { withInputs, withValues } from "../changed-inputs.js";
import { type ExplainedRows, marginsOf, type Subject } from "../subject.js";

/** The mean prediction of all rows. */
export interface MeanPrediction {
  readonly margin: number;
  readonly probability: number;
}

/** Rows that are predicted in one call, so that it costs the same for few rows at many points and for many at few. */
const ROWS_AT_ONCE = 8192;

/**
 * Partial dependence (Friedman 2001, section 8.2): the mean prediction if some inputs had the same given values in all rows, and
 * everything else were as it is.
 * @param positions of the inputs.
 * @param points for each, the values of the inputs: numbers or codes, NaN for missing.
 */
export async function meanPredictions(
  subject: Subject,
  { vectors, weights }: ExplainedRows,
  positions: readonly number[],
  points: readonly (readonly number[])[],
  pulse: Pulse,
): Promise<MeanPrediction[]> {
  const { rowCount } = vectors;
  const atOnce = Math.min(points.length, Math.max(1, Math.floor(ROWS_AT_ONCE / rowCount)));
  const repeated = repeatedRows(vectors, atOnce);
  const means: MeanPrediction[] = [];
  for (let from = 0; from < points.length; from += atOnce) {
    await pulse.beat();
    const some = points.slice(from, from + atOnce);
    const base = some.length === atOnce ? repeated : repeatedRows(vectors, some.length);
    const changed = new Map(
      positions.map((position, p) => {
        const values = new Float64Array(base.rowCount);
        for (let at = 0; at < some.length; at++) values.fill(some[at][p], at * rowCount, (at + 1) * rowCount);
        return [position, withValues(base.features[position], values)] as const;
      }),
    );
    const margins = marginsOf(subject, withInputs(subject, base, changed));
    for (let at = 0; at < some.length; at++) {
      const ofPoint = margins.subarray(at * rowCount, (at + 1) * rowCount);
      means.push({
        margin: weightedMean(ofPoint, weights),
        probability: weightedMean(
          ofPoint.map((margin) => subject.probabilityOf(margin)),
          weights,
        ),
      });
    }
  }
  return means;
}

function repeatedRows(vectors: Vectors, times: number): Vectors {
  const { rowCount } = vectors;
  return takeVectorRows(
    vectors,
    Int32Array.from({ length: rowCount * times }, (_, i) => i % rowCount),
  );
}
