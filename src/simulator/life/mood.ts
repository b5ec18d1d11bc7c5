import type { Member } from "./member.js";

const DRIFT_BEGINS = 0.012;
const DRIFT_BEGINS_AFTER_COMPLAINT = 0.07;
const DRIFT_BEGINS_AFTER_FAULTS = 0.05;
/** Hours of outage in a month from which on satisfaction may begin to fall. */
const LONG_OUTAGE = 10;
const DRIFT_ENDS = 0.1;
const MONTHLY_DECAY = 0.36;
const RECOVERY = 0.5;
/** How fast the usual satisfaction follows the present one, about as a mean over a year does. */
const HABIT = 0.12;
const LOWEST_SATISFACTION = -2.2;
const SECOND_CARD_BEGINS = 0.002;
const SECOND_CARD_ENDS = 0.02;

/** Changes satisfaction, and moves most use of some subscribers with a monthly bill to a second card. Takes three random numbers. */
export function changeMood({ state, profile, random }: Member): void {
  const turn = random.next();
  const last = state.complaints.length - 1;
  const begins =
    state.complaints[last] > 0
      ? DRIFT_BEGINS_AFTER_COMPLAINT
      : state.faultHours[last] >= LONG_OUTAGE
        ? DRIFT_BEGINS_AFTER_FAULTS
        : DRIFT_BEGINS;
  state.isDrifting = state.isDrifting ? turn >= DRIFT_ENDS : turn < begins && profile.bulk === undefined;
  const shock = 0.08 * (random.next() - 0.5);
  const target = state.isDrifting ? state.satisfaction - MONTHLY_DECAY : state.satisfaction * (1 - RECOVERY);
  state.satisfaction = Math.max(LOWEST_SATISFACTION, target + shock);
  state.usualSatisfaction += HABIT * (state.satisfaction - state.usualSatisfaction);

  const change = random.next();
  state.isSecondCard = state.isSecondCard
    ? change >= SECOND_CARD_ENDS
    : change < SECOND_CARD_BEGINS && profile.paymentKind !== "prepaid";
}
