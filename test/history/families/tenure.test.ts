import { describe, expect, test } from "vitest";
import { tenure } from "../../../src/history/families/tenure.js";
import { snapshotRows } from "../../support/history-tables.js";

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
        tenure_band: "4-6",
        is_new: 0,
        months_to_anniversary: expect.closeTo(12 * (1 - 181 / 365.2425), 12),
        months_to_contract_end: expect.closeTo(92 / MONTH, 12),
      },
      {
        subscriber_id: "老",
        cutoff: "2025-07-01",
        tenure_months: expect.closeTo(912 / MONTH, 12),
        tenure_band: "25-36",
        is_new: 0,
        months_to_anniversary: expect.closeTo(12 * (3 - 912 / 365.2425), 12),
        months_to_contract_end: expect.closeTo(-30 / MONTH, 12),
      },
    ]);
  });

  test.each([
    // Three mean months are 91.3 days, six 182.6, sixty 1826.2.
    ["2025-06-30", "1-3", 1],
    ["2025-04-01", "1-3", 1], // 91 days
    ["2025-03-31", "4-6", 0],
    ["2024-12-31", "4-6", 0], // 182 days
    ["2024-12-30", "7-12", 0],
    ["2020-07-01", "37-60", 0], // 1826 days
    ["2020-06-30", "60+", 0],
  ])("activated on %s is in band %s", async (activated_on, band, isNew) => {
    const [row] = await snapshotRows({ subscribers: [{ subscriber_id: "A", activated_on }] }, AT, [tenure()]);
    expect([row.tenure_band, row.is_new]).toEqual([band, isNew]);
    expect(row).not.toHaveProperty("months_to_contract_end");
  });
});
