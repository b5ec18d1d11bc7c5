import { describe, expect, test } from "vitest";
import { activity } from "../../../src/history/families/activity.js";
import { parseDay } from "../../../src/table/calendar.js";
import { formatDate } from "../../../src/table/dates.js";
import { snapshotRows, withFacts } from "../../support/history/history-tables.js";

const AT = { at: "2025-07", observe: 6 };
const CUTOFF = parseDay("2025-07-01") as number;
const ago = (days: number) => formatDate(CUTOFF - days);
const use = (
  subscriber_id: string,
  daysAgo: number,
  minutes: number | null,
  data = 0,
  known_at: string | null = null,
) => ({ subscriber_id, day: ago(daysAgo), minutes, data, known_at });
const HISTORY = {
  subscribers: [
    { subscriber_id: "A", activated_on: "2022-01-01" },
    { subscriber_id: "B", activated_on: "2022-01-01" },
    { subscriber_id: "C", activated_on: ago(40) },
    { subscriber_id: "D", activated_on: ago(10) },
  ],
  activity: [
    // The last 7 days, and the 28 before them.
    ...[2, 7].map((days) => use("A", days, 0.1)),
    ...[8, 20, 35].map((days) => use("A", days, 0.2)),
    use("A", 20, 0.2, 1),
    // Of the 30 days before the last 30.
    use("A", 60, 0.7),
    use("A", 61, 100),
    // No activity.
    use("A", 1, 0),
    use("A", 3, null),
    use("B", 45, 5),
    use("C", 4, 3),
    use("C", 38, 1),
    use("D", 9, 3),
    use("D", 2, 0, 4),
  ],
};
const NAMES = [
  "active_days_30",
  "days_since_activity",
  "longest_pause_30",
  "minutes_last7_to_previous28",
  "minutes_last30_to_previous30",
  "data_last7_to_previous28",
  "data_last30_to_previous30",
];
const featuresOf = (rows: Awaited<ReturnType<typeof snapshotRows>>) =>
  Object.fromEntries(rows.map((row) => [row.subscriber_id, NAMES.map((name) => row[name])]));

describe("activity", () => {
  test("counts days and pauses, and compares the last days with those before, without rounding error", async () => {
    const rows = await snapshotRows(HISTORY, AT, [activity()]);
    expect(Object.keys(rows[0]).slice(2)).toEqual(NAMES);
    expect(featuresOf(rows)).toEqual({
      // Days 2, 7, 8 and 20 ago; no activity from 9 to 19 and from 21 to 30 days ago. 4 × 0.2 minutes to 0.8; 0.8 to 0.9.
      A: [4, 2, 11, 1, 8 / 9, 0, null],
      // None of the last 35 days; the 30 days before the last 30 had it.
      B: [0, 45, 30, null, 0, null, null],
      // Activated 40 days ago: what was 60 days ago says nothing. Nothing from 8 to 35 days ago.
      C: [1, 4, 26, null, null, null, null],
      // Activated ten days ago, on the day before the first activity.
      D: [2, 2, 6, null, null, null, null],
    });
  });

  test("compares no days from before the first facts of the table", async () => {
    const recent = HISTORY.activity.filter(({ day }) => day > ago(60));
    const [row] = await snapshotRows({ ...HISTORY, activity: recent }, AT, [activity()]);
    expect(NAMES.slice(3).map((name) => row[name])).toEqual([1, null, 0, null]);
  });

  test("has the comparisons that fit into the observation window, and pauses within it", async () => {
    const three = await snapshotRows(HISTORY, { at: "2025-07", observe: 3 }, [activity()]);
    expect(Object.keys(three[0]).slice(2)).toEqual(NAMES);
    const two = await snapshotRows(HISTORY, { at: "2025-07", observe: 2 }, [activity()]);
    expect(Object.keys(two[0]).slice(2)).toEqual(NAMES.filter((name) => !name.includes("last30")));
    const [A, B] = await snapshotRows(HISTORY, { at: "2025-07", observe: { days: 14 } }, [activity()]);
    const some = { active_days_30: 3, days_since_activity: 2, longest_pause_30: 6 };
    expect(A).toEqual({ subscriber_id: "A", cutoff: "2025-07-01", ...some });
    expect(B).toMatchObject({ active_days_30: 0, days_since_activity: null, longest_pause_30: 14 });
  });

  test("takes each row as activity where the table has no measures", async () => {
    const days = HISTORY.activity.map(({ subscriber_id, day }) => ({ subscriber_id, day }));
    const [row] = await snapshotRows({ ...HISTORY, activity: days }, AT, [activity()]);
    expect(row).toEqual({
      subscriber_id: "A",
      cutoff: "2025-07-01",
      active_days_30: 6,
      days_since_activity: 1,
      longest_pause_30: 11,
    });
  });

  test("does not use days of the cutoff and later, or known only then", async () => {
    const later = {
      activity: [use("A", 0, 50), use("B", -1, 50), use("B", 5, 50, 1, ago(0))],
    };
    expect(await snapshotRows(withFacts(HISTORY, later), AT, [activity()])).toEqual(
      await snapshotRows(HISTORY, AT, [activity()]),
    );
  });
});
