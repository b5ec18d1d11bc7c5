import { optionText, type Problems } from "../../errors.js";
import { rocAuc } from "../../metrics/ranking/roc-auc.js";
import type { TrainingNote } from "../../model-file/churn/training-note.js";
import type { Folds } from "../../vectors/folds.js";
import type { Feature } from "../../vectors/vectors.js";

/** A single feature that ranks churners better than this probably contains the future. */
const SUSPICIOUS_AUC = 0.99;
/** A number with more values than this is not a code for the label. */
const MOST_VALUES = 20;

/**
 * Looks for leaks: features that contain what is known only later. A feature whose values (or whose missingness)
 * determine the label of every row is refused unless allowed; one that alone ranks better than {@link SUSPICIOUS_AUC}
 * is noted.
 * @param allowed names of columns that may determine the label.
 */
export function checkLeaks(
  features: readonly Feature[],
  labels: Uint8Array,
  folds: Folds,
  allowed: readonly string[],
  problems: Problems,
): TrainingNote[] {
  const notes: TrainingNote[] = [];
  for (const feature of features) {
    const { name } = feature;
    if (tellsLabel(groupsOf(feature), labels) || tellsLabel(missingOf(feature), labels)) {
      if (!allowed.includes(name)) {
        problems.add({
          code: "data.leak",
          path: { column: name },
          expected: "must not determine the label of every row: it was probably written after the churn",
          received: shownLevels(feature),
          hint: `leave it out: ${optionText("exclude", [name])}; or allow it if it is known before the churn: ${optionText("allowLeaks", [name])}`,
        });
      } else {
        const detail = "determines the label of every row, which was allowed";
        notes.push({ kind: "leak-allowed", column: name, detail });
      }
      continue;
    }
    const auc = aloneAuc(feature, labels, folds);
    if (auc > SUSPICIOUS_AUC) {
      const detail = `alone ranks churners with an AUC of ${auc.toFixed(4)}: was it known before the churn?`;
      notes.push({ kind: "probable-leak", column: name, detail });
    }
  }
  return notes;
}

/** A number for every row's value, or undefined where there are too many values for a code of the label. */
function groupsOf(feature: Feature): Int32Array | undefined {
  if (feature.kind === "categorical") return feature.codes;
  const numbers = new Map<number, number>();
  const groups = new Int32Array(feature.values.length);
  for (let row = 0; row < groups.length; row++) {
    const value = feature.values[row];
    let group = numbers.get(value);
    if (group === undefined) {
      if (numbers.size === MOST_VALUES) return undefined;
      group = numbers.size;
      numbers.set(value, group);
    }
    groups[row] = group;
  }
  return groups;
}

function missingOf(feature: Feature): Int32Array {
  return feature.kind === "categorical"
    ? feature.codes.map((code) => (code < 0 ? 1 : 0))
    : Int32Array.from(feature.values, (value) => (Number.isNaN(value) ? 1 : 0));
}

/** Whether rows of a group always share their label. */
function tellsLabel(groups: Int32Array | undefined, labels: Uint8Array): boolean {
  if (groups === undefined) return false;
  const labelOf = new Map<number, number>();
  for (let row = 0; row < labels.length; row++) {
    const known = labelOf.get(groups[row]);
    if (known === undefined) labelOf.set(groups[row], labels[row]);
    else if (known !== labels[row]) return false;
  }
  return true;
}

function shownLevels(feature: Feature): string {
  if (feature.kind === "numeric") return "numbers";
  return feature.levels.slice(0, 5).join(", ");
}

/**
 * The AUC of one feature alone, of either direction: numbers by their value with missing ones at either end, categories
 * by their churn rate in the other folds.
 */
function aloneAuc(feature: Feature, labels: Uint8Array, folds: Folds): number {
  if (feature.kind === "categorical") return rocAuc(labels, ratesOutOfFold(feature, labels, folds));
  let best = 0;
  const hasMissing = feature.values.some(Number.isNaN);
  for (const end of hasMissing ? [-Number.MAX_VALUE, Number.MAX_VALUE] : [0]) {
    const auc = rocAuc(
      labels,
      feature.values.map((value) => (Number.isNaN(value) ? end : value)),
    );
    best = Math.max(best, auc, 1 - auc);
  }
  return best;
}

function ratesOutOfFold(
  { codes, levels }: Feature & { kind: "categorical" },
  labels: Uint8Array,
  folds: Folds,
): Float64Array {
  const codeCount = levels.length + 2;
  const rows = new Float64Array(codeCount * folds.count);
  const churned = new Float64Array(codeCount * folds.count);
  const total = { rows: new Float64Array(codeCount), churned: new Float64Array(codeCount) };
  for (let row = 0; row < labels.length; row++) {
    const at = (codes[row] + 1) * folds.count + folds.of[row];
    rows[at]++;
    churned[at] += labels[row];
    total.rows[codes[row] + 1]++;
    total.churned[codes[row] + 1] += labels[row];
  }
  let churners = 0;
  for (const label of labels) churners += label;
  const rate = churners / labels.length;
  return Float64Array.from(codes, (code, row) => {
    const at = (code + 1) * folds.count + folds.of[row];
    return (total.churned[code + 1] - churned[at] + rate) / (total.rows[code + 1] - rows[at] + 1);
  });
}
