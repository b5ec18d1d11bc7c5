import { describe, expect, test } from "vitest";
import { managers } from "../../../src/history/families/managers.js";
import { type HistoryTables, snapshotRows, withFacts } from "../../support/history/history-tables.js";

/** 91 days before the cutoff is 2025-04-01. */
const AT = { at: "2025-07", observe: 6 };
const manager = (
  whose: string,
  [name, contact_person]: readonly [string, string | null],
  valid_from: string,
  valid_to: string | null = null,
  known_at: string | null = null,
) => ({
  subscriber_id: whose.startsWith("公司") ? null : whose,
  group_id: whose.startsWith("公司") ? whose : null,
  manager: name,
  contact_person,
  valid_from,
  valid_to,
  known_at,
});
const member = (
  subscriber_id: string,
  group_id: string,
  valid_from: string,
  valid_to: string | null = null,
) => ({
  subscriber_id,
  group_id,
  group_kind: "corporate",
  valid_from,
  valid_to,
});
const HISTORY: HistoryTables = {
  subscribers: ["A", "B", "C", "D", "E", "F"].map((subscriber_id) => ({
    subscriber_id,
    activated_on: "2022-01-01",
  })),
  memberships: [
    member("B", "公司1", "2024-01-01"),
    member("C", "公司1", "2023-01-01"),
    member("C", "公司2", "2024-01-01"),
    // Has left the group.
    member("D", "公司1", "2024-01-01", "2025-05-01"),
    member("E", "公司1", "2024-01-01"),
  ],
  managers: [
    manager("A", ["李", "赵"], "2024-01-01", "2025-01-01"),
    manager("A", ["王", "赵"], "2025-01-01", "2025-03-01"),
    // Another contact person is no other manager.
    manager("A", ["王", "钱"], "2025-03-01", "2025-05-10"),
    manager("A", ["李", null], "2025-05-10", "2025-06-01"),
    manager("A", ["李", "钱"], "2025-06-01"),
    manager("公司1", ["张", "孙"], "2024-06-01", "2025-03-31"),
    manager("公司1", ["刘", "孙"], "2025-03-31"),
    // Of the group that C joined last, for some of the time.
    manager("公司2", ["陈", null], "2025-02-01", "2025-04-01"),
    // For a while E had a manager, who was not the group's.
    manager("E", ["周", "孙"], "2025-04-20", "2025-06-01"),
    manager("F", ["周", null], "2025-02-01", "2025-06-30"),
  ],
};
const NAMES = [
  "has_manager",
  "days_with_manager",
  "manager_changes",
  "manager_changes_3m",
  "contact_person_changes",
  "days_since_contact_person",
];
const featuresOf = (rows: Awaited<ReturnType<typeof snapshotRows>>) =>
  Object.fromEntries(rows.map((row) => [row.subscriber_id, NAMES.map((name) => row[name])]));

describe("managers", () => {
  test("are those of the subscriber, or else of their groups, day by day", async () => {
    expect(featuresOf(await snapshotRows(HISTORY, AT, [managers()]))).toEqual({
      // 李 to 王 on 1 January, back on 10 May, 52 days before; 赵 to 钱 on 1 March, 122 days before.
      A: [1, 52, 2, 1, 1, 122],
      // 张 to 刘 on 31 March, 92 days before; 孙 since 1 June 2024.
      B: [1, 92, 1, 0, 0, 395],
      // 张, 陈 of 公司2 in February and March, 刘 since 1 April.
      C: [1, 91, 2, 1, 0, 395],
      D: [0, null, 0, 0, 0, null],
      // 张, 刘, 周, and again 刘 since 1 June.
      E: [1, 30, 3, 2, 0, 395],
      // Without a manager since yesterday.
      F: [0, null, 0, 0, 0, null],
    });
  });

  test("of groups count only where the history has memberships", async () => {
    const { memberships: _, ...others } = HISTORY;
    const { A, B, E } = featuresOf(await snapshotRows(others, AT, [managers()]));
    expect([A, B]).toEqual([
      [1, 52, 2, 1, 1, 122],
      [0, null, 0, 0, 0, null],
    ]);
    expect(E).toEqual([0, null, 0, 0, 0, null]);
  });

  test("may be those of subscribers only, without contact persons", async () => {
    const own = (HISTORY.managers ?? [])
      .filter(({ subscriber_id }) => subscriber_id !== null)
      .map(({ group_id: _, contact_person: __, ...fact }) => fact);
    const [row] = await snapshotRows({ ...HISTORY, managers: own }, AT, [managers()]);
    expect(Object.keys(row).slice(2)).toEqual(NAMES.slice(0, 4));
    expect(NAMES.slice(0, 4).map((name) => row[name])).toEqual([1, 52, 2, 1]);
  });

  test("does not use facts that begin, end or become known on the cutoff or later", async () => {
    const later = {
      managers: [
        manager("D", ["李", "赵"], "2025-07-01"),
        manager("D", ["李", "赵"], "2025-06-01", null, "2025-07-01"),
        manager("公司1", ["李", "赵"], "2025-07-02"),
      ],
    };
    const ending = {
      ...HISTORY,
      managers: (HISTORY.managers ?? []).map((fact) => ({
        ...fact,
        valid_to: fact.valid_to ?? "2025-07-01",
      })),
    };
    expect(await snapshotRows(withFacts(ending, later), AT, [managers()])).toEqual(
      await snapshotRows(HISTORY, AT, [managers()]),
    );
  });
});
