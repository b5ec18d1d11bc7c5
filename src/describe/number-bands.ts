import { formatDate } from "../table/dates.js";
import type { NumberTally } from "../training/rows/alone-auc.js";
import type { NumberSummary } from "./description.js";
import type { CountedGroup } from "./groups.js";

/** Up to this many distinct numbers are a group each. */
const MOST_VALUES = 8;

/** Rows by the value of a number where there are few, else by its quartiles, and those without one. */
export function numberGroups(
  tally: NumberTally,
  quartiles: Pick<NumberSummary, "lowerQuartile" | "median" | "upperQuartile"> | null,
  isDate: boolean,
): CountedGroup[] {
  const { values, positives, negatives, missing } = tally;
  const show = (value: number) => (isDate ? formatDate(Math.floor(value)) : shownNumber(value));
  const groups: CountedGroup[] = [];
  if (values.length <= MOST_VALUES || quartiles === null) {
    for (let at = values.length - 1; at >= 0; at--) {
      groups.push({ name: show(values[at]), is: "value", churned: positives[at], stayed: negatives[at] });
    }
  } else {
    const { lowerQuartile, median, upperQuartile } = quartiles;
    const limits = [lowerQuartile, median, upperQuartile].filter(
      (limit, at, all) => limit !== all[at - 1] && limit < values[0],
    );
    const counts = [...limits, values[0]].map(() => ({ churned: 0, stayed: 0 }));
    for (let at = values.length - 1, band = 0; at >= 0; at--) {
      while (band < limits.length && values[at] > limits[band]) band++;
      counts[band].churned += positives[at];
      counts[band].stayed += negatives[at];
    }
    counts.forEach((count, band) => {
      groups.push({ name: bandName(limits, band, show), is: "band", ...count });
    });
  }
  groups.push({ name: "missing", is: "missing", churned: missing.positives, stayed: missing.negatives });
  return groups;
}

function bandName(limits: readonly number[], band: number, show: (value: number) => string): string {
  if (limits.length === 0) return "all";
  if (band === 0) return `≤ ${show(limits[0])}`;
  const above = `> ${show(limits[band - 1])}`;
  return band === limits.length ? above : `${above} to ${show(limits[band])}`;
}

/** A number for people: four digits, all of those before the point; without a comma up to 9999, as years are written. */
export function shownNumber(value: number): string {
  if (Math.abs(value) < 9999.5 || Math.abs(value) >= 1e15) return String(Number(value.toPrecision(4)));
  return value.toLocaleString("en-US", { maximumFractionDigits: 0 });
}
