import type { DependenceCurve } from "../explain/global/explanation.js";
import type { GlobalExplanation } from "../predict/explaining/explain-globally.js";
import { weightsLine } from "../predict/measured-rows.js";
import { trainedOnLines } from "../predict/trained-on-lines.js";
import { counted, decimal, percent, shareText, whole } from "../printing/numbers.js";
import type { TableText } from "../printing/text-table.js";
import {
  bandsTable,
  coefficientsTable,
  contributionsTable,
  curveTable,
  importanceTable,
  interactionsTable,
  oddsRatiosTable,
  shapesTable,
} from "./global-explanation-tables.js";

/** A part of the page: a heading, sentences, and tables with what they are of. */
export interface ExplanationSection {
  readonly heading: string;
  readonly sentences: readonly string[];
  readonly tables: readonly { readonly of: string | null; readonly table: TableText }[];
}

/** What a table shows at most; the object holds all of it. */
const MOST_ROWS = 20;
const MOST_COLUMNS_IN_BANDS = 5;
const MOST_CURVES = 5;

/** What is said before all parts, a sentence each. */
export function headSentences(explanation: GlobalExplanation): string[] {
  const { rows, seed, weights, trainedOn, meanProbability, isConstant } = explanation;
  const sample = rows.used < rows.given ? ` of ${whole(rows.given)} (a random sample, seed ${seed})` : "";
  const weighted = weightsLine(weights);
  return [
    `${counted(rows.used, "row")}${sample}, mean probability ${percent(meanProbability)}${weighted === undefined ? "" : `, ${weighted}`}`,
    ...trainedOnLines(trainedOn, rows.given),
    ...(isConstant
      ? [`No input matters: the model predicts ${percent(meanProbability)} for every row.`]
      : []),
  ];
}

/** The parts of an explanation as sections; those of a constant model are left out. */
export function explanationSections(explanation: GlobalExplanation): ExplanationSection[] {
  return [
    ...(explanation.isConstant
      ? []
      : [
          ...importanceSections(explanation),
          ...contributionSections(explanation),
          ...curveSections(explanation),
          ...interactionSections(explanation),
          ...readableSections(explanation),
        ]),
    ...oddsRatioSections(explanation),
    ...missingSections(explanation),
  ];
}

function importanceSections({ importance }: GlobalExplanation): ExplanationSection[] {
  if (importance === null) return [];
  const { logLoss, rocAuc, repeats, level, inputs, families } = importance;
  const auc = rocAuc === null ? "" : `, ROC AUC ${decimal(rocAuc)}`;
  return [
    {
      heading: "Importance",
      sentences: [
        `How much worse predictions are when the values of an input are exchanged between rows, ${repeats} times (log loss ${decimal(logLoss)}${auc} as they are); ${shareText(level)} intervals over rows and permutations.`,
        ...more(inputs.length, "input"),
      ],
      tables: [
        { of: null, table: importanceTable("input", inputs.slice(0, MOST_ROWS), level) },
        ...(families.length === 0
          ? []
          : [{ of: "Families, permuted as a whole", table: importanceTable("family", families, level) }]),
      ],
    },
  ];
}

function contributionSections({ contributions }: GlobalExplanation): ExplanationSection[] {
  if (contributions === null) return [];
  const { rows, features, families, baseValue, comparedWith } = contributions;
  const shown = features.filter(({ meanAbsolute }) => meanAbsolute > 0);
  return [
    {
      heading: "Contributions",
      sentences: [
        `Mean |SHAP value| of ${counted(rows, "row")} in log-odds, compared with ${comparedWith} (base value ${decimal(baseValue, 3)}).`,
        ...more(shown.length, "feature"),
      ],
      tables: [
        { of: null, table: contributionsTable("feature", shown.slice(0, MOST_ROWS)) },
        ...(families.length === 0
          ? []
          : [{ of: "Families, summed up", table: contributionsTable("family", families) }]),
        ...(shown.length === 0
          ? []
          : [{ of: "By value", table: bandsTable(shown.slice(0, MOST_COLUMNS_IN_BANDS)) }]),
      ],
    },
  ];
}

function curveSections({ curves, curveRows }: GlobalExplanation): ExplanationSection[] {
  if (curves.length === 0) return [];
  return [
    {
      heading: "Curves",
      sentences: [
        `Probability: the mean over ${counted(curveRows, "row")} if all of them had the value (partial dependence). Local effect: what the value adds to the probability along rows that are alike (accumulated local effects). Density: how many rows are near it.`,
        ...(curves.length > MOST_CURVES
          ? [
              `Of the ${MOST_CURVES} most important inputs; ${curves.length - MOST_CURVES} more are in the object.`,
            ]
          : []),
      ],
      tables: curves.slice(0, MOST_CURVES).map(shownCurve),
    },
  ];
}

/** Of many categories the most frequent, and missing values. */
function shownCurve(curve: DependenceCurve): ExplanationSection["tables"][number] {
  const { input, kind, points } = curve;
  if (kind !== "categorical" || points.length <= MOST_ROWS) return { of: input, table: curveTable(curve) };
  const shown = points.filter(
    ({ level }, i) => i < MOST_ROWS || (level === "missing" && i === points.length - 1),
  );
  const of = `${input} (the most frequent of ${counted(points.length, "category", "categories")})`;
  return { of, table: curveTable({ ...curve, points: shown }) };
}

function interactionSections({ interactions }: GlobalExplanation): ExplanationSection[] {
  if (interactions === null) return [];
  const { rows, inputs, pairs } = interactions;
  return [
    {
      heading: "Interactions",
      sentences: [
        `What two of the ${inputs.length} most important inputs do together beyond what each does alone, on ${counted(rows, "row")}: in log-odds, and H, its share of their joint effect (0: they add up, 1: nothing but interaction).`,
      ],
      tables: [{ of: null, table: interactionsTable(pairs.slice(0, MOST_ROWS)) }],
    },
  ];
}

function readableSections({ additive, logistic }: GlobalExplanation): ExplanationSection[] {
  const partOf = (weight: number) => (weight === 1 ? "" : `, weight ${decimal(weight, 2)}`);
  return [
    ...additive.map(({ weight, shapes, pairs }) => ({
      heading: `Shapes of the additive model${partOf(weight)}`,
      sentences: [
        "What an input adds to the log-odds: mean size, least and greatest. The object holds every bin.",
        ...(pairs.length === 0
          ? []
          : [`Pairs beyond the shapes: ${pairs.map((pair) => pair.join(" × ")).join(", ")}.`]),
      ],
      tables: [{ of: null, table: shapesTable(shapes.slice(0, MOST_ROWS)) }],
    })),
    ...logistic.map(({ weight, intercept, coefficients }) => ({
      heading: `Coefficients of the logistic regression${partOf(weight)}`,
      sentences: [
        `Of the log-odds; numbers per standard deviation, categories as they are. Intercept ${decimal(intercept, 3)}.`,
        ...more(coefficients.length, "coefficient"),
      ],
      tables: [{ of: null, table: coefficientsTable(coefficients.slice(0, MOST_ROWS)) }],
    })),
  ];
}

function oddsRatioSections({ oddsRatios }: GlobalExplanation): ExplanationSection[] {
  if (oddsRatios === null) return [];
  const strongest = oddsRatios.toSorted((a, b) => Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0));
  return [
    {
      heading: "Odds ratios",
      sentences: [
        "Of a separate logistic regression on these rows, without penalty: what a unit of a number, or a category against its reference, multiplies the odds of churn by, all else equal.",
        ...more(strongest.length, "row"),
      ],
      tables: [{ of: null, table: oddsRatiosTable(strongest.slice(0, MOST_ROWS)) }],
    },
  ];
}

function missingSections({ missing }: GlobalExplanation): ExplanationSection[] {
  if (missing.length === 0) return [];
  return [
    {
      heading: "Not there",
      sentences: missing.map(({ part, reason }) => `${NAMES[part]}: ${reason}`),
      tables: [],
    },
  ];
}

const NAMES: Readonly<Record<GlobalExplanation["missing"][number]["part"], string>> = {
  importance: "importance",
  families: "a family",
  contributions: "contributions",
  interactions: "interactions",
  oddsRatios: "odds ratios",
};

/** That a table is cut. */
function more(all: number, noun: string): string[] {
  return all > MOST_ROWS ? [`The first ${MOST_ROWS} of ${counted(all, noun)}.`] : [];
}
