import { metricText } from "../../../../metrics/evaluation/shown-metric.js";
import { METRIC_NAMES, metricLabel } from "../../../../metrics/metrics.js";
import type { Block, PageSection } from "../../../../page/page.js";
import { percent, whole } from "../../../../printing/numbers.js";
import { listed, sentences } from "../../../../printing/prose.js";
import { calibrationSentence } from "../calibration-sentence.js";
import { type Context, firstOf, type MakeSection, tableOf, wordOf } from "../context.js";
import { fairnessBlocks } from "./fairness.js";
import { reproduceBlocks } from "./method.js";

/** Metrics that a card names; the report has all. */
const CARD_METRICS: ReadonlySet<string> = new Set([
  "rocAuc",
  "averagePrecision",
  "logLoss",
  "brierScore",
  "calibrationSlope",
  "topDecileLift",
]);

/** Segments or columns that a limit names. */
const SHOWN_NAMES = 8;

/** The model card as a section of the report. */
export const cardSection: MakeSection = (context) => ({
  id: "model-card",
  title: context.say("Model card"),
  blocks: cardParts(context).flatMap(({ title, blocks }): Block[] => [
    { is: "heading", text: title },
    ...blocks,
  ]),
});

/**
 * The parts of a model card (Mitchell et al. 2019): what the model is for, what it was made of, how good it is and for whom, its limits,
 * how to make it again.
 */
export function cardParts(context: Context): PageSection[] {
  const { say } = context;
  return [
    { id: "card-model", title: say("Model"), blocks: modelBlocks(context) },
    { id: "card-use", title: say("Intended use"), blocks: useBlocks(context) },
    { id: "card-data", title: say("Data and definition of churn"), blocks: dataBlocks(context) },
    { id: "card-metrics", title: say("How good it is"), blocks: metricBlocks(context) },
    { id: "card-limits", title: say("Limits"), blocks: limitBlocks(context) },
    { id: "card-groups", title: say("Who is treated differently"), blocks: fairnessBlocks(context) },
    { id: "card-again", title: say("How to make it again"), blocks: reproduceBlocks(context) },
  ];
}

function modelBlocks(context: Context): Block[] {
  const { report, say } = context;
  const { model, training } = report;
  const families = [...new Set(model.inputs.flatMap(({ family }) => (family === null ? [] : [family])))];
  return [
    {
      is: "text",
      text: sentences(
        context,
        say("{classifier}; calibrated by {method}.", {
          classifier: model.classifier,
          method: training.calibration.method,
        }),
        say("It reads {count} {count|column|columns}: {names}.", {
          count: model.inputs.length,
          names:
            model.inputs.length > 30
              ? families.length > 0
                ? say("of the families {families}", { families: listed(context, families) })
                : `${listed(
                    context,
                    model.inputs.slice(0, 30).map(({ name }) => name),
                  )} …`
              : listed(
                  context,
                  model.inputs.map(({ name }) => name),
                ),
        }),
      ),
    },
  ];
}

function useBlocks(context: Context): Block[] {
  const { report, say } = context;
  if (report.intendedUse !== null) return [{ is: "text", text: report.intendedUse }];
  return [
    {
      is: "text",
      text: sentences(
        context,
        say(
          "To tell which current subscribers are likely to leave, so that people can decide whom to contact and with which offer.",
        ),
        say(
          "Not for decisions on prices, credit or contracts of single people, nor for subscribers unlike those of the training data.",
        ),
      ),
    },
  ];
}

function dataBlocks(context: Context): Block[] {
  const { report, say } = context;
  const { training, data, model } = report;
  return [
    {
      is: "text",
      text: sentences(
        context,
        say("Trained on {rows} rows, of which {positives} churned ({rate}).", {
          rows: training.rows,
          positives: training.positives,
          rate: percent(training.churnRate),
        }),
        report.evaluation === null
          ? say("Applied to {rows} rows, whose labels are not known.", { rows: data.rows })
          : say("Measured on {rows} rows, of which {positives} churned ({rate}).", {
              rows: report.evaluation.rows,
              positives: report.evaluation.positives,
              rate: percent(report.evaluation.baseRate),
            }),
        data.definition === null
          ? say("Churned means {column} = {positive}, stayed {column} = {negative}.", { ...model.label })
          : say("Churned means: {definition} ({column} = {positive}).", {
              definition: data.definition,
              ...model.label,
            }),
      ),
    },
  ];
}

function metricBlocks(context: Context): Block[] {
  const { report, say, locale } = context;
  const { evaluation } = report;
  const measured = evaluation ?? report.training.evaluation;
  const rows = METRIC_NAMES.filter((name) => CARD_METRICS.has(name)).flatMap((name) => {
    const metric = measured.metrics[name];
    return metric === null
      ? []
      : [[wordOf(locale, metricLabel(name)), metricText(metric, measured.positives)]];
  });
  return [
    tableOf(
      context,
      "card-metric-table",
      evaluation === null ? say("Of the training, out of fold") : say("On these data, with 95% intervals"),
      { head: ["metric", say("value and 95% interval")], rows },
    ),
    ...(evaluation === null ? [] : [{ is: "text", text: calibrationSentence(context) } as const]),
  ];
}

function limitBlocks(context: Context): Block[] {
  const { report, say } = context;
  const { drift, evaluation, data } = report;
  const drifted = (drift?.inputs ?? []).filter(({ isDrift }) => isDrift);
  const off = (evaluation?.segments ?? []).filter((each) => each.isMiscalibrated || each.isRankedWorse);
  const items = [
    say(
      "What it says is what its columns go along with, and no cause; whether contacting a subscriber helps, it does not know.",
    ),
    say(
      "It holds for subscribers, prices and offers like those of the training data; it is to be trained again when those change.",
    ),
    evaluation === null
      ? say("How right it is on these data is not known.")
      : say(
          "It was measured on {rows} rows ({churners} who left): smaller groups than those that have an interval here can be worse.",
          { rows: whole(data.rows), churners: whole(evaluation.positives) },
        ),
    ...(off.length === 0
      ? []
      : [
          say("It is off beyond chance in: {segments}.", {
            segments: firstOf(
              context,
              off.map(({ by, segment }) => `${by} = ${segment ?? say("(missing)")}`),
              SHOWN_NAMES,
            ),
          }),
        ]),
    ...(drifted.length === 0
      ? []
      : [
          say("These data differ from its training data in: {columns}.", {
            columns: firstOf(
              context,
              drifted.map(({ input }) => input),
              SHOWN_NAMES,
            ),
          }),
        ]),
    ...report.training.notes
      .filter(({ kind }) => kind === "few-churners")
      .map(() => say("It was trained on few churners.")),
  ];
  return [{ is: "list", items }];
}
