import { describe, expect, test } from "vitest";
import { care } from "../../../src/history/families/care.js";
import { snapshotRows, withFacts } from "../../support/history/history-tables.js";

const AT = { at: "2025-07", observe: 6 };
const event = (at: string, kind: string, value: number | null = null, known_at: string | null = null) => ({
  subscriber_id: "甲",
  at,
  kind,
  value,
  known_at,
});
const HISTORY = {
  subscribers: ["甲", "乙"].map((subscriber_id) => ({ subscriber_id, activated_on: "2022-01-01" })),
  events: [
    event("2024-12-31", "complaint"),
    event("2025-01-01", "complaint"),
    // 92 and 91 days before the cutoff.
    event("2025-03-31", "complaint"),
    event("2025-04-01", "complaint"),
    event("2025-02-01", "network_fault", 0.5),
    event("2025-05-01", "network_fault", 1.25),
    event("2025-06-30", "network_fault", 2.5),
    event("2025-03-15", "payment_reminder", 30.5),
    event("2025-06-15", "payment_reminder", 61),
    event("2025-06-01", "资费投诉", 0.1),
    event("2025-06-02", "网络投诉", 0.2),
  ],
};

describe("care", () => {
  test("counts contacts of the window and of its last 91 days, and sums their values", async () => {
    const [without, row] = await snapshotRows(HISTORY, AT, [care()]);
    expect(row).toEqual({
      subscriber_id: "甲",
      cutoff: "2025-07-01",
      complaints: 3,
      complaints_3m: 1,
      days_since_complaints: 91,
      complaints_value: 0,
      complaints_value_3m: 0,
      calls: 0,
      calls_3m: 0,
      days_since_calls: null,
      calls_value: 0,
      calls_value_3m: 0,
      retention_contacts: 0,
      retention_contacts_3m: 0,
      days_since_retention_contacts: null,
      retention_contacts_value: 0,
      retention_contacts_value_3m: 0,
      network_faults: 3,
      network_faults_3m: 2,
      days_since_network_faults: 1,
      network_faults_value: 4.25,
      network_faults_value_3m: 3.75,
      competitor_calls: 0,
      competitor_calls_3m: 0,
      days_since_competitor_calls: null,
      competitor_calls_value: 0,
      competitor_calls_value_3m: 0,
      porting_enquiries: 0,
      porting_enquiries_3m: 0,
      days_since_porting_enquiries: null,
      porting_enquiries_value: 0,
      porting_enquiries_value_3m: 0,
      payment_reminders: 2,
      payment_reminders_3m: 1,
      days_since_payment_reminders: 16,
      payment_reminders_value: 91.5,
      payment_reminders_value_3m: 61,
    });
    expect(without).toMatchObject({ complaints: 0, days_since_complaints: null, network_faults_value: 0 });
  });

  test("takes several kinds of event as one kind of contact, and sums values without rounding error", async () => {
    const kinds = { 投诉: ["资费投诉", "网络投诉"] };
    const [, row] = await snapshotRows(HISTORY, AT, [care({ kinds })]);
    expect(row).toEqual({
      subscriber_id: "甲",
      cutoff: "2025-07-01",
      投诉: 2,
      投诉_3m: 2,
      days_since_投诉: 29,
      // With doubles the sum would be 0.30000000000000004.
      投诉_value: 0.3,
      投诉_value_3m: 0.3,
    });
  });

  test("has no sums where the events have no value column", async () => {
    const events = HISTORY.events.map(({ value: _, ...fact }) => fact);
    const [row] = await snapshotRows({ ...HISTORY, events }, AT, [
      care({ kinds: { complaints: ["complaint"] } }),
    ]);
    expect(Object.keys(row).slice(2)).toEqual(["complaints", "complaints_3m", "days_since_complaints"]);
  });

  test("refuses contacts without a kind of event", () => {
    expect(() => care({ kinds: { complaints: [] } })).toThrow(
      /care: kinds\.complaints: must name at least one kind of event/,
    );
  });

  test("without any contacts has no features", async () => {
    const [row] = await snapshotRows(HISTORY, AT, [care({ kinds: {} })]);
    expect(Object.keys(row)).toEqual(["subscriber_id", "cutoff"]);
  });

  test("does not use events that happen or become known on the cutoff or later", async () => {
    const later = {
      events: [event("2025-07-01", "complaint"), event("2025-05-05", "service_call", 9, "2025-07-01")],
    };
    expect(await snapshotRows(withFacts(HISTORY, later), AT, [care()])).toEqual(
      await snapshotRows(HISTORY, AT, [care()]),
    );
  });
});
