import type { Random } from "../random.js";
import { monthOfYear } from "./calendar.js";
import { poissonCount } from "./draws.js";
import type { SubscriberProfile } from "./profile.js";
import { OVERAGE, TARIFFS } from "./tariffs.js";

/** Where a subscriber stands at the end of a month. */
export interface LifeState {
  readonly satisfaction: number;
  /** Whether something has gone wrong between them and the operator, so that satisfaction falls month by month. */
  readonly isDrifting: boolean;
  /** The contract ends, or ended, before the first day of this month; undefined without any. */
  readonly contractEnd: number | undefined;
}

/** What the operator's systems record of one month. */
export interface MonthOfLife {
  readonly minutes: number;
  readonly dataGb: number;
  /** The bill: fee and what went beyond the tariff. */
  readonly arpu: number;
  readonly complaints: number;
  /** 0 or 1. */
  readonly latePayments: number;
}

const DRIFT_BEGINS = 0.012;
const DRIFT_BEGINS_AFTER_COMPLAINT = 0.08;
const DRIFT_ENDS = 0.05;
const MONTHLY_DECAY = 0.3;
const LOWEST_SATISFACTION = -2.5;
const RENEWAL = 0.55;
/** How much use falls per point of satisfaction lost. */
const USE_FALLS = 0.45;
/** Calls by month of the year: fewer in the holidays, more in December. */
const SEASON = [0.98, 0.97, 1, 1, 1.01, 1.01, 0.95, 0.93, 1.01, 1.02, 1.02, 1.07];

export function firstState(profile: SubscriberProfile): LifeState {
  return {
    satisfaction: profile.traits.usualSatisfaction,
    isDrifting: false,
    contractEnd: profile.contractEnd,
  };
}

/**
 * Lives one month.
 * @param complaintsBefore complaints in the month before
 * @param random the stream of this subscriber and month
 */
export function liveMonth(
  profile: SubscriberProfile,
  state: LifeState,
  month: number,
  complaintsBefore: number,
  random: Random,
): { readonly state: LifeState; readonly recorded: MonthOfLife } {
  const { traits } = profile;

  const turn = random.next();
  const begins = complaintsBefore > 0 ? DRIFT_BEGINS_AFTER_COMPLAINT : DRIFT_BEGINS;
  const isDrifting = state.isDrifting ? turn >= DRIFT_ENDS : turn < begins;
  const shock = random.normal();
  const satisfaction = Math.max(
    LOWEST_SATISFACTION,
    isDrifting
      ? state.satisfaction - MONTHLY_DECAY + 0.15 * shock
      : state.satisfaction + 0.3 * (traits.usualSatisfaction - state.satisfaction) + 0.15 * shock,
  );

  const lost = Math.min(0, satisfaction - traits.usualSatisfaction);
  const use = SEASON[monthOfYear(month)] * Math.exp(USE_FALLS * lost);
  const minutes = Math.round(traits.usualMinutes * use * Math.exp(0.12 * random.normal()));
  const dataGb = toHundredths(traits.usualDataGb * use * Math.exp(0.16 * random.normal()));
  const complaints = poissonCount(0.045 * Math.exp(-0.8 * satisfaction), random);
  const latePayments = random.next() < Math.min(0.8, traits.lateness * Math.exp(-0.5 * satisfaction)) ? 1 : 0;

  return {
    state: {
      satisfaction,
      isDrifting,
      contractEnd: renewed(state.contractEnd, month, satisfaction, random.next()),
    },
    recorded: { minutes, dataGb, arpu: bill(profile, minutes, dataGb), complaints, latePayments },
  };
}

/** In the first month after a contract's end, a content subscriber may take another year. */
function renewed(
  contractEnd: number | undefined,
  month: number,
  satisfaction: number,
  uniform: number,
): number | undefined {
  if (contractEnd !== month) return contractEnd;
  return uniform < RENEWAL * Math.min(1, Math.exp(0.5 * satisfaction)) ? month + 12 : contractEnd;
}

function bill({ tariff, monthlyFee }: SubscriberProfile, minutes: number, dataGb: number): number {
  const { includedMinutes, includedDataGb } = TARIFFS[tariff];
  return toHundredths(
    monthlyFee +
      OVERAGE.perMinute * Math.max(0, minutes - includedMinutes) +
      OVERAGE.perGb * Math.max(0, dataGb - includedDataGb),
  );
}

function toHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
