import { describe, expect, test } from "vitest";
import {
  accountRisk,
  accountStage,
  newAccount,
  unsettledBy,
} from "../../../src/simulator/accounts/account.js";
import { createStaff } from "../../../src/simulator/accounts/staff.js";
import { newGroupLife } from "../../../src/simulator/life/group-life.js";
import { groupSequence } from "../../../src/simulator/life/group-sequence.js";
import type { Member } from "../../../src/simulator/life/member.js";
import { operatorPlan } from "../../../src/simulator/plan.js";
import { createWorld } from "../../../src/simulator/world.js";

const plan = operatorPlan({ subscribers: 2000, months: 12, seed: 9 }, "test");
const world = createWorld(plan);
const group = [...groupSequence(plan.subscribers, plan.seed)].find(
  ({ kind, size }) => kind === "corporate" && size >= 8,
);
if (group === undefined) throw new Error("no account");

interface Set {
  /** Months ago, of each of eight members. */
  readonly joined?: readonly number[];
  /** Months ago, of the first members. */
  readonly left?: readonly number[];
  /** Complaints of the first members in the last month. */
  readonly complaints?: readonly number[];
}

const MONTH = plan.firstMonth;

function membersWith({ joined = [], left = [], complaints = [] }: Set): Member[] {
  return newGroupLife(group as NonNullable<typeof group>, world)
    .members.slice(0, 8)
    .map((member, i) => {
      const activationMonth = MONTH - (joined[i] ?? joined[0] ?? 20);
      const copy = { ...member, profile: { ...member.profile, activationMonth } };
      copy.departureMonth = left[i] === undefined ? undefined : MONTH - left[i];
      copy.state.complaints[copy.state.complaints.length - 1] = complaints[i] ?? 0;
      return copy;
    });
}
const stageOf = (set: Set) => accountStage(membersWith(set), MONTH);

describe("the stage of an account", () => {
  test.each([
    ["new in its first half year", { joined: [5] }, "new"],
    ["mature after it, without new members", { joined: [7] }, "mature"],
    ["growing while a tenth of the members has come within half a year", { joined: [20, 20, 3] }, "growing"],
    ["a partner after three years without a departure", { joined: [36] }, "partner"],
    ["mature one month before", { joined: [35] }, "mature"],
    ["mature after three years, when a member has just left", { joined: [40], left: [1] }, "mature"],
    ["a partner again when that is half a year ago", { joined: [40], left: [7] }, "partner"],
    ["mature after three years with a complaint among eight", { joined: [40], complaints: [1] }, "mature"],
    ["broken off when a quarter has left within half a year", { left: [1, 6] }, "broken off"],
    ["mature when that is longer ago", { left: [7, 7] }, "mature"],
    ["broken off with five complaints among eight", { complaints: [1, 1, 1, 1, 1] }, "broken off"],
    ["broken off before it is new", { joined: [3], complaints: [5] }, "broken off"],
  ] satisfies [string, Set, string][])("is %s", (_, set, stage) => {
    expect(stageOf(set)).toBe(stage);
  });
});

describe("the risk of an account", () => {
  const account = (changed: object) => ({ ...newAccount(group, plan.seed), ...changed });
  const risk = (changed: object, set: Set = {}) =>
    accountRisk(account(changed), group, membersWith(set), MONTH, MONTH);

  test("rises for three months after a change of the manager, more if the account is taken along", () => {
    for (const ago of [1, 2, 3]) {
      expect(risk({ managerChange: MONTH - ago })).toBeGreaterThan(risk({}));
      expect(risk({ managerChange: MONTH - ago, isTakenAlong: true })).toBeGreaterThan(
        risk({ managerChange: MONTH - ago }),
      );
    }
    for (const ago of [0, 4]) expect(risk({ managerChange: MONTH - ago })).toBe(risk({}));
  });

  test("rises after a change of the contact person", () => {
    expect(risk({ contactChange: MONTH - 1 })).toBeGreaterThan(risk({}));
    expect(unsettledBy(account({ contactChange: MONTH - 1 }), MONTH).manager).toBe(0);
    expect(unsettledBy(account({}), MONTH)).toEqual({ manager: 0, contact: 0 });
  });

  test("rises with complaints, in a relation that is broken off, and falls with a partner", () => {
    expect(risk({}, { complaints: [1] })).toBeGreaterThan(risk({}));
    expect(risk({}, { left: [1, 1] })).toBeGreaterThan(risk({}));
    expect(risk({}, { joined: [40] })).toBeLessThan(risk({}));
  });

  test("falls with an offer that works for a member", () => {
    const members = membersWith({});
    members[0].state.triggers = [{ kind: "offer", day: 0, until: 1e6, effect: -1 }];
    expect(accountRisk(account({}), group, members, MONTH, MONTH)).toBeLessThan(risk({}));
  });

  test("is zero when no member is left", () => {
    expect(risk({}, { left: [9, 9, 9, 9, 9, 9, 9, 9] })).toBe(0);
  });
});

describe("createStaff", () => {
  test("has the same changes for all accounts of a place, within the month, and others in another future", () => {
    const [staff, again, other] = [createStaff(1), createStaff(1), createStaff(1, 5)];
    const changes = (of: typeof staff) =>
      Array.from({ length: 30 * 60 }, (_, i) => of.change(i % 30, 600 + Math.floor(i / 30)));
    expect(changes(staff)).toEqual(changes(again));
    expect(changes(staff)).not.toEqual(changes(other));
    const count = changes(staff).filter((change) => change !== undefined).length;
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(600);
  });
});
