import { openHistory, snapshots, type Table } from "../../../src/index.js";
import { type OperatorOptions, simulateOperator, trueFutures } from "../../../src/simulator/index.js";
import { OFFER_NAMES, OFFERS, type OfferName } from "../../../src/simulator/market/offers.js";
import { firstDayOf } from "../../../src/table/calendar.js";
import { numbers, texts } from "./columns.js";
import { ridge } from "./ridge.js";

/** Share of the rows that may be contacted. */
const CONTACTED = 0.05;
/** Of the effects on the probability of churn; profit is counted over all months. */
const EFFECT_MONTHS = 3;
const MONTHS = 12;
/** Of a categorical feature that is used; standard deviations beyond which values are cut; of the ridge regression, per row. */
const MOST_CATEGORIES = 12;
const FURTHEST = 4;
const PENALTY = 0.02;

/** What plans earn on the true effects, in money per thousand rows, and how well effects can be learned. */
export interface PlanFigures {
  readonly rows: number;
  readonly best: number;
  readonly riskTimesValue: number;
  /** Area over that of a random order, of the predictions of a ridge regression on recorded features, as a share of that of the true effects; by offer. */
  readonly qini: readonly (readonly [OfferName, number])[];
}

/** @param month the cutoff, as the number of recorded months before it. */
export async function planFigures(
  options: OperatorOptions,
  firstMonth: number,
  month: number,
  { rows, futures }: { readonly rows: number; readonly futures: number },
): Promise<PlanFigures> {
  const { truth: _, ...tables } = await simulateOperator(options);
  const history = await openHistory(tables);
  const day = firstDayOf(firstMonth + month);
  const snapshot = await snapshots(history, {
    at: [new Date(day * 86_400_000).toISOString().slice(0, 10)],
    churn: false,
  });
  history.close();
  const every = Math.max(1, Math.floor(snapshot.rowCount / rows));
  const chosen = Array.from({ length: Math.floor(snapshot.rowCount / every) }, (_, i) => i * every);
  const ids = texts(snapshot, "subscriber_id");
  const asked = { subscriberIds: chosen.map((row) => ids[row]), cutoffs: chosen.map(() => day) };
  const arms = await trueFutures(options, asked, {
    months: MONTHS,
    futures,
    offers: ["none", ...OFFER_NAMES],
  });
  const margins = marginsBefore(tables.billing, day);
  const value = chosen.map((row) => margins.get(ids[row]) ?? 0);
  const none = arms.none?.survival ?? [];
  const profits = OFFER_NAMES.map((offer) => {
    const survival = arms[offer]?.survival ?? [];
    return chosen.map((_, i) => {
      let months = 0;
      for (let k = 0; k < MONTHS; k++) months += survival[k][i] - none[k][i];
      return value[i] * months - OFFERS[offer].cost;
    });
  });
  const contacts = Math.round(CONTACTED * chosen.length);
  const perThousand = (sum: number) => (1000 * sum) / chosen.length;
  const bestOf = chosen.map((_, i) => Math.max(...profits.map((own) => own[i]))).sort((a, b) => b - a);
  const byRisk = [...chosen.keys()].sort(
    (a, b) => value[b] * (1 - none[EFFECT_MONTHS][b]) - value[a] * (1 - none[EFFECT_MONTHS][a]),
  );
  // The offer that does best on these is the one that is made, with hindsight.
  const flat = profits.map((own) => sumOf(byRisk.slice(0, contacts).map((i) => own[i])));
  const features = featuresOf(snapshot, chosen);
  return {
    rows: chosen.length,
    best: perThousand(sumOf(bestOf.slice(0, contacts))),
    riskTimesValue: perThousand(Math.max(...flat)),
    qini: OFFER_NAMES.map((offer) => {
      const survival = arms[offer]?.survival[EFFECT_MONTHS - 1] ?? new Float64Array(0);
      return [
        offer,
        qiniShare(
          features,
          chosen.map((_, i) => survival[i] - none[EFFECT_MONTHS - 1][i]),
        ),
      ] as const;
    }),
  };
}

/** The mean margin of the three months before a day, by subscriber. */
function marginsBefore(billing: Table, day: number): Map<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  const months = numbers(billing, "month");
  const margin = numbers(billing, "margin");
  texts(billing, "subscriber_id").forEach((id, row) => {
    if (months[row] >= day || months[row] < day - 92) return;
    const own = sums.get(id) ?? { sum: 0, count: 0 };
    sums.set(id, own);
    own.sum += margin[row];
    own.count++;
  });
  return new Map([...sums].map(([id, { sum, count }]) => [id, sum / count]));
}

/** Standardised numbers, missing as their mean and an indicator; and an indicator of each category. */
function featuresOf(table: Table, rows: readonly number[]): Float64Array[] {
  return table.columns.flatMap((column) => {
    if (column.kind === "text" || column.name === "cutoff") return [];
    if (column.kind === "categorical") {
      if (column.categories.length > MOST_CATEGORIES) return [];
      return column.categories.flatMap((_, code) =>
        standardised(rows.map((row) => (column.codes[row] === code ? 1 : 0))),
      );
    }
    const values = rows.map((row) => column.values[row]);
    return [...standardised(values), ...standardised(values.map((value) => (Number.isNaN(value) ? 1 : 0)))];
  });
}

/** None for a constant column. */
function standardised(values: readonly number[]): Float64Array[] {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = sumOf(known) / known.length;
  const deviation = Math.sqrt(sumOf(known.map((value) => (value - mean) ** 2)) / known.length);
  if (!(deviation > 0)) return [];
  const limited = (value: number) => Math.max(-FURTHEST, Math.min(FURTHEST, (value - mean) / deviation));
  return [Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : limited(value)))];
}

/** Trains on every other row and measures on the rest, both ways round. */
function qiniShare(features: readonly Float64Array[], effects: readonly number[]): number {
  const predicted = new Array<number>(effects.length).fill(0);
  for (const half of [0, 1]) {
    const train = effects.map((_, i) => i).filter((i) => i % 2 === half);
    const weights = ridge(features, effects, train, PENALTY);
    effects.forEach((_, i) => {
      if (i % 2 !== half) predicted[i] = features.reduce((sum, values, f) => sum + weights[f] * values[i], 0);
    });
  }
  return area(effects, predicted) / area(effects, effects);
}

/** The area between the cumulated true effects in the order of scores and those of a random order. */
function area(effects: readonly number[], scores: readonly number[]): number {
  const order = [...effects.keys()].sort((a, b) => scores[b] - scores[a]);
  const mean = sumOf(effects) / effects.length;
  let cumulated = 0;
  let sum = 0;
  for (const row of order) {
    cumulated += effects[row] - mean;
    sum += cumulated;
  }
  return sum;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
