import { mean } from "simple-statistics";
import { gradientBoostingRegression, Vectorizer } from "../../../src/classifiers/index.js";
import { filterRows, type Table } from "../../../src/index.js";
import { type OperatorOptions, trueFutures } from "../../../src/simulator/index.js";
import type { OfferName } from "../../../src/simulator/market/offers.js";
import { askedRows } from "./plans.js";

const MONTHS = 3;
/** Of the regression; the effects are small. */
const BOOSTING = { rounds: 300, learningRate: 0.03, maxLeaves: 15 };
const LEFT_OUT = [
  ["subscriber_id", "identifier"],
  ["cutoff", "the same in all rows"],
] as const;

/**
 * How well the true effects of offers on the probability of churn within three months can be learned from what is recorded:
 * the area over that of a random order of a regression's predictions for other rows, as a share of that of the true effects.
 */
export async function effectFigures(
  options: OperatorOptions,
  firstMonth: number,
  month: number,
  {
    rows,
    futures,
    offers,
  }: { readonly rows: number; readonly futures: number; readonly offers: readonly OfferName[] },
): Promise<(readonly [OfferName, number])[]> {
  const { snapshot, asked } = await askedRows(options, firstMonth, month, rows);
  const arms = await trueFutures(options, asked, { months: MONTHS, futures, offers: ["none", ...offers] });
  const none = arms.none?.survival[MONTHS - 1] ?? new Float64Array(0);
  const figures: (readonly [OfferName, number])[] = [];
  for (const offer of offers) {
    const survival = arms[offer]?.survival[MONTHS - 1] ?? new Float64Array(0);
    figures.push([
      offer,
      await qiniShare(
        snapshot,
        Array.from(survival, (value, i) => value - none[i]),
      ),
    ]);
  }
  return figures;
}

/** Trains on every other row and measures on the rest, both ways round. */
async function qiniShare(table: Table, effects: readonly number[]): Promise<number> {
  const predicted = new Array<number>(effects.length).fill(0);
  for (const half of [0, 1]) {
    const isTrained = effects.map((_, i) => i % 2 === half);
    const train = filterRows(table, isTrained);
    const { vectorizer } = Vectorizer.fit(train, { exclude: new Map(LEFT_OUT) });
    const targets = Float64Array.from(effects.filter((_, i) => isTrained[i]));
    const forest = await gradientBoostingRegression(BOOSTING).fit(vectorizer.transform(train), targets);
    const rest = filterRows(
      table,
      isTrained.map((each) => !each),
    );
    forest.predict(vectorizer.transform(rest)).forEach((value, i) => {
      predicted[2 * i + 1 - half] = value;
    });
  }
  return area(effects, predicted) / area(effects, effects);
}

/** The area between the cumulated true effects in the order of scores and those of a random order. */
function area(effects: readonly number[], scores: readonly number[]): number {
  const order = [...effects.keys()].sort((a, b) => scores[b] - scores[a]);
  const meanEffect = mean(effects);
  let cumulated = 0;
  let sum = 0;
  for (const row of order) {
    cumulated += effects[row] - meanEffect;
    sum += cumulated;
  }
  return sum;
}
