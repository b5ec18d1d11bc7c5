import { createRandom, type Random } from "../../random.js";
import { firstDayOf } from "../../table/calendar.js";
import { eitherOf } from "../departure/departure-hazard.js";
import { FAMILY_GOES, groupRisk, type MonthlyRisk, NO_RISK, ownRisk } from "../departure/departure-risk.js";
import { endDay, endReason, recordSubscriber, someDayOf } from "../departure/departures.js";
import { campaignMonth } from "../departure/retention-campaign.js";
import type { FactLog } from "../output/fact-log.js";
import type { OperatorPlan } from "../plan.js";
import { changeContract, recordEarlierTariff } from "./contracts.js";
import type { Dealer } from "./dealers.js";
import { changeServices } from "./extra-services.js";
import type { SubscriberGroup } from "./group-sequence.js";
import { copyMember, firstState, type Member, newMember } from "./member.js";
import { billOfMonth } from "./month-bill.js";
import { useOfMonth } from "./month-use.js";
import { changeMood } from "./mood.js";
import type { Network } from "./network.js";
import { payMonth } from "./payments.js";
import { servedDays } from "./served-days.js";
import { silentDay, WAKES_UP } from "./silence.js";
import { drawProfile } from "./subscriber-profile.js";
import { sufferMonth } from "./trouble.js";

/** The state of a group, month by month. It does not depend on any other group. */
export interface GroupLife {
  readonly group: SubscriberGroup;
  readonly members: readonly Member[];
  /** Random numbers for events of the group as a whole. */
  readonly random: Random;
}

/** What the simulation of a month needs besides the group. */
export interface Surroundings {
  readonly plan: OperatorPlan;
  readonly network: Network;
  /** Takes the facts; undefined when only the states matter. Nothing is recorded before the first recorded month. */
  readonly log: FactLog | undefined;
}

export function newGroupLife(
  group: SubscriberGroup,
  dealers: readonly Dealer[],
  plan: OperatorPlan,
): GroupLife {
  const members = Array.from({ length: group.size }, (_, i) => {
    const position = group.firstMember + i;
    const profile = drawProfile(position, group, dealers, plan);
    return newMember(profile, position < plan.subscribers, plan.seed);
  });
  return { group, members, random: createRandom(plan.seed, "group life", group.position) };
}

/** A copy of the group in its present state that continues with other random numbers. */
export function copyGroupLife(
  { group, members, random }: GroupLife,
  seed: number,
  future: number,
  month: number,
): GroupLife {
  return {
    group,
    members: members.map((member) =>
      copyMember(member, createRandom(seed, "future", future, month, member.profile.id)),
    ),
    random,
  };
}

/** Simulates one month of all active members, in place. A member who leaves has no further months. */
export function liveGroupMonth(life: GroupLife, month: number, surroundings: Surroundings): void {
  const { group, members, random } = life;
  const { plan } = surroundings;
  const isRecorded = month >= plan.firstMonth;
  const log = isRecorded ? surroundings.log : undefined;
  const risks = members.map((member) => (isThere(member, month) ? ownRisk(member, members, month) : NO_RISK));
  const together = groupRisk(group, members, risks, plan.firstMonth, month);
  const togetherDraw = random.next();
  const togetherDay = someDayOf(month, random.next());
  let allGo = isRecorded && group.kind === "corporate" && togetherDraw < together;

  for (let i = 0; i < members.length; i++) {
    const member = members[i];
    if (!isThere(member, month)) continue;
    const { profile } = member;
    const memberLog = member.isRecorded ? log : undefined;
    if (memberLog !== undefined && month === Math.max(plan.firstMonth, profile.activationMonth)) {
      recordEarlierTariff(member, memberLog);
    }
    const isLed = i > 0 || group.kind === "corporate";
    const hasRisk = month > profile.activationMonth;
    member.hazard = hasRisk ? eitherOf(risks[i].leaves, isLed ? together : 0) : 0;
    if (hasRisk) memberLog?.hazards.add(profile.id, firstDayOf(month), member.hazard);

    const isTakenAlong = allGo && isLed && hasRisk;
    const endedOn = ownDeparture(member, month, risks[i]) ?? (isTakenAlong ? togetherDay : undefined);
    if (endedOn !== undefined && !isRecorded) {
      // Starts again in the first state: the recorded history begins with subscribers who have not left.
      member.state = firstState(profile);
    } else if (endedOn !== undefined) {
      if (i === 0 && group.kind === "family") allGo = togetherDraw < FAMILY_GOES;
      member.departureMonth = month;
    }
    const isLeaving = member.departureMonth !== undefined;
    const reason = endedOn === undefined ? null : endReason(member, month, isTakenAlong);
    liveMemberMonth(life, member, month, isLeaving ? endedOn : undefined, risks[i], {
      ...surroundings,
      log: memberLog,
    });
    if (isLeaving && memberLog !== undefined) {
      recordSubscriber(member, group, endedOn ?? Number.NaN, reason, memberLog);
    }
  }
}

/**
 * As {@link liveGroupMonth}, under the condition that each member stays: a member who leaves has left for the others, but
 * the member's own life goes on; a card does not fall silent, and a group never leaves as a whole, because a member who
 * stays in use was in no group that did.
 */
export function liveConditionalMonth(life: GroupLife, month: number, surroundings: Surroundings): void {
  const { group, members } = life;
  const { plan } = surroundings;
  const risks = members.map((member) =>
    member.profile.activationMonth <= month ? ownRisk(member, members, month) : NO_RISK,
  );
  const together = groupRisk(group, members, risks, plan.firstMonth, month);
  for (let i = 0; i < members.length; i++) {
    const member = members[i];
    if (member.profile.activationMonth > month) continue;
    const hasRisk = month > member.profile.activationMonth;
    const isLed = i > 0 || group.kind === "corporate";
    const withOthers = hasRisk && isLed ? together : 0;
    member.hazard = eitherOf(risks[i].leaves, withOthers);
    member.silenceRisk = risks[i].fallsSilent * (1 - withOthers);
    const endedOn = ownDeparture(member, month, { ...risks[i], fallsSilent: 0 });
    if (endedOn !== undefined) member.departureMonth ??= month;
    liveMemberMonth(life, member, month, undefined, risks[i], surroundings);
  }
}

function isThere({ profile, departureMonth }: Member, month: number): boolean {
  return profile.activationMonth <= month && departureMonth === undefined;
}

/** The day on which service ends by the member's own decision, if it does; the card may fall silent instead. Takes two random numbers. */
function ownDeparture(member: Member, month: number, risk: MonthlyRisk): number | undefined {
  const turn = member.random.next();
  const uniform = member.random.next();
  if (turn < risk.leaves) return endDay(member, month, uniform);
  if (turn < risk.leaves + risk.fallsSilent) member.state.silentSince = silentDay(month, uniform);
  return undefined;
}

function liveMemberMonth(
  { group }: GroupLife,
  member: Member,
  month: number,
  endedOn: number | undefined,
  risk: MonthlyRisk,
  { plan, network, log }: Surroundings,
): void {
  const served = servedDays(member, month, endedOn);
  const wakesUp = member.random.next() < WAKES_UP;
  if (wakesUp && Number(member.state.silentSince) < served.from) member.state.silentSince = undefined;
  changeMood(member);
  sufferMonth(member, served, network, log);
  const use = useOfMonth(member, served, log);
  changeServices(member, served, log);
  payMonth(member, served, billOfMonth(member, served, use, log), log);
  changeContract(member, group, plan.firstMonth, served, log);
  if (month >= plan.firstMonth) campaignMonth(member, served, risk.logOdds, log);
}
