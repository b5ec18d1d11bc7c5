import type { OptionNames } from "../../arguments.js";

/** What happens to the operator's market, or to its data, from a month on; each as the first day of a recorded month. */
export interface ShockOptions {
  /** All fees rise by 12%, for running contracts too. */
  readonly tariffChange?: string | undefined;
  /** A competitor undercuts all tariffs for four months. */
  readonly priceWar?: string | undefined;
  /** A competitor opens in one region, strong in its first year, and stays. */
  readonly newCompetitor?: string | undefined;
  /** `usage.data_gb` is recorded in megabytes from this month on. */
  readonly unitFault?: string | undefined;
  /** There is no `usage` of this month. */
  readonly missingMonth?: string | undefined;
  /** `billing` reaches the books 40 days late from this month on. */
  readonly lateTable?: string | undefined;
}

/** The name of a shock. */
export type ShockName = keyof ShockOptions;

/** The month of each shock that happens, counted from January 1970 = 0. */
export type Shocks = Readonly<Partial<Record<ShockName, number>>>;

/** What each shock does: in short, and in the words of the truth. */
export const SHOCKS: Readonly<Record<ShockName, { readonly about: string; readonly effect: string }>> = {
  tariffChange: {
    about: "all fees rise from this month on",
    effect: "all fees rise by 12%; price + 0.5 for four months, and the dearer bills",
  },
  priceWar: {
    about: "a competitor undercuts all tariffs for four months",
    effect: "competition + 0.8 for four months",
  },
  newCompetitor: {
    about: "a competitor opens in one region",
    effect: "in one region competition + 1.1, falling to + 0.4 within a year",
  },
  unitFault: {
    about: "usage.data_gb is in megabytes from this month on",
    effect: "usage.data_gb is in megabytes from this month on",
  },
  missingMonth: { about: "there is no usage of this month", effect: "no usage of this month" },
  lateTable: {
    about: "billing is known 40 days late from this month on",
    effect: "billing is known 40 days late from this month on",
  },
};

export const SHOCK_NAMES = Object.keys(SHOCKS) as ShockName[];

export const SHOCK_OPTIONS = Object.fromEntries(
  SHOCK_NAMES.map((name) => [name, "optional"]),
) as OptionNames<ShockOptions>;

/** Factor of all fees after a tariff change. */
export const DEARER = 1.12;
const RESENTED_MONTHS = 4;
const RESENTMENT = 0.5;
export const MEGABYTES = 1024;
export const LATE_DAYS = 40;

/** The factor of all fees in a month. */
export function feeFactor({ tariffChange }: Shocks, month: number): number {
  return tariffChange !== undefined && month >= tariffChange ? DEARER : 1;
}

/** What the rise of the fees adds to the log-odds of leaving in a month. */
export function resentment({ tariffChange }: Shocks, month: number): number {
  const months = month - (tariffChange ?? Number.NaN);
  return months >= 0 && months < RESENTED_MONTHS ? RESENTMENT : 0;
}
