import type { OptionNames } from "../arguments.js";
import { optionText } from "../errors.js";
import { monthText } from "../table/calendar.js";
import { ArgumentCheck } from "./argument-check.js";
import { monthOfDate } from "./calendar.js";
import { OFFER_NAMES, type OfferName } from "./market/offers.js";
import { SHOCK_NAMES, type ShockOptions, type Shocks } from "./market/shocks.js";

/** Which operator to simulate. */
export interface OperatorOptions {
  /** Number of subscribers, past and present, 1 to 10,000,000. Default 2,000. */
  readonly subscribers?: number | undefined;
  /** Months of recorded history, 1 to 120. Default 18. */
  readonly months?: number | undefined;
  /** First day of the first recorded month, from 1971-01-01 on. Default `2024-08-01`. */
  readonly start?: string | undefined;
  /** Seed of all random numbers. Default 1. */
  readonly seed?: number | undefined;
  /** Number of dealers, at most that of the subscribers. Default 60. */
  readonly dealers?: number | undefined;
  /** How many of the dealers also activate cards for the bonus. Default a tenth of them. */
  readonly bulkDealers?: number | undefined;
  /** The randomised retention campaign. */
  readonly campaign?: CampaignOptions | undefined;
  /** Shocks to the market and faults of the data, each with its month. Default none. */
  readonly shocks?: ShockOptions | undefined;
  /** Whether the table `activity` is made: one row per subscriber and day of use. Default false. */
  readonly daily?: boolean | undefined;
}

/** The randomised retention campaign of a simulated operator. */
export interface CampaignOptions {
  /** Share of the eligible subscribers that is drawn each month, 0 to 1; 0 is no campaign. Default 0.03. */
  readonly share?: number | undefined;
  /** Share of the drawn who get no offer, the control group, 0 to 1. Default 0.5. */
  readonly holdOut?: number | undefined;
  /** Whether offers change anything; without, all true effects are 0. Default true. */
  readonly effect?: boolean | undefined;
  /** First day of its first month. Default the first recorded month. */
  readonly from?: string | undefined;
  /** First day of the first month without it. Default it lasts. */
  readonly to?: string | undefined;
  /** The offers that are made, each equally often. Default all. */
  readonly offers?: readonly OfferName[] | undefined;
}

/** The names of {@link OperatorOptions}. */
export const OPERATOR_OPTIONS: OptionNames<OperatorOptions> = {
  subscribers: "optional",
  months: "optional",
  start: "optional",
  seed: "optional",
  dealers: "optional",
  bulkDealers: "optional",
  campaign: "optional",
  shocks: "optional",
  daily: "optional",
};

/** The names of {@link CampaignOptions}. */
export const CAMPAIGN_OPTIONS: OptionNames<CampaignOptions> = {
  share: "optional",
  holdOut: "optional",
  effect: "optional",
  from: "optional",
  to: "optional",
  offers: "optional",
};

/** `simulateOperator(500)` is meant to say how many subscribers. */
export function subscribersHint(instead: unknown): string | undefined {
  return typeof instead === "number" ? `write { subscribers: ${instead} }` : undefined;
}

/** The campaign with defaults filled in. */
export interface Campaign {
  readonly share: number;
  readonly holdOut: number;
  readonly effect: boolean;
  readonly from: number;
  /** The first month without it. */
  readonly to: number;
  readonly offers: readonly OfferName[];
}

/** Options with defaults filled in; months counted from January 1970 = 0. */
export interface OperatorPlan {
  readonly subscribers: number;
  readonly firstMonth: number;
  /** First month after the recorded ones. */
  readonly endMonth: number;
  readonly seed: number;
  readonly dealers: number;
  readonly bulkDealers: number;
  readonly campaign: Campaign;
  readonly shocks: Shocks;
  readonly isDaily: boolean;
}

/** Months that are simulated before the first recorded one, so that subscribers have a past. */
export const BURN_IN = 6;

const EARLIEST_MONTH = 12;
const USUAL_DEALERS = 60;
const BULK_SHARE = 0.1;

/**
 * Fills in the defaults and checks the options, whose names the caller has checked.
 * @throws HoldfastError with all options that are out of range, or that contradict each other.
 */
export function operatorPlan(options: OperatorOptions, functionName: string): OperatorPlan {
  const { subscribers = 2000, months = 18, start = "2024-08-01", seed = 1, daily = false } = options;
  const { dealers = USUAL_DEALERS, bulkDealers = Math.round(BULK_SHARE * dealers) } = options;
  const check = new ArgumentCheck(functionName);
  check.whole("subscribers", subscribers, 1, 10_000_000);
  check.whole("months", months, 1, 120);
  check.whole("seed", seed, 0, Number.MAX_SAFE_INTEGER);
  check.whole("dealers", dealers, 1, options.dealers === undefined ? USUAL_DEALERS : subscribers);
  if (options.bulkDealers !== undefined) check.whole("bulkDealers", bulkDealers, 0, dealers);
  check.trueOrFalse("daily", daily);
  const firstMonth = (typeof start === "string" ? monthOfDate(start) : undefined) ?? Number.NaN;
  if (!(firstMonth >= EARLIEST_MONTH)) {
    check.add("start", "must be the first day of a month such as 2025-02-01, from 1971-01-01 on", start);
  }
  const span = { firstMonth, endMonth: firstMonth + months };
  const campaign = campaignPlan(options.campaign ?? {}, span, check);
  const shocks = shockMonths(options.shocks ?? {}, span, check);
  check.throwIfAny();
  return { subscribers, ...span, seed, dealers, bulkDealers, campaign, shocks, isDaily: daily };
}

type Span = Pick<OperatorPlan, "firstMonth" | "endMonth">;

function campaignPlan(options: CampaignOptions, span: Span, check: ArgumentCheck): Campaign {
  const { share = 0.03, holdOut = 0.5, effect = true, offers = OFFER_NAMES } = options;
  check.share("campaign.share", share);
  check.share("campaign.holdOut", holdOut);
  check.trueOrFalse("campaign.effect", effect);
  const from = recordedMonth("campaign.from", options.from, span, check) ?? span.firstMonth;
  const to = recordedMonth("campaign.to", options.to, span, check) ?? Number.POSITIVE_INFINITY;
  if (from >= to) check.add("campaign.to", "must be after `campaign.from`", options.to);
  check.names("campaign.offers", offers, OFFER_NAMES);
  const contradicted = (["holdOut", "effect", "from", "to", "offers"] as const).find(
    (name) => share === 0 && options[name] !== undefined,
  );
  if (contradicted !== undefined) {
    check.add(
      `campaign.${contradicted}`,
      `must not be given with ${optionText("campaign.share", 0)}`,
      options[contradicted],
    );
  }
  if (holdOut === 1 && options.offers !== undefined) {
    check.add(
      "campaign.offers",
      `must not be given with ${optionText("holdOut", 1)}, where no offer is made`,
      offers,
    );
  }
  return { share, holdOut, effect, from, to, offers };
}

function shockMonths(options: ShockOptions, span: Span, check: ArgumentCheck): Shocks {
  const months: Partial<Record<keyof ShockOptions, number>> = {};
  for (const name of SHOCK_NAMES) {
    const month = recordedMonth(`shocks.${name}`, options[name], span, check);
    if (month !== undefined) months[name] = month;
  }
  return months;
}

/** The number of a recorded month, if one is given. */
function recordedMonth(
  argument: string,
  date: string | undefined,
  { firstMonth, endMonth }: Span,
  check: ArgumentCheck,
): number | undefined {
  if (date === undefined || Number.isNaN(firstMonth)) return undefined;
  const month = typeof date === "string" ? monthOfDate(date) : undefined;
  if (month !== undefined && month >= firstMonth && month < endMonth) return month;
  const expected = "must be the first day of a recorded month such as 2025-02-01";
  const hint = `the recorded months are ${monthText(firstMonth)} to ${monthText(endMonth - 1)}`;
  check.add(argument, expected, date, { hint });
  return undefined;
}
