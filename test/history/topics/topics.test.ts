import { describe, expect, test } from "vitest";
import { defaultFeatures } from "../../../src/history/families/default-features.js";
import { snapshotQuery } from "../../../src/history/query/snapshot-query.js";
import { TOPICS, topicOf } from "../../../src/history/topics/topics.js";
import { windowsOf } from "../../../src/history/windows/windows.js";
import { FULL_SCHEMA } from "../../support/history/open-plain-history.js";

describe("topicOf", () => {
  test("knows the topic of every default feature, and needs every topic", () => {
    const windows = windowsOf("test", { at: "2025-07" });
    const { features } = snapshotQuery(FULL_SCHEMA, { windows, families: defaultFeatures(FULL_SCHEMA) });
    const known: readonly string[] = TOPICS;
    expect(features.filter((feature) => !known.includes(topicOf(feature)))).toEqual([]);
    expect(topicOf({ name: "dropped_calls_mean", family: "usageTrend" })).toBe("network quality");
  });

  test.each([
    ["months_to_contract_end", "tenure", "contract"],
    ["tenure_band", "tenure", "tenure"],
    ["days_since_payment_reminders", "care", "payments"],
    ["days_since_network_faults", "care", "network faults"],
    ["days_since_calls", "care", "customer care"],
    ["投诉_3m", "care", "customer care"],
    ["competitor_calls_3m", "care", "competition"],
    ["arpu_mean", "arpu", "price and tariff"],
    ["arpu_slope", "arpu", "usage"],
    ["price_per_minutes", "tariff", "price and tariff"],
    ["minutes_last", "usageTrend", "usage"],
    ["dropped_calls_mean", "usageTrend", "network quality"],
    ["dealer_id", "profile", "dealer"],
    ["manager_changes_3m", "managers", "group"],
    ["roaming_share", "roaming", "roaming"],
  ])("%s of the family %s is about %s", (name, family, topic) => {
    expect(topicOf({ name, family })).toBe(topic);
  });

  test("of a missing comparison of months is tenure, of another missing value its own", () => {
    expect(topicOf({ name: "minutes_last_to_mean", family: "usageTrend" }, true)).toBe("tenure");
    expect(topicOf({ name: "months_to_contract_end", family: "tenure" }, true)).toBe("contract");
  });
});
