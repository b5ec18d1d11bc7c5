import { firstDayOf } from "../../table/calendar.js";
import { monthOfYear } from "../calendar.js";
import { campaignEffect } from "../catalogue.js";
import { endTariff } from "../life/contracts.js";
import { groupId, type SubscriberGroup } from "../life/group-sequence.js";
import type { Member } from "../life/member.js";
import { SILENCE_LIMIT_DAYS } from "../life/silence.js";
import type { FactLog } from "../output/fact-log.js";
import { isLongInArrears } from "./departure-risk.js";

export type EndReason = "voluntary" | "ported_out" | "arrears" | "natural" | "fraud";

/** The reason for the end of the subscription that the operator records. */
export function endReason(member: Member, month: number, isTakenAlong: boolean): EndReason {
  const { profile, state, details } = member;
  const uniform = details.next();
  if (state.silentSince !== undefined) return "natural";
  if (isTakenAlong) return "ported_out";
  if (isLongInArrears(member)) return "arrears";
  if (profile.isBulkCard) return uniform < 0.3 ? "fraud" : "natural";
  if (uniform < 0.05) return "natural";
  const isCampaign = campaignEffect(profile.region, monthOfYear(month)) > 0;
  return uniform < (isCampaign ? 0.65 : 0.5) ? "ported_out" : "voluntary";
}

/**
 * The first day without service of a subscriber who leaves in a month: from its second day on, or the day on which the
 * silence of a card reaches its limit.
 */
export function endDay({ state }: Member, month: number, uniform: number): number {
  const first = firstDayOf(month);
  const next = firstDayOf(month + 1);
  const limit = (state.silentSince ?? Number.NaN) + SILENCE_LIMIT_DAYS;
  if (limit >= first && limit < next) return limit;
  return someDayOf(month, uniform);
}

/** A day of a month from its second on. */
export function someDayOf(month: number, uniform: number): number {
  const first = firstDayOf(month);
  return first + 1 + Math.floor(uniform * (firstDayOf(month + 1) - first - 1));
}

/**
 * Records a subscriber at the end of the simulation: the subscriber's own row, and the tariff, services and membership
 * that were held last.
 * @param endedOn NaN for a subscriber who has not left.
 */
export function recordSubscriber(
  member: Member,
  group: SubscriberGroup,
  endedOn: number,
  reason: EndReason | null,
  log: FactLog,
): void {
  const { profile, state } = member;
  const { id, activatedOn, region, dealer, paymentKind } = profile;
  const birthYear = profile.isBirthYearKnown ? profile.birthYear : Number.NaN;
  log.subscribers.add(id, activatedOn, endedOn, reason, region, dealer.id, paymentKind, birthYear);
  endTariff(member, endedOn, log);
  for (const { name, since } of state.services) log.services.add(id, name, since, endedOn);
  if (group.kind !== "none") log.memberships.add(id, groupId(group), group.kind, activatedOn, endedOn);
}
