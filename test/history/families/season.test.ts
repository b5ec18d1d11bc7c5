import { expect, test } from "vitest";
import { season } from "../../../src/history/families/season.js";
import { snapshotRows } from "../../support/history/history-tables.js";

test("season gives the month, the quarter and the months left of the year of the cutoff", async () => {
  const history = { subscribers: [{ subscriber_id: "甲", activated_on: "2020-01-01" }] };
  const at = ["2025-01", "2025-03-31", "2025-06-15", "2025-12"];
  expect(await snapshotRows(history, { at }, [season()])).toEqual([
    { subscriber_id: "甲", cutoff: "2025-01-01", month_of_year: 1, quarter: 1, months_to_year_end: 12 },
    { subscriber_id: "甲", cutoff: "2025-03-31", month_of_year: 3, quarter: 1, months_to_year_end: 10 },
    { subscriber_id: "甲", cutoff: "2025-06-15", month_of_year: 6, quarter: 2, months_to_year_end: 7 },
    { subscriber_id: "甲", cutoff: "2025-12-01", month_of_year: 12, quarter: 4, months_to_year_end: 1 },
  ]);
});
