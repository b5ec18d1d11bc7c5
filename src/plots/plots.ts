import { calibrationPlot } from "./charts/curves/calibration.js";
import { gainPlot } from "./charts/curves/gain.js";
import { liftPlot } from "./charts/curves/lift.js";
import { precisionRecallPlot } from "./charts/curves/precision-recall.js";
import { profitPlot } from "./charts/curves/profit.js";
import { rocPlot } from "./charts/curves/roc.js";
import { dependencePlot } from "./charts/dependence/dependence.js";
import { heatPlot } from "./charts/heat.js";
import { pointsPlot } from "./charts/points.js";
import { contributionsPlot } from "./charts/rows/contributions.js";
import { driftPlot } from "./charts/rows/drift.js";
import { importancePlot } from "./charts/rows/importance.js";
import { segmentsPlot } from "./charts/rows/segments.js";
import { tierPlot } from "./charts/rows/tiers.js";
import { waterfallPlot } from "./charts/rows/waterfall.js";
import { scoresPlot } from "./charts/scores.js";
import { learningCurvePlot } from "./charts/series/learning-curve.js";
import { survivalPlot } from "./charts/series/survival.js";
import { timePlot } from "./charts/series/time.js";
import type { PlotOptions } from "./plot-options.js";

/** A chart: its function, what it is of, and a small example of what it takes. */
interface PlotEntry<Source> {
  readonly draw: (source: Source, options?: PlotOptions) => string;
  /** What is in the picture. */
  readonly shows: string;
  /** What it takes, for the documentation. */
  readonly of: string;
  readonly example: Source;
}

function plot<Source>(entry: PlotEntry<Source>): PlotEntry<Source> {
  return entry;
}

const SHARES = [0, 0.1, 0.25, 0.5, 1];
const CURVE = "an evaluation with curves, or several by name; ";

/** All charts by the names of their functions, in the order of the documentation. */
export const PLOTS = {
  rocPlot: plot({
    draw: rocPlot,
    shows: "churners and others above each threshold",
    of: `${CURVE}\`rocCurve\``,
    example: { falsePositiveRate: SHARES, truePositiveRate: [0, 0.4, 0.7, 0.9, 1] },
  }),
  precisionRecallPlot: plot({
    draw: precisionRecallPlot,
    shows: "precision by recall, as steps",
    of: `${CURVE}\`precisionRecallCurve\``,
    example: { recall: SHARES, precision: [1, 0.8, 0.7, 0.5, 0.2] },
  }),
  gainPlot: plot({
    draw: gainPlot,
    shows: "share of churners among the riskiest share of rows",
    of: `${CURVE}\`gainCurve\``,
    example: { share: SHARES, gain: [0, 0.35, 0.6, 0.85, 1] },
  }),
  liftPlot: plot({
    draw: liftPlot,
    shows: "churn rate of the riskiest share, in multiples of that of all",
    of: `${CURVE}\`liftCurve\``,
    example: { share: SHARES, lift: [3.5, 3.5, 2.4, 1.7, 1] },
  }),
  calibrationPlot: plot({
    draw: calibrationPlot,
    shows: "observed rates with intervals by predicted probability",
    of: `${CURVE}\`calibrationCurve\``,
    example: {
      meanProbability: [0.05, 0.2, 0.6],
      observedRate: [0.04, 0.22, 0.55],
      low: [0.02, 0.15, 0.45],
      high: [0.07, 0.3, 0.65],
      weight: [200, 120, 80],
    },
  }),
  scoresPlot: plot({
    draw: scoresPlot,
    shows: "probabilities of churners and others, limits of tiers",
    of: "an evaluation with curves, or its `curves.histogram`",
    example: { from: [0, 0.25, 0.5], to: [0.25, 0.5, 0.75], churned: [5, 20, 40], stayed: [200, 60, 20] },
  }),
  profitPlot: plot({
    draw: profitPlot,
    shows: "profit of a campaign by contacts, the best number",
    of: "`profitCurve`",
    example: { share: SHARES, contacted: [0, 100, 250, 500, 1000], profit: [0, 900, 1500, 1100, -800] },
  }),
  tierPlot: plot({
    draw: tierPlot,
    shows: "predicted against observed, tier by tier",
    of: "`tierTable`, or `tierTable` of an evaluation",
    example: [
      { tier: "high", rows: 120, meanProbability: 0.6, observedRate: { value: 0.58, low: 0.49, high: 0.66 } },
      { tier: "low", rows: 880, meanProbability: 0.1, observedRate: { value: 0.11, low: 0.09, high: 0.13 } },
    ],
  }),
  segmentsPlot: plot({
    draw: segmentsPlot,
    shows: "predicted against observed, segment by segment",
    of: "`evaluateSegments`, or `segments` of an evaluation",
    example: [
      {
        by: "contract",
        segment: "monthly",
        rows: 600,
        meanProbability: 0.4,
        observedRate: { value: 0.47, low: 0.43, high: 0.51 },
        isMiscalibrated: true,
      },
      {
        by: "contract",
        segment: "two years",
        rows: 400,
        meanProbability: 0.03,
        observedRate: { value: 0.03, low: 0.02, high: 0.05 },
        isMiscalibrated: false,
      },
    ],
  }),
  importancePlot: plot({
    draw: importancePlot,
    shows: "importance of inputs with intervals",
    of: "`importance` or `contributions` of `explainGlobally`, or `{ name, value, low, high }[]`",
    example: [
      { name: "tenure", value: 0.08, low: 0.07, high: 0.09 },
      { name: "charges", value: 0.02 },
    ],
  }),
  contributionsPlot: plot({
    draw: contributionsPlot,
    shows: "what each feature adds, by bands of its values",
    of: "`contributions` of `explainGlobally`",
    example: {
      rows: 1000,
      baseValue: -1,
      comparedWith: "training rows",
      families: [],
      features: [
        {
          feature: "tenure",
          kind: "numeric",
          isTotal: false,
          meanAbsolute: 0.6,
          bands: [
            {
              from: null,
              to: 12,
              level: null,
              rows: 500,
              share: 0.5,
              mean: 0.6,
              quantiles: { low: 0.2, lowerQuartile: 0.4, median: 0.6, upperQuartile: 0.8, high: 1.1 },
            },
            {
              from: 12,
              to: null,
              level: null,
              rows: 500,
              share: 0.5,
              mean: -0.6,
              quantiles: { low: -1, lowerQuartile: -0.8, median: -0.6, upperQuartile: -0.4, high: -0.1 },
            },
          ],
        },
      ],
    },
  }),
  dependencePlot: plot({
    draw: dependencePlot,
    shows: "prediction by the values of one input",
    of: "an entry of `curves` of `explainGlobally`",
    example: {
      input: "tenure",
      kind: "numeric",
      noLocalEffects: null,
      points: [1, 12, 36, 72].map((value, i) => ({
        value,
        level: null,
        share: 0.25,
        density: 0.25 / (i + 1),
        probability: 0.5 - i * 0.12,
        margin: -i,
        localProbability: 0.15 - i * 0.1,
        localMargin: -i,
      })),
    },
  }),
  waterfallPlot: plot({
    draw: waterfallPlot,
    shows: "from the base probability to that of one row",
    of: "`model.explainOne`, or an entry of `model.explain`",
    example: {
      id: "7590-VHVEG",
      probability: 0.61,
      tier: "high",
      margin: 0.45,
      baseValue: -1.1,
      baseProbability: 0.25,
      contributions: [
        { column: "tenure", value: 2, contribution: 1.2, probabilityContribution: 0.28 },
        { column: "contract", value: "monthly", contribution: 0.6, probabilityContribution: 0.13 },
        { column: "charges", value: 29.85, contribution: -0.25, probabilityContribution: -0.05 },
      ],
      families: [],
      reasons: [],
      change: null,
    },
  }),
  heatPlot: plot({
    draw: heatPlot,
    shows: "a table coloured by its values, such as risk by value",
    of: "`{ row, column, value, text }[]`",
    example: [
      { row: "high", column: "gold", value: 120 },
      { row: "high", column: "basic", value: 80 },
      { row: "low", column: "gold", value: 900 },
      { row: "low", column: "basic", value: null },
    ],
  }),
  driftPlot: plot({
    draw: driftPlot,
    shows: "two distributions side by side, PSI",
    of: "`{ name, expected, observed }[]`",
    example: [
      { name: "monthly", expected: 550, observed: 610 },
      { name: "two years", expected: 450, observed: 390 },
    ],
  }),
  timePlot: plot({
    draw: timePlot,
    shows: "values over time with intervals",
    of: "`{ time, value, low, high }[]`, or several by name",
    example: [
      { time: "2025-01", value: 0.021, low: 0.019, high: 0.023 },
      { time: "2025-02", value: 0.024, low: 0.022, high: 0.026 },
      { time: "2025-03", value: 0.019, low: 0.017, high: 0.021 },
    ],
  }),
  survivalPlot: plot({
    draw: survivalPlot,
    shows: "who is still there after a time, as steps",
    of: "`{ time, survival, low, high }[]`, or several by name",
    example: [
      { time: 1, survival: 0.97, low: 0.96, high: 0.98 },
      { time: 2, survival: 0.95, low: 0.93, high: 0.96 },
    ],
  }),
  learningCurvePlot: plot({
    draw: learningCurvePlot,
    shows: "log loss by rows of training, and what more would give",
    of: "`learningCurve`",
    example: {
      points: [500, 1000, 2000].map((rows, i) => ({
        rows,
        logLoss: { value: 0.5 - i * 0.03, low: 0.48 - i * 0.03, high: 0.52 - i * 0.03 },
      })),
      expected: { rows: 4000, logLoss: { value: 0.42, low: 0.4, high: 0.44 } },
    },
  }),
  pointsPlot: plot({
    draw: pointsPlot,
    shows: "points by group; of many their density",
    of: "`{ x, y, group }[]`",
    example: [
      { x: 2, y: 70, group: "churned" },
      { x: 40, y: 25, group: "stayed" },
      { x: 60, y: 90, group: "stayed" },
    ],
  }),
};
