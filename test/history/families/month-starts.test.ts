import { expect, test } from "vitest";
import { monthStarts } from "../../../src/history/families/month-starts.js";
import { type FeatureFamily, numeric } from "../../../src/history/query/feature.js";
import { firstDayOf, monthOf, parseDay } from "../../../src/table/calendar.js";
import { snapshotRows } from "../../support/history/history-tables.js";

const OBSERVE = 50;

test("monthStarts gives the first days of the months of the window, also of leap years and centuries", async () => {
  const family: FeatureFamily = {
    name: "starts",
    needs: [],
    plan(view) {
      const starts = monthStarts(view);
      const features = Array.from({ length: OBSERVE }, (_, k) =>
        numeric(`start_${k + 1}`, "day", `${starts}.start_${k + 1}`, ""),
      );
      return { joins: [{ relation: starts, on: `${starts}.cutoff = active.cutoff` }], features };
    },
  };
  const at = ["1975-03", "2000-04-01", "2004-03-01", "2025-01-15", "2025-12-31", "2100-05-01"];
  const subscribers = [{ subscriber_id: "甲", activated_on: "1970-01-01" }];
  const rows = await snapshotRows({ subscribers }, { at, observe: OBSERVE }, [family]);
  const expected = rows.map(({ subscriber_id, cutoff }) => {
    const month = monthOf(parseDay(String(cutoff)) ?? Number.NaN);
    const starts = Array.from({ length: OBSERVE }, (_, k) => [`start_${k + 1}`, firstDayOf(month - 1 - k)]);
    return { subscriber_id, cutoff, ...Object.fromEntries(starts) };
  });
  expect(rows).toHaveLength(at.length);
  expect(rows).toEqual(expected);
});
