import type { Block } from "../../../../page/page.js";
import { profitPlot } from "../../../../plots/index.js";
import { pictureOf } from "../../../../plots/picture.js";
import { decimal, percent, range } from "../../../../printing/numbers.js";
import { money, sentences } from "../../../../printing/prose.js";
import { type Context, type MakeSection, missingOf } from "../context.js";

/** What contacting subscribers would earn, by how many are contacted. */
export const profitSection: MakeSection = (context) => {
  const { report, say } = context;
  const { worth } = report;
  const section = { id: "profit", title: say("What contacting them earns") };
  if (worth === null) return { ...section, blocks: missingOf(context, "worth") };
  const { curve, contacted } = worth;
  const chosen =
    contacted?.profit == null
      ? {}
      : { chosen: { contacted: contacted.contacted, profit: contacted.profit.value } };
  return {
    ...section,
    blocks: [
      { is: "text", text: sentences(context, assumptions(context), policyText(context)) },
      ...(curve === null
        ? []
        : ([
            {
              is: "pictures",
              pictures: [
                pictureOf(
                  context,
                  "profit-curve",
                  say("Profit by the number of contacts"),
                  (options) => profitPlot(curve, { ...options, ...chosen }),
                  {
                    wide: true,
                    caption: say(
                      "Contacted in the order of expected profit. The best number is known only afterwards; the one that the model chooses is marked.",
                    ),
                  },
                ),
              ],
            },
          ] satisfies Block[])),
      ...missingOf(context, "worth"),
    ],
  };
};

/** What the figures of profit assume. */
export function assumptions({ report, say }: Context): string {
  const { worth } = report;
  if (worth === null) return "";
  const { lifetimeValue, months, offerCost, contactCost, acceptance } = worth.campaign;
  const costs = { acceptance: percent(acceptance), offer: money(offerCost), contact: money(contactCost) };
  return lifetimeValue === null
    ? say(
        "Assumed: of the churners who are contacted {acceptance} take the offer and stay {months} more months at their value of {column} a month; the offer costs {offer} when it is taken, which all who would have stayed do too, and a contact {contact}.",
        { ...costs, months: months ?? 0, column: worth.campaign.column ?? "" },
      )
    : say(
        "Assumed: of the churners who are contacted {acceptance} take the offer and stay, and each is then worth {value}; the offer costs {offer} when it is taken, which all who would have stayed do too, and a contact {contact}.",
        { ...costs, value: money(lifetimeValue) },
      );
}

function policyText(context: Context): string {
  const { report, say } = context;
  const { worth } = report;
  if (worth === null) return "";
  const { contacted, curve, expected } = worth;
  if (contacted === null || curve === null)
    return say(
      "The expected profit of {contacted} {contacted|subscriber|subscribers} is positive, {profit} in all.",
      { contacted: expected.contacted, profit: money(expected.profit) },
    );
  if (contacted.contacted === 0 || contacted.profit === null || contacted.profitPerContact === null)
    return say(
      "By the model no contact has a positive expected profit; the best that could have been done afterwards is {profit} by {contacts} contacts.",
      { profit: money(curve.best.profit), contacts: curve.best.contacted },
    );
  return sentences(
    context,
    say(
      "By the model {contacted} contacts have a positive expected profit, {expected} in all; they reached {churners} of those who left and earned {profit} ({range}), {each} a contact.",
      {
        contacted: contacted.contacted,
        expected: money(expected.profit),
        churners: contacted.churners,
        profit: money(contacted.profit.value),
        range: range(contacted.profit, money),
        each: decimal(contacted.profitPerContact.value, 2),
      },
    ),
    say(
      "As many drawn at random would have earned {random}, contacting everyone {all}; the best number of contacts, known only afterwards, is {best} with {bestProfit}.",
      {
        random: money(contacted.random.profit?.value ?? 0),
        all: money(contacted.all.profit?.value ?? 0),
        best: curve.best.contacted,
        bestProfit: money(curve.best.profit),
      },
    ),
  );
}
