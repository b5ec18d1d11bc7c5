import { calibratorNamed } from "../../calibration/calibrators.js";
import { vennAbersForm } from "../../calibration/file-forms.js";
import { checkClassifier } from "../../classifiers/file-form.js";
import type { Misplaced, Report } from "../../file-form.js";
import { rises } from "../../math/rises.js";
import { FINGERPRINTS, keptFingerprints } from "../../vectors/fingerprints/fingerprint-set.js";
import type { NumberBins, ReferenceDistribution } from "../../vectors/reference-distribution.js";
import type { Extensions } from "../extensions.js";
import type { ModelContent } from "./content.js";

/**
 * Checks of a model that types can't express: that lengths agree, that every index points to something, that no tree
 * has a cycle. With them, prediction can neither read outside its arrays nor loop forever.
 */
export async function checkReferences(
  content: ModelContent,
  { families = [], calibrators = [] }: Extensions,
): Promise<Misplaced[]> {
  const problems: Misplaced[] = [];
  const report: Report = (at, expected) => problems.push({ at, expected });
  content.inputs.forEach((input, i) => {
    if (input.kind === "categorical") return;
    const [low, high] = input.range ?? [0, 1];
    if (low > high) report(`inputs.${i}.range`, "must not fall");
    if (input.isFlag === true && (low !== 0 || high !== 1))
      report(`inputs.${i}.isFlag`, "must be there only where the range is 0 to 1");
  });
  content.totals.forEach(({ of }, t) => {
    if (of.some((position) => content.inputs[position]?.kind !== "numeric"))
      report(`totals.${t}.of`, "must be positions of numeric inputs");
  });
  const features = [
    ...content.inputs,
    ...content.totals.map(({ name }) => ({ name, kind: "numeric" as const, missingSeen: true })),
  ];
  await checkClassifier(content.classifier, features, "classifier", report, families);
  const { calibrator } = content;
  const form = await calibratorNamed(calibrator.method, calibrators)?.file();
  form?.check?.(calibrator, "calibrator", report);
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
  if (content.vennAbers !== null) vennAbersForm.check?.(content.vennAbers, "vennAbers", report);
  if (content.reference !== null) checkReference(content, content.reference, report);
  checkFingerprints(content, report);
  checkExplanation(content, report);
  if (new Set(content.inputs.map(({ name }) => name)).size < content.inputs.length)
    report("inputs", "must have different names");
  else if (!isOrderOf(content.columnOrder, content.inputs))
    report("columnOrder", "must have the name of each input once");
  return problems;
}

function isOrderOf(order: readonly string[] | null, inputs: ModelContent["inputs"]): boolean {
  if (order === null) return true;
  const names = new Set(order);
  return (
    names.size === order.length &&
    order.length === inputs.length &&
    inputs.every(({ name }) => names.has(name))
  );
}

function checkFingerprints({ id, fingerprints }: ModelContent, report: Report): void {
  if (fingerprints === null) return;
  const { rows, subscribers } = fingerprints;
  if ((id === null) !== (subscribers === null))
    report("fingerprints.subscribers", "must be there where id is");
  for (const [name, set] of Object.entries({ rows, subscribers })) {
    if (set === null) continue;
    const at = `fingerprints.${name}`;
    const kept = keptFingerprints(set);
    const limit = kept?.at(-1) ?? 0;
    if (kept === undefined || !rises(kept, true) || limit >= set.below)
      report(`${at}.hashes`, "must be ascending 32-bit numbers less than below, as base64");
    else if (kept.length > set.count || (set.below === FINGERPRINTS && kept.length < set.count))
      report(`${at}.count`, "must be the number of fingerprints, kept or not");
  }
}

function checkExplanation(content: ModelContent, report: Report): void {
  const { explanation, inputs, totals, reference } = content;
  if (explanation === null) return;
  const { features, alike } = explanation;
  if (features.length !== inputs.length + totals.length)
    report("explanation.features", "must have one for every input and total");
  features.forEach(({ churned }, f) => {
    const bins = reference?.inputs[f]?.counts.length;
    if (churned !== undefined && churned.length !== (bins ?? -2) + 1)
      report(
        `explanation.features.${f}.churned`,
        "must have one for each bin of the reference, and one more",
      );
  });
  alike.forEach((pair, p) => {
    if (pair.some((position) => position >= features.length))
      report(`explanation.alike.${p}`, "must be positions of features");
  });
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
