import { describe, expect, test } from "vitest";
import { dailyView } from "../../../src/analytics/daily/daily-view.js";
import { thrownBy } from "../../support/thrown.js";
import { extended, newPath } from "./daily-files.js";
import { randomDays } from "./random-days.js";

describe("dailyView", () => {
  test("reads the last four weeks, or the days that are asked for", async () => {
    const path = newPath();
    await extended(randomDays(12), path);
    const { covered, days } = await dailyView(path);
    expect(covered).toEqual({ from: "2025-01-06", to: "2025-02-04" });
    expect([days.length, days[0].day, days.at(-1)?.day]).toEqual([28, "2025-01-08", "2025-02-04"]);
    const some = await dailyView(path, { from: "2025-01-10", to: "2025-01-11" });
    expect(some.days).toEqual(days.slice(2, 4));
  });

  test("refuses a file that is not there, with the nearest name, and days that it does not hold", async () => {
    const path = newPath();
    await extended(randomDays(12), path);
    const missing = await thrownBy(() => dailyView(`${path}x`));
    expect([missing.code, missing.hint]).toEqual([
      "data.unreadable",
      expect.stringContaining("did you mean"),
    ]);
    expect((await thrownBy(() => dailyView(path, { to: "2025-02-05" }))).message).toBe(
      'dailyView: to: must be a day of 2025-01-06 to 2025-02-04, received "2025-02-05"',
    );
    expect((await thrownBy(() => dailyView(path, { from: "2025-01-05" }))).message).toContain(
      "from: must be a day of",
    );
    expect((await thrownBy(() => dailyView(path, { since: "2025-01-05" } as never))).message).toContain(
      "since",
    );
  });
});
