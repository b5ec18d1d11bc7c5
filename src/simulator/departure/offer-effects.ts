import { type Member, sumOfLast } from "../life/member.js";
import { OFFER_NAMES, type OfferName } from "../market/offers.js";

/** Months with the operator from which on a content subscriber had better be let alone. */
const LONG_THERE = 24;
const CONTENT = -0.3;
const TAKEN_BEFORE = -0.3;
/** The discount of those who hunger for one most. */
const LARGEST_DISCOUNT = 0.2;

/**
 * The effect of each offer on the log-odds of leaving, if it reaches the subscriber in a month. Each suits one kind of
 * trouble, all work better with those who took one before, and wake content subscribers of long standing ("sleeping
 * dogs"). All that counts is recorded, or shows in what is, but for the receptivity.
 */
export function offerEffects({ profile, state }: Member, month: number): Readonly<Record<OfferName, number>> {
  if (profile.bulk !== undefined) return NO_EFFECTS;
  const complaints = sumOfLast(state.complaints, 3);
  const faultHours = sumOfLast(state.faultHours, 3);
  const isOpen = state.contractEnd !== undefined && state.contractEnd - month <= 1;
  const isBound = state.contractEnd !== undefined && !isOpen;
  const isContent = state.satisfaction > CONTENT && complaints === 0;
  const dog = isContent && month - profile.activationMonth >= LONG_THERE ? 1 : 0;
  const hunger = profile.discount / LARGEST_DISCOUNT;
  const overpays = Math.min(1, sumOfLast(state.overageShares, 2) / 2 + 2 * state.savingShare);
  const common = profile.receptivity + TAKEN_BEFORE * Math.min(1, state.offersTaken);
  return {
    discount: common - 0.1 - 1.1 * hunger - 0.8 * overpays + 0.35 * dog,
    data_pack: common - 0.2 + 0.6 * Math.max(-1.5, Math.min(0, state.satisfaction)) + 0.5 * dog,
    care_call: common - 0.05 - 0.55 * Math.min(2, complaints) - 0.04 * Math.min(16, faultHours) + 0.7 * dog,
    new_contract: common - 0.35 - (isOpen ? 0.9 : 0) + (isBound ? 0.25 : 0) + 0.3 * dog,
  };
}

/** Of cards without a subscriber, and of a campaign that changes nothing. */
export const NO_EFFECTS = Object.fromEntries(OFFER_NAMES.map((name) => [name, 0])) as Readonly<
  Record<OfferName, number>
>;
