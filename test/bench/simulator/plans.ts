import { sumSimple } from "simple-statistics";
import { filterRows, openHistory, snapshots, type Table } from "../../../src/index.js";
import { type OperatorOptions, simulateOperator, trueFutures } from "../../../src/simulator/index.js";
import { OFFER_NAMES, OFFERS } from "../../../src/simulator/market/offers.js";
import { firstDayOf } from "../../../src/table/calendar.js";
import { formatDate } from "../../../src/table/dates.js";
import { filledTextsOf, numbersOf } from "../../simulator/columns.js";

/** Share of the rows that may be contacted. */
const CONTACTED = 0.05;
/** Of the risk that plans go by; profit is counted over all months. */
const RISK_MONTHS = 3;
const MONTHS = 12;

/** What plans earn on the true effects, in money per thousand rows. */
export interface PlanFigures {
  readonly rows: number;
  readonly best: number;
  readonly riskTimesValue: number;
}

/** @param month the cutoff, as the number of recorded months before it. */
export async function planFigures(
  options: OperatorOptions,
  firstMonth: number,
  month: number,
  { rows, futures }: { readonly rows: number; readonly futures: number },
): Promise<PlanFigures> {
  const { tables, day, asked } = await askedRows(options, firstMonth, month, rows);
  const arms = await trueFutures(options, asked, {
    months: MONTHS,
    futures,
    offers: ["none", ...OFFER_NAMES],
  });
  const margins = marginsBefore(tables.billing, day);
  const value = asked.subscriberIds.map((id) => margins.get(id) ?? 0);
  const none = arms.none?.survival ?? [];
  const profits = OFFER_NAMES.map((offer) => {
    const survival = arms[offer]?.survival ?? [];
    return value.map((margin, i) => {
      let months = 0;
      for (let k = 0; k < MONTHS; k++) months += survival[k][i] - none[k][i];
      return margin * months - OFFERS[offer].cost;
    });
  });
  const contacts = Math.round(CONTACTED * value.length);
  const perThousand = (sum: number) => (1000 * sum) / value.length;
  const bestOf = value.map((_, i) => Math.max(...profits.map((own) => own[i]))).sort((a, b) => b - a);
  const byRisk = [...value.keys()].sort(
    (a, b) => value[b] * (1 - none[RISK_MONTHS - 1][b]) - value[a] * (1 - none[RISK_MONTHS - 1][a]),
  );
  // The offer that does best on these is the one that is made, with hindsight.
  const flat = profits.map((own) => sumSimple(byRisk.slice(0, contacts).map((i) => own[i])));
  return {
    rows: value.length,
    best: perThousand(sumSimple(bestOf.slice(0, contacts))),
    riskTimesValue: perThousand(Math.max(...flat)),
  };
}

/** The mean margin of the three months before a day, by subscriber. */
function marginsBefore(billing: Table, day: number): Map<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  const months = numbersOf(billing, "month");
  const margin = numbersOf(billing, "margin");
  filledTextsOf(billing, "subscriber_id").forEach((id, row) => {
    if (months[row] >= day || months[row] < day - 92) return;
    const own = sums.get(id) ?? { sum: 0, count: 0 };
    sums.set(id, own);
    own.sum += margin[row];
    own.count++;
  });
  return new Map([...sums].map(([id, { sum, count }]) => [id, sum / count]));
}

/** The rows of subscribers at the first of a month whose futures are asked, and their snapshot. */
export async function askedRows(options: OperatorOptions, firstMonth: number, month: number, rows: number) {
  const { truth: _, ...tables } = await simulateOperator(options);
  const history = await openHistory(tables);
  const day = firstDayOf(firstMonth + month);
  const at = [formatDate(day)];
  const all = await snapshots(history, { at, churn: false });
  history.close();
  const every = Math.max(1, Math.floor(all.rowCount / rows));
  const snapshot = filterRows(
    all,
    Array.from({ length: all.rowCount }, (_, row) => row % every === 0),
  );
  const subscriberIds = filledTextsOf(snapshot, "subscriber_id");
  return { tables, day, snapshot, asked: { subscriberIds, cutoffs: subscriberIds.map(() => day) } };
}
