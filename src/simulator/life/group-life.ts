import { createRandom, type Random } from "../../random.js";
import { firstDayOf, monthOf } from "../../table/calendar.js";
import {
  type Account,
  accountRisk,
  accountStage,
  changeAccount,
  managerOn,
  newAccount,
  openOrClose,
  unsettledBy,
} from "../accounts/account.js";
import { endDayOf } from "../calendar.js";
import { eitherOf } from "../departure/cause-effects.js";
import { decidedDay } from "../departure/daily-hazard.js";
import {
  disconnectionDay,
  FAMILY_GOES,
  fillMemberEffects,
  type MonthlyRisk,
  ownRisk,
  SILENT_SHARE,
  silenceLimit,
} from "../departure/departure-risk.js";
import {
  type Departure,
  decisionOn,
  endReason,
  recordDeparture,
  recordSubscriber,
} from "../departure/departures.js";
import { drawContact } from "../departure/retention-campaign.js";
import { feeFactor } from "../market/shocks.js";
import type { FactLog } from "../output/fact-log.js";
import type { World } from "../world.js";
import { changeFee, recordEarlierTariff } from "./contracts.js";
import { groupId, type SubscriberGroup } from "./group-sequence.js";
import { copyMember, feeOf, firstState, type Member, newMember } from "./member.js";
import { liveMemberMonth } from "./member-month.js";
import { changeMood } from "./mood.js";
import { switchedOffRisk } from "./silence.js";
import { drawProfile } from "./subscriber-profile.js";
import { drawEvents } from "./trouble.js";

/** The state of a group, month by month. It does not depend on any other group. */
export interface GroupLife {
  readonly group: SubscriberGroup;
  readonly members: readonly Member[];
  /** Of a corporate group. */
  readonly account: Account | undefined;
  /** Random numbers for events of the group as a whole. */
  readonly random: Random;
}

export function newGroupLife(group: SubscriberGroup, { dealers, plan }: World): GroupLife {
  const members = Array.from({ length: group.size }, (_, i) => {
    const position = group.firstMember + i;
    const profile = drawProfile(position, group, dealers, plan);
    return newMember(profile, position < plan.subscribers, plan.seed);
  });
  const account = group.kind === "corporate" ? newAccount(group, plan.seed) : undefined;
  return { group, members, account, random: createRandom(plan.seed, "group life", group.position) };
}

/** A copy of the group in its present state that continues with other random numbers. */
export function copyGroupLife(life: GroupLife, seed: number, future: number, day: number): GroupLife {
  const { group, members, account } = life;
  return {
    group,
    members: members.map((member) =>
      copyMember(member, createRandom(seed, "future", future, day, member.profile.id)),
    ),
    account: account === undefined ? undefined : { ...account },
    random: createRandom(seed, "future", future, day, "group", group.position),
  };
}

/**
 * The beginning of a month: mood, faults, complaints, signs of intent and contacts of each member, which the risks of the
 * month depend on.
 */
export function beginMonth({ members }: GroupLife, month: number, world: World): void {
  const { plan, competition, network } = world;
  for (const member of members) {
    if (!isThere(member, month)) continue;
    changeMood(member);
    fillMemberEffects(member, members, month, competition, plan.shocks);
    drawEvents(member, month, network);
    if (month >= plan.firstMonth) drawContact(member, month, plan);
    if (month === member.profile.activationMonth && plan.shocks.tariffChange !== undefined) {
      member.state.monthlyFee = feeOf(member.profile, member.state.tariff, feeFactor(plan.shocks, month));
    }
  }
}

/** How a group takes its members along in a month: with which risk, and whether it does. */
interface Lead {
  readonly risk: number;
  readonly departure: Departure | undefined;
}

const NO_LEAD: Lead = { risk: 0, departure: undefined };

/** The rest of a month that has begun, in place: who leaves, and the month of all. A member who leaves has no further months. */
export function finishMonth(
  life: GroupLife,
  month: number,
  world: World,
  groupLog: FactLog | undefined,
): void {
  const { group, members, account } = life;
  const isRecorded = month >= world.plan.firstMonth;
  const log = isRecorded ? groupLog : undefined;
  let lead = account === undefined ? NO_LEAD : accountMonth(life, account, month, world, log);
  for (const member of members) {
    if (!isThere(member, month)) continue;
    const own = ownRisk(member, month, firstDayOf(month) + 1, firstDayOf(month + 1));
    const departure = finishMember(
      life,
      member,
      month,
      own,
      lead,
      world,
      member.isRecorded ? log : undefined,
    );
    const isHead = group.kind === "family" && member === members[0];
    if (isHead) lead = headLead(member, own, isRecorded ? departure : undefined, life.random);
  }
}

/** The month of an account: its relation, who looks after it, and whether it leaves as a whole. Takes four random numbers. */
function accountMonth(
  life: GroupLife,
  account: Account,
  month: number,
  { plan, staff }: World,
  log: FactLog | undefined,
): Lead {
  const { group, members, random } = life;
  const risk = accountRisk(account, group, members, plan.firstMonth, month);
  const draw = random.next();
  const day = endDayOf(month, random.next());
  const recorded = members.filter((member) => member.isRecorded);
  const isAnyThere = recorded.some((member) => isThere(member, month));
  if (log !== undefined && isAnyThere) recordRelation(life, account, month, risk, log);
  openOrClose(account, group, recorded, month, log);
  changeAccount(account, group, month, staff, random, log);
  const leaves = month >= plan.firstMonth && draw < risk;
  return { risk, departure: leaves ? { day, kind: "account" } : undefined };
}

/** Where the head of a family leaves, the others may go on the same day. */
function headLead(head: Member, own: MonthlyRisk, departure: Departure | undefined, random: Random): Lead {
  const risk = FAMILY_GOES * eitherOf(own.decides * (1 - silentShare(head)), own.disconnects);
  const isLeading = departure?.kind === "decision" || departure?.kind === "disconnection";
  const follows = departure !== undefined && isLeading && random.next() < FAMILY_GOES;
  return { risk, departure: follows ? { day: departure.day, kind: "family" } : undefined };
}

/** Decides whether a member leaves in a month, lives it, and records both. */
function finishMember(
  { group, account }: GroupLife,
  member: Member,
  month: number,
  own: MonthlyRisk,
  lead: Lead,
  world: World,
  log: FactLog | undefined,
): Departure | undefined {
  const { profile } = member;
  const { firstMonth, shocks } = world.plan;
  if (log !== undefined && month === Math.max(firstMonth, profile.activationMonth)) {
    recordEarlierTariff(member, log);
  }
  if (month === shocks.tariffChange) changeFee(member, month, feeFactor(shocks, month), log);
  const hasRisk = month > profile.activationMonth;
  if (log !== undefined && hasRisk)
    recordHazard(member, month, monthlyHazard(member, month, own, lead.risk), log);
  const decided = hasRisk ? firstOf(ownDeparture(member, month, own), lead.departure) : undefined;
  // Who leaves before the records starts again in the first state: they begin with subscribers who have not left.
  const isAgain = decided !== undefined && month < firstMonth;
  if (isAgain) member.state = firstState(profile);
  const departure = isAgain ? undefined : decided;
  if (departure !== undefined) {
    member.departureMonth = month;
    member.endedOn = departure.day;
  }
  const endedOn = departure?.day;
  const manager =
    account === undefined ? NO_MANAGER : (day: number) => managerOn(account, month, world.staff, day);
  liveMemberMonth(member, { group, month, endedOn, managerOn: manager, world, log });
  if (departure !== undefined && log !== undefined) {
    const isCampaign = world.competition.isCampaign(month);
    recordDeparture(member, departure, log);
    recordSubscriber(member, group, departure.day, endReason(member, departure, isCampaign), log);
  }
  return decided;
}

function firstOf(own: Departure | undefined, other: Departure | undefined): Departure | undefined {
  if (own === undefined || other === undefined) return own ?? other;
  return other.day < own.day ? other : own;
}

const NO_MANAGER = () => null;

export function isThere({ profile, departureMonth }: Member, month: number): boolean {
  return profile.activationMonth <= month && departureMonth === undefined;
}

export function silentShare({ profile }: Member): number {
  return profile.paymentKind === "prepaid" ? SILENT_SHARE : 0;
}

/** The probability that the month is the member's last, given the triggers of the month. */
function monthlyHazard(member: Member, month: number, own: MonthlyRisk, led: number): number {
  const { silentSince } = member.state;
  if (silentSince !== undefined) {
    return eitherOf(switchedOffRisk(month - monthOf(silenceLimit(silentSince))), led);
  }
  return eitherOf(eitherOf(own.decides * (1 - silentShare(member)), own.disconnects), led);
}

/** The member's own departure, if there is one; the card may fall silent instead. Takes three random numbers. */
function ownDeparture(member: Member, month: number, risk: MonthlyRisk): Departure | undefined {
  const { random, state } = member;
  const turn = random.next();
  const fallsSilent = random.next() < silentShare(member);
  const other = random.next();
  if (state.silentSince !== undefined) {
    const limit = silenceLimit(state.silentSince);
    if (turn >= switchedOffRisk(month - monthOf(limit))) return undefined;
    const isLimit = month === monthOf(limit);
    const day = isLimit ? Math.max(firstDayOf(month) + 1, limit) : endDayOf(month, other);
    return { day, kind: "silence" };
  }
  const disconnected = other < risk.disconnects ? disconnectionDay(month) : Number.POSITIVE_INFINITY;
  const day = turn < risk.decides ? decidedDay(risk.spans, turn) : undefined;
  if (day === undefined || day >= disconnected) {
    return disconnected < Number.POSITIVE_INFINITY ? { day: disconnected, kind: "disconnection" } : undefined;
  }
  if (!fallsSilent) return { day, kind: "decision" };
  const { cause, effects } = decisionOn(member, day);
  state.silentCause = cause;
  state.silentEffects = effects;
  state.silentSince = day;
  // Nothing happens to a card that is not used, but for offers.
  state.events = state.events.filter((event) => event.day < day);
  state.triggers = state.triggers.filter((each) => each.kind === "offer" || each.day < day);
  return undefined;
}

function recordHazard({ profile, effects }: Member, month: number, hazard: number, log: FactLog): void {
  log.causes.addEffects(profile.position, firstDayOf(month), hazard, effects);
}

function recordRelation(
  { group, members }: GroupLife,
  account: Account,
  month: number,
  hazard: number,
  log: FactLog,
): void {
  const { manager, contact } = unsettledBy(account, month);
  log.relations.add(
    groupId(group),
    firstDayOf(month),
    accountStage(members, month),
    hazard,
    manager,
    contact,
  );
}
