import { describe, expect, test } from "vitest";
import { defaultFeatures } from "../../../src/history/families/default-features.js";
import { snapshotQuery } from "../../../src/history/query/snapshot-query.js";
import { windowsOf } from "../../../src/history/windows/windows.js";
import { schemaOf } from "../../support/history/history-tables.js";
import { FULL_SCHEMA } from "../../support/history/open-plain-history.js";

const windows = windowsOf("test", { at: "2025-07" });
const names = (schema: typeof FULL_SCHEMA) => defaultFeatures(schema).map(({ name }) => name);

describe("defaultFeatures", () => {
  test("are those for which a history has the tables", () => {
    const all = defaultFeatures(FULL_SCHEMA);
    const subscribers = [{ subscriber_id: "甲", activated_on: "2024-01-01" }];
    const usage = [{ subscriber_id: "甲", month: "2024-01", minutes: 1 }];
    for (const schema of [schemaOf({ subscribers }), schemaOf({ subscribers, usage })]) {
      const tables = Object.keys(schema);
      const fitting = all.filter(({ needs }) => needs.every((table) => tables.includes(table)));
      expect(names(schema)).toEqual(fitting.map(({ name }) => name));
      expect(fitting.length).toBeLessThan(all.length);
    }
    expect(names(schemaOf({ subscribers }))).toContain("tenure");
    expect(names(schemaOf({ subscribers }))).not.toContain("usageTrend");
    expect(names(schemaOf({ subscribers, usage }))).toContain("usageTrend");
  });

  test("have unique names, and each a description and a unit", () => {
    const { features } = snapshotQuery(FULL_SCHEMA, { windows, families: defaultFeatures(FULL_SCHEMA) });
    expect(new Set(features.map(({ name }) => name)).size).toBe(features.length);
    const undescribed = features.filter(({ description, unit }) => description === "" || unit === "");
    expect(undescribed).toEqual([]);
    expect(features.length).toBeGreaterThan(70);
    expect(new Set(names(FULL_SCHEMA)).size).toBe(names(FULL_SCHEMA).length);
  });
});
