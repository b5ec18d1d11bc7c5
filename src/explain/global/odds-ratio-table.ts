import { oddsRatios } from "../../classifiers/logistic/odds-ratios.js";
import { count } from "../../errors.js";
import type { ExplainedOddsRatio } from "./explanation.js";
import type { LabelledRows } from "./importance/permutation-importance.js";
import type { Subject } from "./subject.js";

/** Columns beyond which the table is too long to read, and its standard errors take long. */
const MOST_COLUMNS = 100;
/** Fewer churners or others per column, and coefficients are mostly noise (Peduzzi et al. 1996). */
const EVENTS_PER_COLUMN = 10;

/** The odds ratios of a logistic regression on the rows, or why there are none. Totals are left out, as their parts determine them. */
export function oddsRatioTable(
  { inputs }: Subject,
  { vectors, labels, weights }: LabelledRows,
): readonly ExplainedOddsRatio[] | string {
  const features = vectors.features.slice(0, inputs.length);
  const columns = features.reduce(
    (sum, feature) => sum + (feature.kind === "numeric" ? 1 : new Set(feature.codes).size - 1),
    0,
  );
  if (columns > MOST_COLUMNS) {
    return `the inputs make ${count(columns, "column")}, more than the ${MOST_COLUMNS} up to which there is a table`;
  }
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const rarer = Math.min(positives, labels.length - positives);
  if (rarer < EVENTS_PER_COLUMN * Math.max(1, columns)) {
    const needed = EVENTS_PER_COLUMN * Math.max(1, columns);
    return `${count(columns, "column")} need ${count(needed, "row")} of either label, there are ${rarer}`;
  }
  const rows = { rowCount: vectors.rowCount, features };
  return oddsRatios(rows, labels, weights === undefined ? {} : { weights }).map((each) => ({
    ...each,
    oddsRatio: finite(each.oddsRatio),
    low: finite(each.low),
    high: finite(each.high),
    perDeviation: finite(each.perDeviation),
  }));
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
