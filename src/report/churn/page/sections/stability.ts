import type { Block } from "../../../../page/page.js";
import { timePlot } from "../../../../plots/index.js";
import { pictureOf } from "../../../../plots/picture.js";
import { decimal, percent, range, whole } from "../../../../printing/numbers.js";
import { sentences } from "../../../../printing/prose.js";
import { backtestSections } from "../../../backtest.js";
import { type Context, type MakeSection, missingOf, tableOf } from "../context.js";

const SHOWN = 24;

/** Whether the model does as well in every period, and how models trained earlier did. */
export const stabilitySection: MakeSection = (context) => {
  const { report, say } = context;
  const { periods, backtest } = report;
  const notes = missingOf(context, "periods");
  // One period says nothing about time.
  const hasPeriods = periods !== null && periods.periods.length > 1;
  if (!hasPeriods && backtest === null && notes.length === 0) return null;
  return {
    id: "stability",
    title: say("Stability over time"),
    blocks: [...notes, ...(hasPeriods ? periodBlocks(context) : []), ...backtestBlocks(context)],
  };
};

function periodBlocks(context: Context): Block[] {
  const { report, say } = context;
  if (report.periods === null) return [];
  const { column, periods } = report.periods;
  const timed = pointsOf(periods.map(({ segment, rocAuc }) => [segment, rocAuc]));
  const rates = pointsOf(periods.map(({ segment, observedRate }) => [segment, observedRate]));
  const predicted = pointsOf(
    periods.map(({ segment, meanProbability }) => [segment, { value: meanProbability }]),
  );
  return [
    tableOf(
      context,
      "period-table",
      say("By {column}", { column }),
      {
        head: [
          say("period"),
          "rows",
          "mean probability",
          "churned",
          "95% interval",
          "ROC AUC",
          "95% interval",
        ],
        rows: periods.map((each) => [
          each.segment ?? say("(missing)"),
          whole(each.rows),
          percent(each.meanProbability),
          percent(each.observedRate.value),
          range(each.observedRate, percent),
          decimal(each.rocAuc?.value ?? null),
          each.rocAuc === null ? "–" : range(each.rocAuc),
        ]),
      },
      { most: SHOWN },
    ),
    ...(rates.length < 2
      ? []
      : ([
          {
            is: "pictures",
            pictures: [
              ...(timed.length < 2
                ? []
                : [
                    pictureOf(context, "auc-over-time", say("ROC AUC by period"), (options) =>
                      timePlot(timed, { ...options, label: "ROC AUC" }),
                    ),
                  ]),
              pictureOf(
                context,
                "rates-over-time",
                say("Churn by period, predicted and observed"),
                (options) =>
                  timePlot(
                    { [say("observed")]: rates, [say("predicted")]: predicted },
                    { ...options, isShare: true, fromZero: true, label: say("churn rate") },
                  ),
              ),
            ],
          },
        ] satisfies Block[])),
  ];
}

/** Points of a chart: none where the periods are not all days or months, nor all numbers. */
function pointsOf<Value extends object>(
  values: readonly (readonly [segment: string | null, value: Value | null])[],
): (Value & { readonly time: string | number })[] {
  const known = values.flatMap(([segment, value]) =>
    segment === null || value === null ? [] : [{ ...value, time: segment }],
  );
  if (known.every(({ time }) => /^\d{4}-\d{2}(?:-\d{2})?$/u.test(time))) return known;
  const numbered = known.map((point) => ({ ...point, time: Number(point.time) }));
  return numbered.every(({ time }) => Number.isFinite(time)) ? numbered : [];
}

function backtestBlocks(context: Context): Block[] {
  const { report, say } = context;
  const { backtest } = report;
  if (backtest === null) return [];
  const sections = backtestSections(backtest);
  const points = backtest.months.flatMap(({ month, evaluation }) =>
    evaluation === null ? [] : [{ time: month, ...evaluation.metrics.rocAuc }],
  );
  return [
    { is: "heading", text: say("Backtest") },
    { is: "text", text: backtestText(context) },
    ...(points.length < 2
      ? []
      : ([
          {
            is: "pictures",
            pictures: [
              pictureOf(
                context,
                "backtest-auc",
                say("ROC AUC of each month, by models trained before it"),
                (options) => timePlot(points, { ...options, label: "ROC AUC" }),
                { wide: true },
              ),
            ],
          },
        ] satisfies Block[])),
    ...sections.map(({ heading, table }, at) =>
      tableOf(context, `backtest-${at + 1}`, headingIn(context, heading), table, {
        most: SHOWN,
        ofWords: at === 1 ? [0, 5] : at === 0 ? [0] : [],
      }),
    ),
  ];
}

function headingIn({ say }: Context, heading: string): string {
  switch (heading) {
    case "By month":
      return say("By month");
    case "Against what training reported":
      return say("Against what training reported");
    case "Churned by risk tier":
      return say("Churned by risk tier");
    default:
      return say("Trainings");
  }
}

function backtestText(context: Context): string {
  const { report, locale, say } = context;
  const { backtest } = report;
  if (backtest === null) return "";
  if (locale === "en") return backtest.sentence;
  const { evaluation } = backtest.overall;
  return sentences(
    context,
    say("{months} months scored by models that were trained on what was known before ({from} to {to}).", {
      months: backtest.months.length,
      from: backtest.from,
      to: backtest.to,
    }),
    evaluation !== null &&
      say("ROC AUC {auc} ({aucRange}), log loss {loss} ({lossRange}).", {
        auc: decimal(evaluation.metrics.rocAuc.value),
        aucRange: range(evaluation.metrics.rocAuc),
        loss: decimal(evaluation.metrics.logLoss.value),
        lossRange: range(evaluation.metrics.logLoss),
      }),
  );
}
