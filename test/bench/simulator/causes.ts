import { BASELINE } from "../../../src/simulator/departure/cause-effects.js";
import { CAUSES, type Cause, MONTHLY_CAUSES } from "../../../src/simulator/departure/causes.js";
import { TRIGGERS, type TriggerKind } from "../../../src/simulator/departure/triggers.js";
import type { OperatorTables } from "../../../src/simulator/output/fact-log.js";
import { firstDayOf, monthOf } from "../../../src/table/calendar.js";
import { filledTextsOf, numbersOf } from "../../simulator/columns.js";

/** What is known of the causes of a simulated operator. */
export interface CauseFigures {
  /** Mean and share of the variance of each effect at the first of a month, running triggers included. */
  readonly means: Readonly<Record<Cause, number>>;
  readonly variances: Readonly<Record<Cause, number>>;
  readonly shares: readonly (readonly [Cause, number])[];
  readonly topShares: readonly (readonly [Cause, number])[];
  /** Share of the leavers of the 5% with the highest hazard whose cause is one of their three commonest. */
  readonly commonest: number;
  readonly kinds: readonly (readonly [string, number])[];
  readonly monthlyRate: number;
}

/** A subscriber at the first of a month. */
export interface MonthRow {
  readonly id: string;
  readonly day: number;
  readonly logOdds: number;
}

export function causeFigures({ truth, subscribers }: OperatorTables): CauseFigures {
  const { causes, departures } = truth;
  const running = runningEffects(truth);
  const ids = filledTextsOf(causes, "subscriber_id");
  const days = numbersOf(causes, "month");
  const columns = MONTHLY_CAUSES.map((cause) => numbersOf(causes, cause));
  const sums = new Float64Array(CAUSES.length);
  const squares = new Float64Array(CAUSES.length);
  ids.forEach((id, row) => {
    const extra = running.get(`${id} ${days[row]}`);
    CAUSES.forEach((_, c) => {
      const value = (columns[c]?.[row] ?? 0) + (extra?.[c] ?? 0);
      sums[c] += value;
      squares[c] += value * value;
    });
  });
  const means = sums.map((sum) => sum / ids.length);
  const variances = squares.map((sum, c) => sum / ids.length - means[c] ** 2);
  const total = variances.reduce((a, b) => a + b, 0);

  const byMonth = new Map<number, { id: string; hazard: number }[]>();
  numbersOf(causes, "hazard").forEach((hazard, row) => {
    const rows = byMonth.get(days[row]) ?? [];
    byMonth.set(days[row], rows);
    rows.push({ id: ids[row], hazard });
  });
  const top = new Set<string>();
  for (const [month, rows] of byMonth) {
    rows.sort((a, b) => b.hazard - a.hazard);
    for (const { id } of rows.slice(0, Math.round(0.05 * rows.length))) top.add(`${id} ${monthOf(month)}`);
  }
  const named = filledTextsOf(departures, "cause") as Cause[];
  const left = filledTextsOf(departures, "subscriber_id");
  const ended = numbersOf(departures, "ended_on");
  const topNamed = named.filter((_, row) => top.has(`${left[row]} ${monthOf(ended[row])}`));
  const topShares = sharesOf(topNamed);
  return {
    means: record(means),
    variances: record(variances.map((value) => value / total)),
    shares: sharesOf(named),
    topShares,
    commonest: topShares.slice(0, 3).reduce((sum, [, share]) => sum + share, 0),
    kinds: sharesOf(filledTextsOf(departures, "kind")),
    monthlyRate: subscribers.rowCount === 0 ? 0 : named.length / causes.rowCount,
  };
}

/** The effects of the triggers that run on the second day of a month, the first on which service can end, by row. */
function runningEffects({ triggers }: OperatorTables["truth"]): Map<string, Float64Array> {
  const running = new Map<string, Float64Array>();
  const ids = filledTextsOf(triggers, "subscriber_id");
  const kinds = filledTextsOf(triggers, "trigger") as TriggerKind[];
  const from = numbersOf(triggers, "day");
  const until = numbersOf(triggers, "until");
  const effects = numbersOf(triggers, "effect");
  ids.forEach((id, row) => {
    for (let month = monthOf(from[row]) + 1; firstDayOf(month) + 1 <= until[row]; month++) {
      const key = `${id} ${firstDayOf(month)}`;
      const sums = running.get(key) ?? new Float64Array(CAUSES.length);
      running.set(key, sums);
      sums[CAUSES.indexOf(TRIGGERS[kinds[row]].cause)] += effects[row];
    }
  });
  return running;
}

function record(values: ArrayLike<number>): Record<Cause, number> {
  return Object.fromEntries(CAUSES.map((cause, c) => [cause, values[c]])) as Record<Cause, number>;
}

function sharesOf<Name extends string>(names: readonly Name[]): [Name, number][] {
  const counts = new Map<Name, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => [name, count / names.length] as [Name, number])
    .sort((a, b) => b[1] - a[1]);
}

/** The log-odds of each subscriber at the first of a month, without triggers. */
export function logOddsOf({ causes }: OperatorTables["truth"]): MonthRow[] {
  const ids = filledTextsOf(causes, "subscriber_id");
  const days = numbersOf(causes, "month");
  const columns = MONTHLY_CAUSES.map((cause) => numbersOf(causes, cause));
  return ids.map((id, row) => ({
    id,
    day: days[row],
    logOdds: columns.reduce((sum, values) => sum + values[row], BASELINE),
  }));
}
