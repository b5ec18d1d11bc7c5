import type { OptionNames } from "../../arguments.js";
import type { Problems } from "../../errors.js";
import { argumentProblem } from "../../errors.js";
import { addRowProblems, hintOfType, listProblem } from "../sample/number-list.js";
import {
  addAcceptanceProblem,
  addAmountProblem,
  addLifetimeValueProblem,
  defaultAcceptance,
  defaultCampaign,
  profitOfChurner,
  profitOfOther,
} from "./profit.js";

/** An amount of money: one for all subscribers, or one per subscriber. */
export type Amount = number | ArrayLike<number>;

/** What a campaign earns and costs, for all subscribers or by subscriber, in any one currency. */
export interface CampaignOfRows {
  /** What a customer who is kept is worth: above 0 for all, or not negative for each row. Default 200. */
  readonly lifetimeValue?: Amount | undefined;
  /** What the offer costs when a customer takes it, for all or for each row; not negative. Default 10. */
  readonly offerCost?: Amount | undefined;
  /** What it costs to reach a customer, not negative. Default 1. */
  readonly contactCost?: number | undefined;
  /** The share of contacted churners who take the offer and stay, between 0 and 1. Default 0.3. */
  readonly acceptance?: number | undefined;
}

/** The names of {@link CampaignOfRows}. */
export const CAMPAIGN_OF_ROWS: OptionNames<CampaignOfRows> = {
  lifetimeValue: "optional",
  offerCost: "optional",
  contactCost: "optional",
  acceptance: "optional",
};

/** What contacting a row brings if it is a churner, and if it is not. */
export interface ProfitsOfRows {
  ofChurner(row: number): number;
  ofOther(row: number): number;
}

/** The profits of each row, of options that are known to be right. */
export function profitsOfRows({
  lifetimeValue = defaultCampaign.lifetimeValue,
  offerCost = defaultCampaign.offerCost,
  contactCost = defaultCampaign.contactCost,
  acceptance = defaultAcceptance,
}: CampaignOfRows): ProfitsOfRows {
  const campaignOf = (row: number) => ({
    lifetimeValue: typeof lifetimeValue === "number" ? lifetimeValue : lifetimeValue[row],
    offerCost: typeof offerCost === "number" ? offerCost : offerCost[row],
    contactCost,
  });
  return {
    ofChurner: (row) => profitOfChurner(campaignOf(row), acceptance),
    ofOther: (row) => profitOfOther(campaignOf(row)),
  };
}

/** Adds what is wrong with the amounts of a campaign. @param rows how many there should be of amounts by row. */
export function addCampaignOfRowsProblems(
  problems: Problems,
  functionName: string,
  rows: number,
  {
    lifetimeValue = defaultCampaign.lifetimeValue,
    offerCost = defaultCampaign.offerCost,
    contactCost = defaultCampaign.contactCost,
    acceptance = defaultAcceptance,
  }: CampaignOfRows,
): void {
  if (typeof lifetimeValue === "number") addLifetimeValueProblem(problems, functionName, lifetimeValue);
  else addProblemsOfRows(problems, functionName, "lifetimeValue", lifetimeValue, rows);
  if (typeof offerCost === "number") addAmountProblem(problems, functionName, "offerCost", offerCost);
  else addProblemsOfRows(problems, functionName, "offerCost", offerCost, rows);
  addAmountProblem(problems, functionName, "contactCost", contactCost);
  addAcceptanceProblem(problems, functionName, acceptance);
}

function addProblemsOfRows(
  problems: Problems,
  functionName: string,
  argument: string,
  amounts: ArrayLike<number>,
  rows: number,
): void {
  const problem = listProblem(functionName, argument, amounts);
  if (problem !== undefined) {
    const expected = "must be a number, or a list of one per row";
    problems.add({ ...problem, expected });
    return;
  }
  if (amounts.length !== rows) {
    const expected = `must have the length of labels, ${rows}`;
    problems.add(argumentProblem(functionName, argument, expected, amounts.length));
  }
  addRowProblems(problems, functionName, argument, amounts, {
    expected: "must be finite and not negative",
    isRight: (amount) => Number.isFinite(amount) && (amount as number) >= 0,
    hint: (amount) => hintOfType(argument, amount),
  });
}
