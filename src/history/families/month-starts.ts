import type { FactsInView } from "../query/facts-in-view.js";

/** The relation of the first days of the months of the observation window: one row per cutoff, `start_1` is that of the last month. */
export function monthStarts(view: FactsInView): string {
  const starts = Array.from(
    { length: view.observedMonths },
    (_, k) => `max(CASE WHEN months_ago = ${k + 1} THEN first_day END) AS start_${k + 1}`,
  );
  return view.relation(
    "month_starts",
    `SELECT cutoff,\n  ${starts.join(",\n  ")}\nFROM cutoff_months\nGROUP BY cutoff`,
  );
}

/**
 * A comparison of the last months, missing where the subscriber was activated within them: the use of a part of a month,
 * compared with that of a whole one, would tell how new the subscriber is, and not how the use changes.
 * @param starts the relation of {@link monthStarts}.
 */
export function comparedWhole(starts: string, months: number, sql: string): string {
  return `CASE WHEN active.activated_on <= ${starts}.start_${months} THEN ${sql} END`;
}
