import type { Member } from "../life/member.js";
import { type ServedDays, someDay } from "../life/served-days.js";
import type { FactLog } from "../output/fact-log.js";
import { eitherOf, probabilityOf } from "./departure-hazard.js";

/** Share of the eligible subscribers that the campaign draws each month; half of them get the offer, half are the control group. */
const DRAWN = 0.03;
const OFFERED = 0.5;
/** An offer has its effect in this many months after that of the contact. */
const EFFECT_MONTHS = 3;
const PAUSE_MONTHS = 6;
const FIRST_MONTH_OF_LIFE = 3;

/**
 * Decides whether the randomised retention campaign draws a subscriber; an offer changes the log-odds of leaving in the
 * next three months. Takes two random numbers.
 * @param logOdds of leaving in this month, without any offer.
 */
export function campaignMonth(
  member: Member,
  served: ServedDays,
  logOdds: number,
  log: FactLog | undefined,
): void {
  const { profile, state, random, details } = member;
  const isDrawn = random.next() < DRAWN;
  const isOffered = random.next() < OFFERED;
  const { month } = served;
  const isEligible =
    month >= state.nextCampaign &&
    month - profile.activationMonth + 1 >= FIRST_MONTH_OF_LIFE &&
    state.silentSince === undefined &&
    state.monthsInArrears === 0 &&
    served.share === 1;
  if (!isDrawn || !isEligible) return;
  const effect = offerEffect(member, month);
  campaignPause(member, month);
  if (isOffered) makeOffer(member, month + 1, effect);
  if (log === undefined) return;
  const day = someDay(served, details);
  log.events.add(profile.id, day, Number.NaN, "retention_contact", isOffered ? 1 : 0);
  log.offers.add(
    profile.id,
    day,
    isOffered ? 1 : 0,
    effect,
    withinMonths(probabilityOf(logOdds)),
    withinMonths(probabilityOf(logOdds + effect)),
  );
}

/** Keeps a subscriber out of the campaign for half a year. */
export function campaignPause({ state }: Member, month: number): void {
  state.nextCampaign = month + PAUSE_MONTHS;
}

/** Makes an offer whose effect begins in a month. */
export function makeOffer({ state }: Member, month: number, effect: number): void {
  state.offerEffect = effect;
  state.offerEnd = month + EFFECT_MONTHS;
}

/**
 * The effect of an offer on the log-odds of leaving: it helps most with dissatisfied subscribers, above all when their
 * contract ends, and drives away satisfied subscribers of long standing ("sleeping dogs").
 */
export function offerEffect({ profile, state }: Member, month: number): number {
  const isOpen = state.contractEnd !== undefined && state.contractEnd - month <= 1;
  const isSleepingDog = month - profile.activationMonth >= 24 && state.satisfaction > -0.3;
  return (
    -0.6 +
    0.5 * Math.max(-1.5, state.satisfaction) +
    (isOpen ? -0.5 : 0) +
    (isSleepingDog ? 0.9 : 0) +
    profile.receptivity
  );
}

function withinMonths(hazard: number): number {
  let probability = 0;
  for (let month = 0; month < EFFECT_MONTHS; month++) probability = eitherOf(probability, hazard);
  return probability;
}
