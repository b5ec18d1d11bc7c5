import { describe, expect, test } from "vitest";
import { featuresFrom } from "../../../src/history/families/features-from.js";
import { usageTrend } from "../../../src/history/families/usage-trend.js";
import { snapshotRows, withFacts } from "../../support/history/history-tables.js";

const AT = { at: "2025-07", observe: 6 };
const use = (month: string, 漫游: number, data_mb: number, known_at: string | null = null) => ({
  subscriber_id: "甲",
  month,
  漫游,
  data_mb,
  known_at,
});
const service = (name: string, valid_from: string, valid_to: string | null = null) => ({
  subscriber_id: "甲",
  service: name,
  valid_from,
  valid_to,
});
const HISTORY = {
  subscribers: ["甲", "乙"].map((subscriber_id) => ({ subscriber_id, activated_on: "2022-01-01" })),
  usage: [use("2024-12", 50, 50), use("2025-01", 5, 10), use("2025-06", 5, 30)],
  services: [
    service("宽带", "2024-01-01"),
    service("电视", "2024-01-01", "2025-03-01"),
    service("传真", "2024-01-01", "2024-06-01"),
  ],
};
const count = (name: string, sql = "count(*)") => ({ name, sql, description: "how many", unit: "count" });
const roaming = featuresFrom({
  name: "roaming",
  table: "usage",
  features: [
    {
      name: "漫游占比",
      sql: 'sum("漫游") / nullif(sum(data_mb), 0)',
      description: "share of data used abroad",
      unit: "share",
    },
  ],
});

describe("featuresFrom", () => {
  test("gives aggregates over the facts of the observation window, missing where there are none", async () => {
    const rows = await snapshotRows(HISTORY, AT, [roaming]);
    expect(rows.map((row) => row.漫游占比)).toEqual([null, (5 + 5) / (10 + 30)]);
  });

  test("takes the intervals that held in the window", async () => {
    const family = featuresFrom({ name: "own", table: "services", features: [count("held")] });
    const [, row] = await snapshotRows(HISTORY, AT, [family]);
    expect(row.held).toBe(2);
  });

  test("takes the facts that meet a condition instead, over months_ago, days_ago and observe_from too", async () => {
    const recent = featuresFrom({
      name: "recent",
      table: "usage",
      where: "months_ago = 1",
      features: [count("recent_data", "max(data_mb)")],
    });
    const old = featuresFrom({
      name: "old",
      table: "services",
      where: "valid_to < observe_from",
      features: [count("old_services"), count("oldest_days", "max(days_ago)")],
    });
    const [, row] = await snapshotRows(HISTORY, AT, [recent, old]);
    // From 2024-01-01 to the cutoff: 366 + 181 days.
    expect(row).toMatchObject({ recent_data: 30, old_services: 1, oldest_days: 547 });
  });

  test("several families of one table have separate conditions", async () => {
    const of = (name: string, where: string) =>
      featuresFrom({ name, table: "usage", where, features: [count(name, "max(data_mb)")] });
    const [, row] = await snapshotRows(HISTORY, AT, [
      of("first", "months_ago = 6"),
      of("last", "months_ago = 1"),
    ]);
    expect(row).toMatchObject({ first: 10, last: 30 });
  });

  test('gives texts for the kind "categorical"', async () => {
    const family = featuresFrom({
      name: "own",
      table: "services",
      features: [{ ...count("首个业务", "min(service)"), kind: "categorical" }],
    });
    const [, row] = await snapshotRows(HISTORY, AT, [family]);
    expect(row.首个业务).toBe("宽带");
  });

  test("refuses names that other features or the snapshot itself have, all at once", async () => {
    const family = featuresFrom({
      name: "own",
      table: "usage",
      features: [count("data_mb_mean"), count("Cutoff"), count("mine")],
    });
    await expect(snapshotRows(HISTORY, AT, [usageTrend(), family])).rejects.toMatchObject({
      code: "argument.invalid",
      problemCount: 2,
    });
  });

  test("does not use facts that happen, end or become known on the cutoff or later", async () => {
    const families = [
      roaming,
      featuresFrom({
        name: "all",
        table: "services",
        where: "1 = 1",
        features: [count("services_ever"), count("ends", "count(valid_to)")],
      }),
    ];
    const later = {
      usage: [use("2025-07", 500, 500), use("2025-05", 500, 500, "2025-07-01")],
      services: [service("云盘", "2025-07-01")],
    };
    const ending = {
      ...HISTORY,
      services: HISTORY.services.map((fact) => ({ ...fact, valid_to: fact.valid_to ?? "2025-07-01" })),
    };
    const rows = await snapshotRows(withFacts(ending, later), AT, families);
    expect(rows).toEqual(await snapshotRows(HISTORY, AT, families));
    expect(rows[1]).toMatchObject({ services_ever: 3, ends: 2 });
  });
});
