import { describe, expect, test } from "vitest";
import { simulateOperator } from "../../../src/simulator/simulate-operator.js";
import { firstDayOf, monthOf } from "../../../src/table/calendar.js";
import { type Row, rowsBy, rowsIn } from "../columns.js";

const operator = simulateOperator({ subscribers: 9000, months: 18, seed: 2 });
const FIRST_MONTH = (2024 - 1970) * 12 + 7;
const people = new Map(rowsIn(operator.subscribers).map((row) => [row.id, row]));
const corporate = rowsBy(
  rowsIn(operator.memberships).filter((row) => row.text("group_kind") === "corporate"),
  (row) => row.text("group_id"),
);
// The last account may have members beyond the requested number of subscribers.
const last = [...people.keys()].sort().at(-1);
const accounts = new Map([...corporate].filter(([, rows]) => !rows.some((row) => row.id === last)));
const managers = rowsBy(rowsIn(operator.managers), (row) => row.text("group_id"));
const relations = rowsIn(operator.truth.relations).filter((row) => accounts.has(row.text("group_id")));
const complaints = rowsBy(
  rowsIn(operator.truth.triggers).filter((row) => row.text("trigger") === "complaint"),
  (row) => row.id,
);
const accountDepartures = new Set(
  rowsIn(operator.truth.departures)
    .filter((row) => row.text("kind") === "account")
    .map((row) => `${row.id} ${monthOf(row.number("ended_on"))}`),
);
const leavesIn = (group: string, month: number) =>
  (accounts.get(group) ?? []).some((row) => accountDepartures.has(`${row.id} ${month}`));
const endOf = (group: string) => {
  const ends = (accounts.get(group) ?? []).map((row) => row.number("valid_to"));
  return ends.some(Number.isNaN) ? Number.NaN : Math.max(...ends);
};

/** Whether a member was there in every month from the first on: else a row of managers may be lost, see below. */
function isNeverEmpty(group: string): boolean {
  const rows = accounts.get(group) ?? [];
  const from = Math.min(...rows.map((row) => row.number("valid_from")));
  for (let day = Math.max(from, firstDayOf(FIRST_MONTH)); day < firstDayOf(FIRST_MONTH + 18); day++) {
    if (!rows.some((row) => row.number("valid_from") <= day && !(row.number("valid_to") <= day)))
      return false;
  }
  return true;
}

describe("the table managers", () => {
  test("has the accounts, and no other group", () => {
    for (const group of managers.keys()) expect(corporate.has(group)).toBe(true);
    expect(managers.size).toBeGreaterThan(50);
  });

  test("has one row at a time per account, the first from its beginning on", () => {
    for (const [group, rows] of managers) {
      if (!accounts.has(group)) continue;
      const first = Math.min(...(accounts.get(group) ?? []).map((row) => row.number("valid_from")));
      if (first < firstDayOf(FIRST_MONTH - 6))
        expect(rows[0].number("valid_from")).toBeGreaterThanOrEqual(first);
      rows.forEach((row, i) => {
        const to = row.number("valid_to");
        expect(to > row.number("valid_from") || Number.isNaN(to)).toBe(true);
        if (i + 1 === rows.length) return;
        expect(rows[i + 1].number("valid_from")).toBeGreaterThanOrEqual(to);
        if (isNeverEmpty(group)) expect(rows[i + 1].number("valid_from")).toBe(to);
      });
    }
  });

  test("changes the manager or the contact person with each row", () => {
    for (const rows of managers.values()) {
      for (let i = 1; i < rows.length; i++) {
        const who = (row: Row) => `${row.text("manager")} ${row.text("contact_person")}`;
        // An account that had no member for a while may have the same ones again.
        if (rows[i].number("valid_from") > rows[i - 1].number("valid_to")) continue;
        expect(who(rows[i])).not.toBe(who(rows[i - 1]));
      }
    }
  });

  test("lasts while the account does", () => {
    for (const group of accounts.keys()) {
      const to = managers.get(group)?.at(-1)?.number("valid_to") ?? 0;
      if (Number.isNaN(endOf(group))) expect(to).toBeNaN();
    }
  });

  test("has a manager for each day on which an account has a member", () => {
    const wrong = [...accounts].filter(([group, members]) =>
      members.some((member) => {
        const from = Math.max(
          member.number("valid_from"),
          managers.get(group)?.[0]?.number("valid_from") ?? 0,
        );
        const to = Number.isNaN(member.number("valid_to"))
          ? firstDayOf(FIRST_MONTH + 18)
          : member.number("valid_to");
        for (let day = from; day < to; day++) {
          const has = managers
            .get(group)
            ?.some((row) => row.number("valid_from") <= day && !(row.number("valid_to") <= day));
          if (has !== true) return true;
        }
        return false;
      }),
    );
    expect(wrong.map(([group]) => group)).toEqual([]);
  });

  test("has the manager whom each contact names, on its day", () => {
    const groupOf = new Map(
      [...corporate].flatMap(([group, rows]) => rows.map((row) => [row.id, group] as const)),
    );
    const wrong = rowsIn(operator.contacts).filter((row) => {
      const manager = row.cell("manager");
      const day = row.number("at");
      if (manager === null) return false;
      return !(managers.get(String(groupOf.get(row.id))) ?? []).some(
        (each) =>
          each.text("manager") === manager &&
          each.number("valid_from") <= day &&
          !(each.number("valid_to") <= day),
      );
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });
});

describe("the relations of the truth", () => {
  test("have one row per account and month in which a member is there", () => {
    const keys = relations.map((row) => `${row.text("group_id")} ${monthOf(row.number("month"))}`);
    expect(new Set(keys).size).toBe(keys.length);
    const expected = [...accounts].flatMap(([group, rows]) => {
      const from = Math.min(...rows.map((row) => monthOf(row.number("valid_from"))));
      const months: string[] = [];
      for (let month = Math.max(FIRST_MONTH, from); month < FIRST_MONTH + 18; month++) {
        const isThere = rows.some(
          (row) => monthOf(row.number("valid_from")) <= month && !(monthOf(row.number("valid_to")) < month),
        );
        if (isThere) months.push(`${group} ${month}`);
      }
      return months;
    });
    expect(keys.sort()).toEqual(expected.sort());
  });

  test("have the stage that members and complaints make", () => {
    let compared = 0;
    for (const row of relations) {
      const month = monthOf(row.number("month"));
      const members = accounts.get(row.text("group_id")) ?? [];
      const activation = members.map((member) => monthOf(member.number("valid_from")));
      // Complaints are recorded for three months; those before the day of activation are not.
      if (month < FIRST_MONTH + 3 || activation.some((each) => each < month && each >= month - 3)) continue;
      const ended = members.map((member) => monthOf(member.number("valid_to")));
      const active = members.filter((_, i) => activation[i] < month && !(ended[i] < month));
      const left = ended.filter((each) => each < month && each >= month - 6).length;
      const joined = active.filter((member) => monthOf(member.number("valid_from")) >= month - 6).length;
      let count = 0;
      for (const { id } of active) {
        count += (complaints.get(id) ?? []).filter(
          (each) => each.number("day") >= firstDayOf(month - 3) && each.number("day") < firstDayOf(month),
        ).length;
      }
      const perMember = active.length > 0 ? count / active.length : 0;
      const life = month - Math.min(...activation);
      const isBroken = left >= 0.25 * (left + active.length) || perMember >= 0.6;
      const isPartner = life >= 36 && left === 0 && perMember < 0.12;
      const settled = joined >= 0.1 * active.length ? "growing" : isPartner ? "partner" : "mature";
      expect(row.text("stage")).toBe(isBroken ? "broken off" : life < 6 ? "new" : settled);
      compared++;
    }
    expect(compared).toBeGreaterThan(300);
  });

  test("have the effects of changes for three months after them", () => {
    for (const row of relations) {
      const month = monthOf(row.number("month"));
      if (month < FIRST_MONTH + 3 || !isNeverEmpty(row.text("group_id"))) continue;
      const rows = managers.get(row.text("group_id")) ?? [];
      const changed = (column: string) =>
        rows.some((each, i) => {
          const ago = month - monthOf(each.number("valid_from"));
          return i > 0 && ago >= 1 && ago <= 3 && each.text(column) !== rows[i - 1].text(column);
        });
      if (changed("manager")) expect(row.number("manager_effect")).toBeGreaterThan(0);
      if (changed("contact_person")) expect(row.number("contact_person_effect")).toBeGreaterThan(0);
      if (row.number("contact_person_effect") > 0)
        expect(changed("contact_person") || rows.length === 0).toBe(true);
    }
  });

  test("have hazards that the departures of accounts follow, more after a change of the manager", () => {
    const sums = [true, false].map((isUnsettled) => {
      const rows = relations.filter((row) => row.number("manager_effect") > 0 === isUnsettled);
      const expected = rows.reduce((sum, row) => sum + row.number("hazard"), 0);
      const observed = rows.filter((row) =>
        leavesIn(row.text("group_id"), monthOf(row.number("month"))),
      ).length;
      return { expected, observed, count: rows.length };
    });
    for (const { expected, observed } of sums) {
      // Accounts of one member who has just come do not leave.
      expect(Math.abs(observed - expected)).toBeLessThan(4 * Math.sqrt(expected) + 0.05 * expected);
    }
    const [unsettled, settled] = sums;
    expect(unsettled.expected / unsettled.count).toBeGreaterThan(1.3 * (settled.expected / settled.count));
    expect(unsettled.count).toBeGreaterThan(20);
  });
});
