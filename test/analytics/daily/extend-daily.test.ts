import { statSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { extendDaily } from "../../../src/analytics/daily/extend-daily.js";
import { formatDate } from "../../../src/table/dates.js";
import { thrownBy } from "../../support/thrown.js";
import { asked, digestOf, extended, newPath } from "./daily-files.js";
import { type DayFacts, FIRST, LAST, openDays, randomDays } from "./random-days.js";

const ALL = "SELECT * FROM region_days ORDER BY ALL";

describe("extendDaily", () => {
  test("day by day, in steps of any size, gives the days that one run gives", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1e6 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { minLength: 1, maxLength: 6 }),
        async (seed, offsets) => {
          const facts = randomDays(seed);
          const [steps, once] = [newPath(), newPath()];
          const history = await openDays(facts);
          try {
            for (const offset of [...offsets.toSorted((a, b) => a - b), 29])
              await extendDaily(history, steps, { day: formatDate(FIRST + offset) });
            await extendDaily(history, once, { day: formatDate(LAST) });
          } finally {
            history.close();
          }
          expect(await asked(steps, ALL)).toEqual(await asked(once, ALL));
        },
      ),
      { numRuns: 4 },
    );
  });

  test("the same day again changes no byte, and says that it is not new", async () => {
    const path = newPath();
    const first = await extended(randomDays(5), path);
    expect(first).toMatchObject({
      isNew: true,
      isFirst: true,
      added: { from: "2025-01-06", to: "2025-02-04", days: 30 },
    });
    const [digest, { mtimeMs }] = [digestOf(path), statSync(path)];
    const again = await extended(randomDays(5), path);
    expect(again).toEqual({ ...first, isNew: false, isFirst: false, added: null });
    expect([digestOf(path), statSync(path).mtimeMs]).toEqual([digest, mtimeMs]);
  });

  test("a gap is filled, and an earlier day is read from the file without a change", async () => {
    const path = newPath();
    await extended(randomDays(6), path, FIRST + 5);
    const { added, isFirst } = await extended(randomDays(6), path, FIRST + 9);
    expect([added, isFirst]).toEqual([{ from: "2025-01-12", to: "2025-01-15", days: 4 }, false]);
    const digest = digestOf(path);
    const earlier = await extended(randomDays(6), path, FIRST + 3);
    expect(earlier).toMatchObject({ day: "2025-01-09", isNew: false, added: null, corrected: [] });
    expect(earlier.headOffice.day).toBe("2025-01-09");
    expect(digestOf(path)).toBe(digest);
  });

  test("days before those that a shorter history covers stay; one that does not follow is refused", async () => {
    const facts = randomDays(8);
    const path = newPath();
    await extended(facts, path, FIRST + 12);
    const since = (day: number): DayFacts => ({
      ...facts,
      payments: facts.payments.filter(({ paid_on }) => paid_on >= formatDate(day)),
    });
    const [{ length: days }] = [await asked(path, "SELECT DISTINCT day FROM region_days")];
    expect(days).toBe(13);
    const before = await asked(path, "SELECT * FROM region_days WHERE day < '2025-01-12' ORDER BY ALL");
    await extended(since(FIRST + 6), path);
    expect(await asked(path, "SELECT * FROM region_days WHERE day < '2025-01-12' ORDER BY ALL")).toEqual(
      before,
    );
    const short = newPath();
    await extended(facts, short, FIRST + 2);
    const error = await thrownBy(() => extended(since(LAST - 3), short));
    expect(error.message).toContain(
      "history: must cover the days from 2025-01-09 on, with which the file goes on",
    );
    const earlier = newPath();
    await extended(since(LAST - 3), earlier);
    const begun = await extended(facts, earlier);
    expect(begun.added).toEqual({ from: "2025-01-06", to: expect.any(String), days: expect.any(Number) });
    expect((await asked(earlier, "SELECT DISTINCT day FROM region_days")).length).toBe(30);
  });

  test("other programs read the file: regions, head office and corrections by SQL", async () => {
    const path = newPath();
    const { headOffice } = await extended(randomDays(9), path);
    const [row] = await asked(
      path,
      "SELECT joins, leaves, base, payments, amount FROM head_office_days ORDER BY day DESC LIMIT 1",
    );
    const { joins, leaves, base, payments } = headOffice;
    expect(row.map(Number)).toEqual([joins, leaves, base, payments?.count, payments?.amount]);
    expect(await asked(path, "SELECT count(*)::INTEGER FROM corrections")).toEqual([[0]]);
  });
});
