import { endTariff } from "../life/contracts.js";
import { groupId, type SubscriberGroup } from "../life/group-sequence.js";
import type { Member } from "../life/member.js";
import type { FactLog } from "../output/fact-log.js";
import { CAUSES, type Cause, type DepartureKind, namedCause } from "./causes.js";
import { effectsOn } from "./triggers.js";

export type EndReason = "voluntary" | "ported_out" | "arrears" | "natural" | "fraud";

/** The end of a subscription. */
export interface Departure {
  /** The first day without service. */
  readonly day: number;
  readonly kind: DepartureKind;
}

/** The reason for the end of the subscription that the operator records. Takes one random number for details. */
export function endReason(
  { profile, details, state }: Member,
  { kind, day }: Departure,
  isCampaign: boolean,
): EndReason {
  const uniform = details.next();
  if (kind === "silence") return "natural";
  if (kind === "account" || kind === "family") return "ported_out";
  if (kind === "disconnection") return "arrears";
  if (profile.bulk !== undefined) return uniform < 0.1 ? "fraud" : uniform < 0.5 ? "natural" : "voluntary";
  if (state.triggers.some((each) => each.kind === "porting_enquiry" && each.day < day)) {
    return uniform < 0.95 ? "ported_out" : "voluntary";
  }
  if (uniform < 0.05) return "natural";
  return uniform < (isCampaign ? 0.55 : 0.4) ? "ported_out" : "voluntary";
}

/** Why a subscriber decides to leave on a day, and the effects on it. */
export function decisionOn(
  { effects, state }: Member,
  day: number,
): { readonly cause: Cause; readonly effects: readonly number[] } {
  const sums = new Array<number>(CAUSES.length).fill(0);
  effectsOn(effects, state.triggers, day, sums);
  return { cause: namedCause(sums), effects: sums };
}

/**
 * Records the truth about a departure: its cause is the one with the greatest effect on the day, or that of the kind of the
 * departure. A card that was switched off was left on the day on which it fell silent.
 */
export function recordDeparture(member: Member, { day, kind }: Departure, log: FactLog): void {
  const { profile, state } = member;
  const decision = decisionOn(member, day);
  const effects = (kind === "silence" ? state.silentEffects : undefined) ?? decision.effects;
  const ofKind = {
    account: "group",
    family: "group",
    disconnection: "arrears",
    silence: state.silentCause,
    decision: undefined,
  } as const;
  log.departures.add(profile.position, day, kind, ofKind[kind] ?? decision.cause, ...effects);
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
  const { position, activatedOn, region, dealer, paymentKind, channel, discount } = profile;
  const birthYear = profile.isBirthYearKnown ? profile.birthYear : Number.NaN;
  log.subscribers.add(
    position,
    activatedOn,
    endedOn,
    reason,
    region,
    dealer.id,
    paymentKind,
    birthYear,
    channel,
    discount,
  );
  log.properties.add(
    position,
    profile.bulk === undefined ? 0 : 1,
    profile.coverage,
    profile.receptivity,
    profile.lateness,
    profile.hasHandset ? 1 : 0,
  );
  endTariff(member, endedOn, log);
  for (const { name, since } of state.services) log.services.add(position, name, since, endedOn);
  if (group.kind !== "none") log.memberships.add(position, groupId(group), group.kind, activatedOn, endedOn);
}
