import { describe, expect, test } from "vitest";
import { defaultFeatures } from "../../../src/history/families/default-features.js";
import { snapshotQuery } from "../../../src/history/query/snapshot-query.js";
import { windowsOf } from "../../../src/history/windows/windows.js";
import { schemaOf } from "../../support/history-tables.js";
import { FULL_SCHEMA } from "../../support/open-plain-history.js";

const windows = windowsOf("test", { at: "2025-07" });
const names = (schema: typeof FULL_SCHEMA) => defaultFeatures(schema).map(({ name }) => name);

describe("defaultFeatures", () => {
  test("are all families of a full history, in the order of its story", () => {
    expect(names(FULL_SCHEMA)).toEqual([
      "profile",
      "tenure",
      "arpu",
      "tariff",
      "group",
      "usageTrend",
      "payments",
      "services",
      "care",
      "season",
    ]);
  });

  test("are those that a history has tables for", () => {
    const subscribers = [{ subscriber_id: "甲", activated_on: "2024-01-01" }];
    const usage = [{ subscriber_id: "甲", month: "2024-01", minutes: 1 }];
    expect(names(schemaOf({ subscribers }))).toEqual(["profile", "tenure", "season"]);
    expect(names(schemaOf({ subscribers, usage }))).toEqual(["profile", "tenure", "usageTrend", "season"]);
  });

  test("have names of their own, and each a description and a unit", () => {
    const { features } = snapshotQuery(FULL_SCHEMA, { windows, families: defaultFeatures(FULL_SCHEMA) });
    expect(new Set(features.map(({ name }) => name)).size).toBe(features.length);
    const undescribed = features.filter(({ description, unit }) => description === "" || unit === "");
    expect(undescribed).toEqual([]);
    expect(features.length).toBeGreaterThan(70);
  });
});
