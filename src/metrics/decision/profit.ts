import type { Problems } from "../../errors.js";
import { argumentProblem } from "../../errors.js";
import { percentHint } from "../sample/level.js";

/** What a retention campaign earns and costs per customer, in any one currency. */
export interface Campaign {
  /** What a customer who is kept is worth. */
  readonly lifetimeValue: number;
  /** What the offer costs when a customer takes it. */
  readonly offerCost: number;
  /** What it costs to reach a customer. */
  readonly contactCost: number;
}

/** The largest profit, and how much of the customer base to contact for it. */
export interface MaximumProfit {
  /** Per customer of the base. */
  readonly value: number;
  /** The share of customers to contact, in [0, 1]. */
  readonly fraction: number;
}

/** The campaign of Verbraken, Verbeke and Baesens (2013). */
export const defaultCampaign: Campaign = { lifetimeValue: 200, offerCost: 10, contactCost: 1 };
/** The share of contacted churners who take the offer and stay: the mean of Beta(6, 14). */
export const defaultAcceptance = 0.3;

/** Fills in the defaults. */
export function campaignOf(given: { readonly [amount in keyof Campaign]?: number | undefined }): Campaign {
  const {
    lifetimeValue = defaultCampaign.lifetimeValue,
    offerCost = defaultCampaign.offerCost,
    contactCost = defaultCampaign.contactCost,
  } = given;
  return { lifetimeValue, offerCost, contactCost };
}

/** What a contacted churner brings, γ (CLV − d) − f: with probability γ the offer d is taken and the value kept. */
export function profitOfChurner(
  { lifetimeValue, offerCost, contactCost }: Campaign,
  acceptance: number,
): number {
  return acceptance * (lifetimeValue - offerCost) - contactCost;
}

/** What a contacted customer who would have stayed brings, −(d + f): such a customer takes the offer too. */
export function profitOfOther({ offerCost, contactCost }: Campaign): number {
  return -(offerCost + contactCost);
}

/**
 * By how much a profit must exceed another to be larger: less is rounding, since sums in another order differ by that
 * much. With it the smaller of two campaigns that earn the same is found whatever the order of rows. `turnover` is the
 * sum of all earnings and costs.
 */
export function profitMargin(turnover: number): number {
  return 1e-12 * turnover;
}

/** Adds what is wrong with the amounts of a campaign. */
export function addCampaignProblems(
  problems: Problems,
  functionName: string,
  { lifetimeValue, offerCost, contactCost }: Campaign,
): void {
  addLifetimeValueProblem(problems, functionName, lifetimeValue);
  addAmountProblem(problems, functionName, "offerCost", offerCost);
  addAmountProblem(problems, functionName, "contactCost", contactCost);
}

export function addLifetimeValueProblem(problems: Problems, functionName: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  problems.add(argumentProblem(functionName, "lifetimeValue", "must be finite and above 0", value));
}

export function addAmountProblem(
  problems: Problems,
  functionName: string,
  argument: string,
  amount: number,
): void {
  if (Number.isFinite(amount) && amount >= 0) return;
  problems.add(argumentProblem(functionName, argument, "must be finite and not negative", amount));
}

export function addAcceptanceProblem(problems: Problems, functionName: string, acceptance: number): void {
  if (typeof acceptance === "number" && acceptance > 0 && acceptance < 1) return;
  const hint = percentHint("acceptance", acceptance);
  problems.add(argumentProblem(functionName, "acceptance", "must be between 0 and 1", acceptance, hint));
}
