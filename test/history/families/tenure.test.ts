import { describe, expect, test } from "vitest";
import { tenure } from "../../../src/history/families/tenure.js";
import { snapshotRows } from "../../support/history/history-tables.js";

const AT = { at: "2025-07" };
/** The mean length of a month in days: 365.2425 / 12. */
const MONTH = 30.436875;

describe("tenure", () => {
  test("gives months, band, the next anniversary and the end of the contract", async () => {
    const history = {
      subscribers: [
        // 31 + 28 + 31 + 30 + 31 + 30 = 181 days before the cutoff.
        { subscriber_id: "甲", activated_on: "2025-01-01" },
        // 365 + 366 + 181 = 912 days.
        { subscriber_id: "老", activated_on: "2023-01-01" },
      ],
      tariffs: [
        // 31 + 31 + 30 = 92 days after the cutoff.
        {
          subscriber_id: "甲",
          tariff: "a",
          contract_until: "2025-10-01",
          valid_from: "2025-01-01",
          valid_to: null,
        },
        // What is signed on the cutoff is not known yet; the old contract ended 30 days ago.
        {
          subscriber_id: "老",
          tariff: "a",
          contract_until: "2025-06-01",
          valid_from: "2024-06-01",
          valid_to: null,
        },
        {
          subscriber_id: "老",
          tariff: "b",
          contract_until: "2026-07-01",
          valid_from: "2025-07-01",
          valid_to: null,
        },
      ],
    };
    const rows = await snapshotRows(history, AT, [tenure()]);
    expect(rows).toEqual([
      {
        subscriber_id: "甲",
        cutoff: "2025-07-01",
        tenure_months: expect.closeTo(181 / MONTH, 12),
        tenure_band: "7-12",
        is_new: 0,
        months_to_anniversary: 6,
        months_to_contract_end: expect.closeTo(92 / MONTH, 12),
      },
      {
        subscriber_id: "老",
        cutoff: "2025-07-01",
        tenure_months: expect.closeTo(912 / MONTH, 12),
        tenure_band: "25-36",
        is_new: 0,
        months_to_anniversary: 6,
        months_to_contract_end: expect.closeTo(-30 / MONTH, 12),
      },
    ]);
  });

  test.each([
    // Completed months on 2025-07-01: three from 04-01 on, six from 01-01 on, sixty from 2020-07-01 on.
    ["2025-06-30", "1-3", 1],
    ["2025-04-02", "1-3", 1],
    ["2025-04-01", "4-6", 0],
    ["2025-01-02", "4-6", 0],
    ["2025-01-01", "7-12", 0],
    ["2020-07-02", "37-60", 0],
    ["2020-07-01", "60+", 0],
  ])("activated on %s is in band %s", async (activated_on, band, isNew) => {
    const [row] = await snapshotRows({ subscribers: [{ subscriber_id: "A", activated_on }] }, AT, [tenure()]);
    expect([row.tenure_band, row.is_new]).toEqual([band, isNew]);
    expect(row).not.toHaveProperty("months_to_contract_end");
  });
});
