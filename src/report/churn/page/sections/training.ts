import type { Block } from "../../../../page/page.js";
import { learningCurvePlot } from "../../../../plots/index.js";
import { pictureOf } from "../../../../plots/picture.js";
import { decimal, percent, range, whole } from "../../../../printing/numbers.js";
import { sentences } from "../../../../printing/prose.js";
import { leaderboardTable } from "../../../leaderboard.js";
import { learningCurveTable } from "../../../learning-curve.js";
import { type Context, type MakeSection, tableOf } from "../context.js";
import { trainingNotesIn } from "../notes.js";
import { leftOutText } from "./data.js";

/** What was trained on what, what was kept and why. */
export const trainingSection: MakeSection = (context) => {
  const { report, say } = context;
  const { training } = report;
  const notes = trainingNotesIn(context, training.notes);
  return {
    id: "training",
    title: say("Training"),
    blocks: [
      { is: "text", text: trainingText(context) },
      tableOf(
        context,
        "leaderboard",
        say("What was trained, the best first, measured out of fold"),
        leaderboardTable(training.leaderboard),
        { most: 20 },
      ),
      { is: "text", text: calibratedText(context) },
      ...(notes.length === 0
        ? []
        : [
            { is: "heading", text: say("What training noted") } as const,
            { is: "list", items: notes } as const,
          ]),
    ],
  };
};

function trainingText(context: Context): string {
  const { report, say } = context;
  const { training, model } = report;
  const { rows, positives, churnRate, crossFit, features } = training;
  return sentences(
    context,
    say(
      "Trained on {rows} rows, of which {positives} churned ({rate}), by {features} {features|column|columns}.",
      {
        rows,
        positives,
        rate: percent(churnRate),
        features: features.count,
      },
    ),
    leftOutText(context),
    say(
      "Each candidate was measured on rows that it was not trained on ({folds} folds, {repeats} {repeats|time|times}).",
      {
        folds: crossFit.folds,
        repeats: crossFit.repeats,
      },
    ),
    say("Kept: {classifier}.", { classifier: model.classifier }),
  );
}

function calibratedText({ report, say }: Context): string {
  const { method, logLossBefore, logLossAfter, rocAucBefore, rocAucAfter } = report.training.calibration;
  return say(
    "Calibrated by {method}: log loss {before} before, {after} after; ROC AUC {aucBefore} and {aucAfter}.",
    {
      method,
      before: decimal(logLossBefore),
      after: decimal(logLossAfter),
      aucBefore: decimal(rocAucBefore),
      aucAfter: decimal(rocAucAfter),
    },
  );
}

/** What more rows would buy. */
export const learningCurveSection: MakeSection = (context) => {
  const { report, say } = context;
  const curve = report.learningCurve;
  if (curve === null) return null;
  const blocks: Block[] = [
    { is: "text", text: prospectText(context) },
    {
      is: "pictures",
      pictures: [
        pictureOf(context, "learning-curve", say("Log loss by the number of rows"), (options) =>
          learningCurvePlot(curve, options),
        ),
      ],
    },
    tableOf(
      context,
      "learning-curve-points",
      say("Log loss and ROC AUC by the number of rows, out of fold"),
      learningCurveTable(curve),
    ),
  ];
  return { id: "more-rows", title: say("What more rows would buy"), blocks };
};

function prospectText({ report, locale, say }: Context): string {
  const curve = report.learningCurve;
  if (curve === null) return "";
  if (locale === "en") return curve.sentence;
  const all = curve.points.at(-1);
  if (curve.expected === null || all === undefined)
    return say("Too few points to say what more rows would buy.");
  const { rows, logLoss } = curve.expected;
  return say(
    "With {rows} rows a log loss of {value} is expected ({range}); with all {now} rows it is {all}.",
    {
      rows: whole(rows),
      value: decimal(logLoss.value),
      range: range(logLoss),
      now: whole(all.rows),
      all: decimal(all.logLoss.value),
    },
  );
}
