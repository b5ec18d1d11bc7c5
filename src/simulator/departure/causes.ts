/**
 * The causes of a departure: the parts that the log-odds of leaving are the sum of, in the order of the columns of the
 * truth. `intent` tells when somebody goes, not why, and `offer` holds back: neither is ever named as the cause.
 */
export const CAUSES = [
  "life",
  "contract",
  "price",
  "care",
  "faults",
  "network",
  "group",
  "arrears",
  "usage",
  "services",
  "competition",
  "dealer",
  "intent",
  "offer",
] as const;

/** The name of a cause. */
export type Cause = (typeof CAUSES)[number];

/** Those that do not come and go within a month. */
export type MonthlyCause = Exclude<Cause, "intent" | "offer">;
export const MONTHLY_CAUSES = CAUSES.slice(0, -2) as readonly MonthlyCause[];

/** The place of each cause in a list of effects. */
export const AT = Object.fromEntries(CAUSES.map((cause, i) => [cause, i])) as Readonly<Record<Cause, number>>;

/** How a subscription ends. */
export type DepartureKind = "decision" | "silence" | "disconnection" | "account" | "family";

/**
 * The mean of each effect over the months of all active subscribers of the default operator, triggers and offers included,
 * as `npm run bench -- simulator` measures it. A cause counts by what it adds beyond this.
 */
export const CAUSE_MEANS: Readonly<Record<Cause, number>> = {
  life: -0.258,
  contract: -0.356,
  price: 0.15,
  care: 0.115,
  faults: 0.218,
  network: -0.02,
  group: -0.072,
  arrears: 0.129,
  usage: 0.143,
  services: -0.186,
  competition: 0.14,
  dealer: 0.099,
  intent: 0.03,
  offer: -0.005,
};

const MEANS = CAUSES.map((cause) => CAUSE_MEANS[cause]);
const NAMED = MONTHLY_CAUSES.length;

/** The cause whose effect is the furthest above its mean; the first of several. */
export function namedCause(effects: readonly number[]): Cause {
  let named = 0;
  for (let i = 1; i < NAMED; i++) {
    if (effects[i] - MEANS[i] > effects[named] - MEANS[named]) named = i;
  }
  return CAUSES[named];
}
