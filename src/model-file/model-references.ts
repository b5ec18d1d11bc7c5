import type { CalibratorJson, IsotonicJson, VennAbersJson } from "../calibration/calibrator.js";
import type { NumberBins, ReferenceDistribution } from "../vectors/reference-distribution.js";
import { checkClassifier } from "./classifier-references.js";
import type { ModelContent } from "./content.js";
import { type Misplaced, type Report, rises } from "./misplaced.js";

export type { Misplaced } from "./misplaced.js";

/**
 * What types can't say of a model: that lengths agree, that every index points to something, that no tree runs in a
 * circle. With this, prediction can neither read outside its arrays nor loop.
 */
export function checkReferences(content: ModelContent): Misplaced[] {
  const problems: Misplaced[] = [];
  const report: Report = (at, expected) => problems.push({ at, expected });
  content.totals.forEach(({ of }, t) => {
    if (of.some((position) => content.inputs[position]?.kind !== "numeric"))
      report(`totals.${t}.of`, "must be positions of numeric inputs");
  });
  const features = [
    ...content.inputs,
    ...content.totals.map(({ name }) => ({ name, kind: "numeric" as const, missingSeen: true })),
  ];
  checkClassifier(content.classifier, features, "classifier", report);
  checkCalibrator(content.calibrator, report);
  content.tiers.forEach(({ from }, t) => {
    if (t > 0 && from > content.tiers[t - 1].from)
      report(`tiers.${t}.from`, "must not be above the tier before");
  });
  if (content.tiers.at(-1)?.from !== 0) report("tiers", "must end with a tier from 0");
  if (content.tiers.some(({ by }) => by !== content.tiers[0].by))
    report("tiers", "must all be by expected loss or none of them");
  if (content.tiers[0]?.by === "expectedLoss" && content.value === null)
    report("value", "must be there where tiers go by expected loss");
  if ((content.value === null) !== (content.valueBands === null))
    report("valueBands", "must be there where value is");
  content.valueBands?.forEach(({ from }, b, bands) => {
    if (b > 0 && from > bands[b - 1].from)
      report(`valueBands.${b}.from`, "must not be above the band before");
  });
  if (content.valueBands !== null && content.valueBands.at(-1)?.from !== 0)
    report("valueBands", "must end with a band from 0");
  if (content.vennAbers !== null) checkVennAbers(content.vennAbers, "vennAbers", report);
  if (content.reference !== null) checkReference(content, content.reference, report);
  if (new Set(content.inputs.map(({ name }) => name)).size < content.inputs.length)
    report("inputs", "must have names of their own");
  return problems;
}

function checkReference({ inputs }: ModelContent, reference: ReferenceDistribution, report: Report): void {
  checkNumberBins(reference.scores, "reference.scores", report);
  if (reference.inputs.length !== inputs.length) {
    report("reference.inputs", "must have one for every input");
    return;
  }
  reference.inputs.forEach((bins, i) => {
    const input = inputs[i];
    const at = `reference.inputs.${i}`;
    if ("edges" in bins !== (input.kind !== "categorical")) report(at, "must be bins of the input's kind");
    else if ("edges" in bins) checkNumberBins(bins, at, report);
    else if (input.kind === "categorical" && bins.counts.length !== input.levels.length + 1)
      report(`${at}.counts`, "must have one for every level, and one for other");
  });
}

function checkNumberBins({ edges, counts }: NumberBins, at: string, report: Report): void {
  if (!rises(edges, true)) report(`${at}.edges`, "must rise");
  if (counts.length !== edges.length + 1) report(`${at}.counts`, "must have one more than edges");
}

function checkCalibrator(json: CalibratorJson, report: Report): void {
  if (json.method === "isotonic") checkIsotonic(json, "calibrator", report);
  else if (json.method === "mixture") checkIsotonic(json.isotonic, "calibrator.isotonic", report);
  else if (json.method === "venn-abers") checkVennAbers(json, "calibrator", report);
  else if (json.method === "cross-venn-abers") {
    json.folds.forEach((fold, f) => {
      checkVennAbers(fold, `calibrator.folds.${f}`, report);
    });
  }
}

function checkIsotonic({ margins, probabilities }: IsotonicJson, at: string, report: Report): void {
  if (margins.length !== probabilities.length)
    report(`${at}.probabilities`, "must have one for every margin");
  if (!rises(margins, true)) report(`${at}.margins`, "must rise");
  if (!rises(probabilities, false)) report(`${at}.probabilities`, "must not fall");
}

function checkVennAbers({ margins, p0, p1 }: VennAbersJson, at: string, report: Report): void {
  if (!rises(margins, true)) report(`${at}.margins`, "must rise");
  for (const [name, steps] of [
    ["p0", p0],
    ["p1", p1],
  ] as const) {
    if (steps.length !== margins.length) report(`${at}.${name}`, "must have one for every margin");
    if (!rises(steps, false)) report(`${at}.${name}`, "must not fall");
  }
  // Neither bound of the odds, p1 / (1 − p0), may be infinite, nor the odds 0 : 0.
  if (p0.some((low, i) => low > p1[i] || low === 1)) report(`${at}.p0`, "must not be above p1, and below 1");
  if (p1[0] === 0) report(`${at}.p1`, "must be above 0");
}
