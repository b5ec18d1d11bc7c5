import { weightedMean } from "../../metrics/sample/weighted-mean.js";
import { type LongWork, Pulse } from "../../progress.js";
import { takeVectorRows, type Vectors } from "../../vectors/vectors.js";
import { contributionSummary } from "./contributions/contribution-summary.js";
import { dependenceCurve } from "./curves/dependence-curve.js";
import { pairInteractions } from "./curves/interactions.js";
import { drawRows, sampleOfRows } from "./draw-rows.js";
import type {
  ContributionSummary,
  DependenceCurve,
  ExplainedParts,
  MissingPart,
  PermutationImportance,
} from "./explanation.js";
import type { Families } from "./families.js";
import { type LabelledRows, permutationImportance } from "./importance/permutation-importance.js";
import { oddsRatioTable } from "./odds-ratio-table.js";
import { additiveParts, logisticParts } from "./readable-parts.js";
import type { GlobalSettings } from "./settings.js";
import { type ExplainedRows, marginsOf, type Subject } from "./subject.js";

/** All rows that may be used. */
export interface GivenRows extends ExplainedRows {
  /** Or why there are none. */
  readonly labels: Uint8Array | string;
  readonly groups: Int32Array | undefined;
}

/** Computes all parts of a global explanation, each on a random sample of the rows that is large enough for it. */
export async function explainRows(
  subject: Subject,
  given: GivenRows,
  { found: families, unread }: Families,
  settings: GlobalSettings,
  work: LongWork,
): Promise<ExplainedParts> {
  const pulse = new Pulse(work);
  await pulse.beat();
  const { seed } = settings;
  const { rows, labelled } = drawn(given, settings);
  const margins = marginsOf(subject, rows.vectors);
  const probabilities = margins.map((margin) => subject.probabilityOf(margin));
  const missing: MissingPart[] = unread.map((name) => {
    return { part: "families", reason: `${name}: the model reads none of its columns` };
  });
  const noLabels = typeof given.labels === "string" ? given.labels : undefined;
  let importance: PermutationImportance | null = null;
  if (labelled !== undefined)
    importance = await permutationImportance(subject, labelled, families, settings, pulse);
  else missing.push({ part: "importance", reason: noLabels ?? "" });
  let contributions: ContributionSummary | null = null;
  if (settings.contributionRows !== 0) {
    const most = settings.contributionRows;
    contributions = await contributionSummary(subject, rows, families, { most, seed }, pulse);
  } else missing.push({ part: "contributions", reason: "contributionRows is 0" });
  const ranked = rankedInputs(subject, rows.vectors, importance, contributions, settings);
  const curveRows = sampleOfRows(rows, settings.curveRows, seed, "curves");
  const curves = await curvesOf(
    subject,
    curveRows,
    rows,
    ranked.slice(0, settings.curves),
    settings.points,
    pulse,
  );
  const paired = ranked.slice(0, settings.interactions);
  const interactionRows = sampleOfRows(rows, settings.interactionRows, seed, "interactions");
  if (paired.length < 2) {
    const reason =
      settings.interactions < 2 ? "fewer than two inputs were asked for" : "fewer than two inputs vary";
    missing.push({ part: "interactions", reason });
  }
  const interactions =
    paired.length < 2 ? null : await pairInteractions(subject, interactionRows, paired, pulse);
  const ratios = labelled === undefined ? (noLabels ?? "") : oddsRatioTable(subject, labelled);
  if (typeof ratios === "string") missing.push({ part: "oddsRatios", reason: ratios });
  await pulse.beat();
  return {
    seed,
    rows: { given: given.vectors.rowCount, used: rows.vectors.rowCount },
    meanProbability: weightedMean(probabilities, rows.weights),
    meanMargin: weightedMean(margins, rows.weights),
    isConstant: isConstant(margins, contributions),
    importance,
    contributions,
    curves,
    curveRows: curveRows.vectors.rowCount,
    interactions,
    additive: additiveParts(subject.classifier, rows.vectors),
    logistic: logisticParts(subject.classifier),
    oddsRatios: typeof ratios === "string" ? null : ratios,
    missing,
  };
}

/** One row, or equal ones, have one margin, but inputs that add something to it matter. */
function isConstant(margins: Float64Array, contributions: ContributionSummary | null): boolean {
  const isOneMargin = margins.every((margin) => margin === margins[0]);
  return isOneMargin && (contributions?.features.every(({ meanAbsolute }) => meanAbsolute === 0) ?? true);
}

function drawn(given: GivenRows, { rows: most, seed }: GlobalSettings) {
  const { vectors, weights, labels, groups } = given;
  const chosen = drawRows(vectors.rowCount, most, seed, "rows");
  const isAll = chosen.length === vectors.rowCount;
  const rows: ExplainedRows = isAll
    ? { vectors, weights }
    : {
        vectors: takeVectorRows(vectors, chosen),
        weights: weights && Float64Array.from(chosen, (row) => weights[row]),
      };
  const labelled: LabelledRows | undefined =
    typeof labels === "string"
      ? undefined
      : {
          ...rows,
          labels: Uint8Array.from(chosen, (row) => labels[row]),
          groups: groups && Int32Array.from(chosen, (row) => groups[row]),
        };
  return { rows, labelled };
}

/** Positions of the inputs that vary, the most important first: by importance, else by contributions, else as they are. */
function rankedInputs(
  { inputs }: Subject,
  { features }: Vectors,
  importance: PermutationImportance | null,
  contributions: ContributionSummary | null,
  { by }: GlobalSettings,
): number[] {
  const size = new Map<string, number>();
  if (importance !== null) {
    for (const each of importance.inputs) size.set(each.name, (each[by] ?? each.logLoss).value);
  } else if (contributions !== null) {
    for (const each of contributions.features) if (!each.isTotal) size.set(each.feature, each.meanAbsolute);
  }
  const varies = (position: number) => {
    const feature = features[position];
    const values = feature.kind === "numeric" ? feature.values : feature.codes;
    return values.some((value) => !Object.is(value, values[0]));
  };
  return Array.from(inputs.keys())
    .filter(varies)
    .sort((a, b) => (size.get(inputs[b].name) ?? 0) - (size.get(inputs[a].name) ?? 0) || a - b);
}

async function curvesOf(
  subject: Subject,
  rows: ExplainedRows,
  all: ExplainedRows,
  positions: readonly number[],
  points: number,
  pulse: Pulse,
): Promise<DependenceCurve[]> {
  const curves: DependenceCurve[] = [];
  for (const position of positions) {
    curves.push(await dependenceCurve(subject, rows, all, position, points, pulse));
    const { name } = subject.inputs[position];
    pulse.report({ phase: "curves", done: curves.length, total: positions.length, detail: name });
  }
  return curves;
}
