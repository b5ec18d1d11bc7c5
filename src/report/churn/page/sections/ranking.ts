import { metricsTable } from "../../../../metrics/evaluation/metrics-table.js";
import { gainPlot, liftPlot, precisionRecallPlot, rocPlot } from "../../../../plots/index.js";
import { pictureOf } from "../../../../plots/picture.js";
import { confusionTable, decilesTable } from "../../../evaluation-tables.js";
import { type MakeSection, missingOf, tableOf } from "../context.js";

/** How well the model ranks: metrics with intervals, and their curves. */
export const rankingSection: MakeSection = (context) => {
  const { report, say } = context;
  const { evaluation } = report;
  const section = { id: "ranking", title: say("How well it ranks") };
  if (evaluation === null) return { ...section, blocks: missingOf(context, "evaluation") };
  const pictures = [
    pictureOf(context, "roc", say("ROC curve"), (options) => rocPlot(evaluation, options), {
      caption: say(
        "Share of churners found, by the share of others that are taken for churners. On the diagonal is chance.",
      ),
    }),
    pictureOf(
      context,
      "precision-recall",
      say("Precision and recall"),
      (options) => precisionRecallPlot(evaluation, options),
      {
        caption: say("How many of those flagged leave, by the share of churners that is found."),
      },
    ),
    pictureOf(context, "gain", say("Gain"), (options) => gainPlot(evaluation, options), {
      caption: say(
        "Share of all churners among the riskiest subscribers, by how many of them are contacted.",
      ),
    }),
    pictureOf(context, "lift", say("Lift"), (options) => liftPlot(evaluation, options), {
      caption: say("How many times as many churners are among the riskiest subscribers as among all."),
    }),
  ];
  return {
    ...section,
    blocks: [
      tableOf(
        context,
        "metrics",
        say("Metrics on these data ({replicates} bootstrap samples, seed {seed})", {
          replicates: evaluation.replicates,
          seed: evaluation.seed,
        }),
        metricsTable(evaluation),
        { ofWords: [0] },
      ),
      { is: "pictures", pictures },
      {
        is: "details",
        summary: say("Tenths, and decisions at the churn rate"),
        blocks: [
          tableOf(
            context,
            "deciles",
            say("Tenths of the subscribers by falling probability"),
            decilesTable(evaluation),
          ),
          tableOf(
            context,
            "confusion",
            say("Decisions at the churn rate: riskier than average or not"),
            confusionTable(evaluation),
            { ofWords: [0] },
          ),
        ],
      },
    ],
  };
};
