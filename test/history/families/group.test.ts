import { describe, expect, test } from "vitest";
import { group } from "../../../src/history/families/group.js";
import { snapshotRows, withFacts } from "../../support/history/history-tables.js";

/** 91 days before the cutoff is 2025-04-01. */
const AT = { at: "2025-07", observe: 6 };
const subscriber = (subscriber_id: string, ended_on: string | null = null) => ({
  subscriber_id,
  activated_on: "2023-01-01",
  ended_on,
});
const member = (
  subscriber_id: string,
  group_id: string,
  valid_from: string,
  valid_to: string | null = null,
  known_at: string | null = null,
) => ({
  subscriber_id,
  group_id,
  group_kind: group_id.startsWith("家") ? "family" : "corporate",
  valid_from,
  valid_to,
  known_at,
});
const bills = (subscriber_id: string, revenues: readonly number[]) =>
  revenues.map((revenue, i) => ({ subscriber_id, month: `2025-0${i + 1}`, revenue }));
const HISTORY = {
  subscribers: [
    subscriber("A"),
    subscriber("B"),
    subscriber("C", "2025-06-10"),
    subscriber("D", "2025-03-31"),
    subscriber("E"),
    subscriber("F", "2025-05-05"),
    subscriber("G", "2024-12-31"),
    subscriber("H"),
    subscriber("I"),
  ],
  memberships: [
    member("A", "公司", "2023-02-01"),
    member("A", "家1", "2024-01-01"),
    member("B", "家1", "2024-01-01"),
    member("C", "家1", "2024-01-01", "2025-06-10"),
    member("D", "家1", "2024-01-01"),
    member("E", "家1", "2024-01-01", "2025-01-20"),
    member("F", "家1", "2024-01-01", "2025-01-20"),
    member("G", "家1", "2024-01-01"),
    // Of groups of the same day the first by id counts.
    member("I", "集团", "2025-02-01"),
    member("I", "家2", "2025-02-01"),
  ],
  billing: [
    ...bills("A", [20, 20, 20, 40, 40, 40]),
    ...bills("B", [50, 50, 50, 50, 50, 50]),
    // A higher mean bill than that of A, but C has left.
    ...bills("C", [100, 60, 60, 10, 10]),
  ],
};

describe("group", () => {
  test("describes the newest group that still holds: its members, and its departures", async () => {
    const rows = await snapshotRows(HISTORY, AT, [group()]);
    const features = rows.map((row) => [
      row.subscriber_id,
      row.group_kind,
      row.group_size,
      row.group_active_share,
      row.group_departures_3m,
      row.group_departures,
    ]);
    // Of the seven of 家1 A and B remain. C left in the last three months, D a day before them, G before the window; F had
    // been out of the group when leaving, E is still a subscriber.
    expect(features).toEqual([
      ["A", "family", 2, 2 / 7, 1, 2],
      ["B", "family", 2, 2 / 7, 1, 2],
      ["E", "none", 1, null, 0, 0],
      ["H", "none", 1, null, 0, 0],
      ["I", "family", 1, 1, 0, 0],
    ]);
  });

  test("ranks its active members by mean bill, and compares its bills with those of the months before", async () => {
    const rows = await snapshotRows(HISTORY, AT, [group()]);
    const features = rows.map((row) => [row.subscriber_id, row.group_rank, row.group_arpu_trend]);
    // April to June 120 + 150 + 20, January to March 60 + 150 + 220.
    expect(features).toEqual([
      ["A", 2, 290 / 430],
      ["B", 1, 290 / 430],
      ["E", null, null],
      ["H", null, null],
      ["I", 1, null], // without any bill, and alone
    ]);
  });

  test("gives equal bills the same rank", async () => {
    const billing = [...bills("A", [30, 30]), ...bills("B", [20, 40])];
    const rows = await snapshotRows({ ...HISTORY, billing }, AT, [group()]);
    expect(rows.slice(0, 2).map((row) => row.group_rank)).toEqual([1, 1]);
  });

  test("sums bills without rounding error, the same in any order of members", async () => {
    // As doubles, 0.1 + 0.2 is more than 0.3.
    const billing = [...bills("A", [0.3, 0, 0, 0.1]), ...bills("B", [0, 0, 0, 0.2])];
    const [row] = await snapshotRows({ ...HISTORY, billing }, AT, [group()]);
    expect(row.group_arpu_trend).toBe(1);
  });

  test("without bills has features of members only, and no trend for a short window", async () => {
    const { billing: _, ...unbilled } = HISTORY;
    const members = [
      "group_kind",
      "group_size",
      "group_active_share",
      "group_departures_3m",
      "group_departures",
    ];
    const [row] = await snapshotRows(unbilled, AT, [group()]);
    expect(Object.keys(row).slice(2)).toEqual(members);
    const [short] = await snapshotRows(HISTORY, { at: "2025-07", observe: 5 }, [group()]);
    expect(Object.keys(short).slice(2)).toEqual([...members, "group_rank"]);
  });

  test("does not use facts that begin, end or become known on the cutoff or later", async () => {
    const later = {
      subscribers: [{ ...subscriber("J"), activated_on: "2025-07-01" }],
      memberships: [
        member("H", "家1", "2025-07-01"),
        member("E", "家1", "2025-06-01", null, "2025-07-01"),
        member("J", "家1", "2025-07-01"),
      ],
      billing: [{ subscriber_id: "A", month: "2025-07", revenue: 900 }],
    };
    const ending = {
      ...HISTORY,
      subscribers: HISTORY.subscribers.map((fact) => ({ ...fact, ended_on: fact.ended_on ?? "2025-07-01" })),
      memberships: HISTORY.memberships.map((fact) => ({ ...fact, valid_to: fact.valid_to ?? "2025-07-01" })),
    };
    expect(await snapshotRows(withFacts(ending, later), AT, [group()])).toEqual(
      await snapshotRows(HISTORY, AT, [group()]),
    );
  });
});
