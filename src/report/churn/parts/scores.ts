import type { Scorer } from "../../../predict/scorer.js";
import { sumCells } from "../../../tiers/summary/cell-sums.js";
import type { ReportedScores } from "../report.js";
import type { ScoredData } from "./scored-data.js";

/** Bands of probability in the histogram. */
const BANDS = 40;

/** What the model predicts for the rows, for which no labels are needed. */
export function scoresOf(scorer: Scorer, data: ScoredData): ReportedScores {
  const { probabilities, tiers, values, weights } = data;
  const columns = { probabilities, labels: undefined, values, weights };
  const limits = scorer.content.tiers;
  const cells = sumCells(limits.length, columns, (row) => tiers[row]);
  const mass = cells.reduce((sum, cell) => sum + cell.mass, 0);
  return {
    meanProbability: cells.reduce((sum, cell) => sum + cell.probability, 0) / mass,
    tiers: limits.map(({ name, from, by }, place) => {
      const cell = cells[place];
      return {
        tier: name,
        from,
        ...(by === undefined ? {} : { by }),
        rows: cell.rows,
        share: Math.min(1, cell.mass / mass),
        meanProbability: cell.mass > 0 ? cell.probability / cell.mass : null,
        value: values === undefined ? null : cell.value,
        expectedLoss: values === undefined ? null : cell.expectedLoss,
      };
    }),
    histogram: histogramOf(probabilities, weights),
  };
}

function histogramOf(probabilities: Float64Array, weights: Float64Array | undefined) {
  const rows = new Array<number>(BANDS).fill(0);
  probabilities.forEach((probability, row) => {
    rows[Math.min(BANDS - 1, Math.floor(probability * BANDS))] += weights === undefined ? 1 : weights[row];
  });
  return { from: rows.map((_, b) => b / BANDS), to: rows.map((_, b) => (b + 1) / BANDS), rows };
}
