import type { Command } from "commander";
import { invalidArgument } from "../../../errors.js";
import type { CampaignOptions } from "../../../report/churn/report-options.js";
import { share } from "../arguments.js";

/** What {@link addCampaignOptions} puts into a command's options. */
export interface CampaignWords {
  readonly months?: number;
  readonly lifetimeValue?: number;
  readonly offerCost?: number;
  readonly contactCost?: number;
  readonly acceptance?: number;
}

/** Adds the options that say what a retention campaign earns and costs. */
export function addCampaignOptions(command: Command): Command {
  return command
    .option(
      "--months <number>",
      "months that a subscriber who is kept goes on paying (default: 12)",
      amount("--months"),
    )
    .option(
      "--lifetime-value <money>",
      "what a subscriber who is kept is worth (default: months times the value column, without one 200)",
      amount("--lifetime-value"),
    )
    .option(
      "--offer-cost <money>",
      "what the offer costs when it is taken (default: 10)",
      amount("--offer-cost"),
    )
    .option("--contact-cost <money>", "what a contact costs (default: 1)", amount("--contact-cost"))
    .option(
      "--acceptance <share>",
      "share of contacted churners who take the offer and stay (default: 0.3)",
      share("--acceptance"),
    );
}

/** The options of a campaign, those that were given. */
export function campaignOptionsOf({
  months,
  lifetimeValue,
  offerCost,
  contactCost,
  acceptance,
}: CampaignWords): CampaignOptions {
  return { months, lifetimeValue, offerCost, contactCost, acceptance };
}

function amount(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const isAmount = text.trim() !== "" && Number.isFinite(value) && value >= 0;
    return isAmount ? value : invalidArgument("holdfast", option, "must be a number ≥ 0", text);
  };
}
