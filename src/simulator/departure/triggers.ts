import { AT, type Cause } from "./causes.js";

/**
 * What raises the hazard for the days after it: its effect on the log-odds, of each unit where it has a size, and for how
 * many days. A complaint, a fault, a bill far above the fee; a call to a competitor, an enquiry about taking the number
 * along, and a beginning of days without use. Offers work in the same way.
 */
export const TRIGGERS = {
  complaint: { cause: "care", effect: 1.6, days: 14 },
  network_fault: { cause: "faults", effect: 0.13, days: 12 },
  bill_shock: { cause: "price", effect: 1.8, days: 14 },
  competitor_call: { cause: "intent", effect: 3.2, days: 14 },
  porting_enquiry: { cause: "intent", effect: 4.8, days: 10 },
  wind_down: { cause: "intent", effect: 3.6, days: 30 },
  offer: { cause: "offer", effect: 1, days: Number.NaN },
} as const satisfies Readonly<
  Record<string, { readonly cause: Cause; readonly effect: number; readonly days: number }>
>;

/** The name of a trigger. */
export type TriggerKind = keyof typeof TRIGGERS;

/** A trigger of a subscriber: it raises the hazard of the end days (day, until]. */
export interface Trigger {
  readonly kind: TriggerKind;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly until: number;
  /** Added to the log-odds of leaving. */
  readonly effect: number;
}

/** Hours of a fault beyond which it has no more effect. */
const LONGEST_FAULT = 16;

/** @param size hours of a fault; of an offer its effect. */
export function trigger(kind: Exclude<TriggerKind, "offer">, day: number, size = 1): Trigger {
  const { effect, days } = TRIGGERS[kind];
  return { kind, day, until: day + days, effect: effect * Math.min(LONGEST_FAULT, size) };
}

export function isRunning({ day, until }: Trigger, endDay: number): boolean {
  return day < endDay && endDay <= until;
}

/** The sum of the effects of the offers that run on an end day. */
export function offersOn(triggers: readonly Trigger[], endDay: number): number {
  let sum = 0;
  for (const each of triggers) if (each.kind === "offer" && isRunning(each, endDay)) sum += each.effect;
  return sum;
}

/** The effects on an end day: those without triggers and those of the triggers that run on it, filled into `sums`. */
export function effectsOn(
  withoutTriggers: readonly number[],
  triggers: readonly Trigger[],
  endDay: number,
  sums: number[],
): void {
  for (let i = 0; i < sums.length; i++) sums[i] = withoutTriggers[i];
  for (const each of triggers) {
    if (isRunning(each, endDay)) sums[AT[TRIGGERS[each.kind].cause]] += each.effect;
  }
}
