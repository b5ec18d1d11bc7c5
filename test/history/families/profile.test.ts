import { describe, expect, test } from "vitest";
import { profile } from "../../../src/history/families/profile.js";
import { snapshotQuery } from "../../../src/history/query/snapshot-query.js";
import { windowsOf } from "../../../src/history/windows/windows.js";
import { schemaOf, snapshotRows, withFacts } from "../../support/history/history-tables.js";

const AT = { at: "2025-07" };
const HISTORY = {
  subscribers: [
    {
      subscriber_id: "甲",
      activated_on: "2024-01-10",
      ended_on: null,
      end_reason: null,
      region: "北",
      birth_year: 1980,
      客户来源: "线上",
      credit: 7.5,
    },
    {
      subscriber_id: "乙",
      activated_on: "2024-01-10",
      ended_on: "2025-07-01",
      end_reason: "arrears",
      region: null,
      birth_year: null,
      客户来源: "门店",
      credit: null,
    },
  ],
};

describe("profile", () => {
  test("has the attributes of subscribers and nothing about their end", async () => {
    expect(await snapshotRows(HISTORY, AT, [profile()])).toEqual([
      {
        subscriber_id: "乙",
        cutoff: "2025-07-01",
        region: null,
        birth_year: null,
        客户来源: "门店",
        credit: null,
      },
      {
        subscriber_id: "甲",
        cutoff: "2025-07-01",
        region: "北",
        birth_year: 1980,
        客户来源: "线上",
        credit: 7.5,
      },
    ]);
  });

  test("takes texts as categories and describes the standard columns", () => {
    const plan = { windows: windowsOf("test", AT), families: [profile()] };
    const { features } = snapshotQuery(schemaOf(HISTORY), plan);
    expect(features.map(({ name, kind, description }) => [name, kind, description])).toEqual([
      ["region", "categorical", "region"],
      ["birth_year", "numeric", "year of birth"],
      ["客户来源", "categorical", "客户来源"],
      ["credit", "numeric", "credit"],
    ]);
  });

  test("does not use subscribers who are activated on the cutoff or later", async () => {
    const later = { subscribers: [{ subscriber_id: "丙", activated_on: "2025-07-01", region: "南" }] };
    expect(await snapshotRows(withFacts(HISTORY, later), AT, [profile()])).toEqual(
      await snapshotRows(HISTORY, AT, [profile()]),
    );
  });
});
