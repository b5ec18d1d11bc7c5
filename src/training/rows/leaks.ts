import { optionText, type Problems } from "../../errors.js";
import type { TrainingNote } from "../../model-file/churn/training-note.js";
import type { Folds } from "../../vectors/folds.js";
import type { Feature } from "../../vectors/vectors.js";
import { aloneAuc } from "./alone-auc.js";

/** A single feature that ranks churners better than this probably contains the future. */
const SUSPICIOUS_AUC = 0.99;
/** A number with more values than this is not a code for the label. */
const MOST_VALUES = 20;

/** How a leak is told: by the AUC of one feature alone. */
export type AucOfFeature = (feature: Feature, labels: Uint8Array, folds: Folds) => number;

/**
 * Looks for leaks: features that contain what is known only later. A feature whose values (or whose missingness)
 * determine the label of every row is refused unless allowed; one that alone ranks better than {@link SUSPICIOUS_AUC}
 * is noted.
 * @param allowed names of columns that may determine the label.
 * @param aucOf for a caller that has measured them before.
 */
export function checkLeaks(
  features: readonly Feature[],
  labels: Uint8Array,
  folds: Folds,
  allowed: readonly string[],
  problems: Problems,
  aucOf: AucOfFeature = aloneAuc,
): TrainingNote[] {
  const notes: TrainingNote[] = [];
  for (const feature of features) {
    const { name } = feature;
    if (tellsLabel(groupsOf(feature), labels) || missingTellsLabel(feature, labels)) {
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
    const auc = aucOf(feature, labels, folds);
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

/** Whether rows with a value have one label, and those without the other. */
function missingTellsLabel(feature: Feature, labels: Uint8Array): boolean {
  const cells = feature.kind === "categorical" ? feature.codes : feature.values;
  // Of rows with a value, and of those without.
  const known = [-1, -1];
  for (let row = 0; row < labels.length; row++) {
    const isMissing = feature.kind === "categorical" ? cells[row] < 0 : Number.isNaN(cells[row]);
    const at = isMissing ? 1 : 0;
    if (known[at] === -1) known[at] = labels[row];
    else if (known[at] !== labels[row]) return false;
  }
  return true;
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
