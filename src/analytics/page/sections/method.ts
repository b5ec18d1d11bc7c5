import type { Block } from "../../../page/page.js";
import { translator } from "../../../printing/translator.js";
import type { Analysis } from "../../analysis.js";
import { definitionName } from "../names.js";
import type { SectionOf } from "../page-context.js";
import { CHINESE_METHOD, type MethodText } from "../words/chinese-method.js";

/** How the figures are made, and what the history has no facts for. */
export const methodSection: SectionOf<Analysis> = ({ missing, definition, dividedBy }, context) => {
  const say = translator<MethodText>(context.locale === "zh" ? CHINESE_METHOD : null);
  return {
    id: "method",
    title: say("How it is counted"),
    blocks: [
      {
        is: "list",
        items: [
          say("Churned: {definition}.", { definition: definitionName(definition, context) }),
          say(
            "Base: who was activated before the first day and not ended before it. Left: whose day of churn lies in the period, those who joined in it included.",
          ),
          dividedBy === "start"
            ? say("Churn rates are divided by the base at the start.")
            : say(
                "Churn rates of months are divided by the base at the end, those of cuts by the base at the start.",
              ),
          say(
            "ARPU of a month: its revenue, divided by the mean of the bases at its start and end. Revenue of a subscriber: the mean bill of the three months before.",
          ),
          say(
            "Estimated rates and intervals: beta-binomial empirical Bayes. What stands out: funnel plot with overdispersion (Spiegelhalter 2005), false-discovery rate by Benjamini and Hochberg (1995). What changed: Kitagawa (1955). Season: STL (Cleveland et al. 1990).",
          ),
        ],
      },
      ...missing.map(({ reason }): Block => ({ is: "note", tone: "missing", text: reason })),
    ],
  };
};
