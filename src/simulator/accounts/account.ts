import { logistic } from "../../math/logistic.js";
import { createRandom, type Random } from "../../random.js";
import { firstDayOf } from "../../table/calendar.js";
import { endDayOf } from "../calendar.js";
import { contractEffect } from "../departure/cause-effects.js";
import { offersOn } from "../departure/triggers.js";
import { accountContractEnd, groupId, type SubscriberGroup } from "../life/group-sequence.js";
import { type Member, sumOfLast } from "../life/member.js";
import type { FactLog } from "../output/fact-log.js";
import { managerId, PLACES, type Staff } from "./staff.js";

/** How far the relation with a corporate account has come. */
export type AccountStage = "new" | "growing" | "mature" | "partner" | "broken off";

/** What a corporate account and the operator know of each other; changed in place. */
export interface Account {
  /** The place of its manager, and how many managers that has had before. */
  readonly place: number;
  generation: number;
  contactPerson: number;
  /** The day since which these two look after each other; NaN while the account has no member. */
  since: number;
  /** The last months in which the manager and the contact person changed. */
  managerChange: number;
  isTakenAlong: boolean;
  contactChange: number;
}

/** Log-odds that an account without any of the effects leaves in a month. */
const BASELINE = -5.2;
const STAGE: Readonly<Record<AccountStage, number>> = {
  new: 0.3,
  growing: -0.3,
  mature: 0,
  partner: -0.9,
  "broken off": 1.5,
};
const COMPLAINTS = 3;
const MANAGER_CHANGE = 0.6;
const TAKEN_ALONG = 2.4;
const CONTACT_CHANGE = 0.7;
/** Months after a change in which it has its effect. */
const UNSETTLED = 3;
const CONTACT_CHANGES = 1 / 36;

const NEW_MONTHS = 6;
const PARTNER_MONTHS = 36;
const RECENT = 6;
const BREAKS_SHARE = 0.25;
const BREAKS_COMPLAINTS = 0.6;
const GROWS_SHARE = 0.1;
const CONTENT_COMPLAINTS = 0.12;

export function newAccount(group: SubscriberGroup, seed: number): Account {
  const place = createRandom(seed, "account", group.position).integer(PLACES);
  const never = Number.NEGATIVE_INFINITY;
  return {
    place,
    generation: 0,
    contactPerson: 0,
    since: Number.NaN,
    managerChange: never,
    isTakenAlong: false,
    contactChange: never,
  };
}

/** The stage of an account at the beginning of a month, by what members did in the months before. */
export function accountStage(members: readonly Member[], month: number): AccountStage {
  let began = Number.POSITIVE_INFINITY;
  let active = 0;
  let left = 0;
  let joined = 0;
  let complaints = 0;
  for (const { profile, departureMonth, state } of members) {
    began = Math.min(began, profile.activationMonth);
    if (departureMonth !== undefined) {
      if (departureMonth >= month - RECENT) left++;
    } else if (profile.activationMonth < month) {
      active++;
      if (profile.activationMonth >= month - RECENT) joined++;
      complaints += sumOfLast(state.complaints, 3);
    }
  }
  const perMember = active > 0 ? complaints / active : 0;
  if (left >= BREAKS_SHARE * (left + active) || perMember >= BREAKS_COMPLAINTS) return "broken off";
  if (month - began < NEW_MONTHS) return "new";
  if (joined >= GROWS_SHARE * active) return "growing";
  return month - began >= PARTNER_MONTHS && left === 0 && perMember < CONTENT_COMPLAINTS
    ? "partner"
    : "mature";
}

/** The effects of the changes of a manager and of a contact person in the three months before. */
export function unsettledBy(
  account: Account,
  month: number,
): { readonly manager: number; readonly contact: number } {
  const isRecent = (change: number) => change >= month - UNSETTLED && change < month;
  return {
    manager: isRecent(account.managerChange) ? (account.isTakenAlong ? TAKEN_ALONG : MANAGER_CHANGE) : 0,
    contact: isRecent(account.contactChange) ? CONTACT_CHANGE : 0,
  };
}

/** The probability that an account leaves as a whole in a month. */
export function accountRisk(
  account: Account,
  group: SubscriberGroup,
  members: readonly Member[],
  firstMonth: number,
  month: number,
): number {
  let active = 0;
  let complaints = 0;
  let offers = 0;
  const firstEnd = firstDayOf(month) + 1;
  for (const { state, departureMonth } of members) {
    if (departureMonth !== undefined) continue;
    active++;
    complaints += sumOfLast(state.complaints, 3);
    offers += offersOn(state.triggers, firstEnd);
  }
  if (active === 0) return 0;
  const { manager, contact } = unsettledBy(account, month);
  return logistic(
    BASELINE +
      contractEffect(accountContractEnd(group, firstMonth, month) - month) +
      STAGE[accountStage(members, month)] +
      Math.min(1.5, (COMPLAINTS * complaints) / active) +
      manager +
      contact +
      offers / active,
  );
}

/** Begins to look after an account that has members again, and ends with one that has none any more. */
export function openOrClose(
  account: Account,
  group: SubscriberGroup,
  members: readonly Member[],
  month: number,
  log: FactLog | undefined,
): void {
  const isOpen = !Number.isNaN(account.since);
  const present = members.filter(
    ({ profile, departureMonth }) => profile.activationMonth <= month && departureMonth === undefined,
  );
  if (present.length > 0) {
    if (!isOpen) account.since = Math.min(...present.map(({ profile }) => profile.activatedOn));
  } else if (isOpen) {
    closeAccount(account, group, members, log);
  }
}

/** Records who looked after an account until its last member left. */
export function closeAccount(
  account: Account,
  group: SubscriberGroup,
  members: readonly Member[],
  log: FactLog | undefined,
): void {
  const end = Math.max(...members.map(({ endedOn }) => endedOn ?? 0));
  if (end > account.since) recordManager(account, group, end, log);
  account.since = Number.NaN;
}

/** Who looks after an account on a day of a month that has changed it. */
export function managerOn({ place, generation }: Account, month: number, staff: Staff, day: number): string {
  const change = staff.change(place, month);
  return managerId(place, change !== undefined && day < change.day ? generation - 1 : generation);
}

/** Changes the manager and the contact person of an account in a month. Takes two random numbers. */
export function changeAccount(
  account: Account,
  group: SubscriberGroup,
  month: number,
  staff: Staff,
  random: Random,
  log: FactLog | undefined,
): void {
  const changesContact = random.next() < CONTACT_CHANGES;
  const contactDay = endDayOf(month, random.next());
  const manager = staff.change(account.place, month);
  const begin = (day: number, change: () => void) => {
    if (day > account.since) {
      recordManager(account, group, day, log);
      account.since = day;
    }
    change();
  };
  const changes: [number, () => void][] = [];
  if (manager !== undefined) {
    changes.push([
      manager.day,
      () => {
        account.generation++;
        account.managerChange = month;
        account.isTakenAlong = manager.takesAlong;
      },
    ]);
  }
  if (changesContact) {
    changes.push([
      contactDay,
      () => {
        account.contactPerson++;
        account.contactChange = month;
      },
    ]);
  }
  changes.sort(([a], [b]) => a - b);
  for (const [day, change] of changes) begin(day, change);
}

/** Records who looked after an account up to a day; NaN while they still do. */
export function recordManager(
  { place, generation, contactPerson, since }: Account,
  group: SubscriberGroup,
  validTo: number,
  log: FactLog | undefined,
): void {
  const id = groupId(group);
  log?.managers.add(id, managerId(place, generation), `${id}-${contactPerson + 1}`, since, validTo);
}
