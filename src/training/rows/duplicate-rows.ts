import type { TrainingNote } from "../../model-file/churn/training-note.js";
import type { Folds } from "../../vectors/folds.js";
import type { Vectors } from "../../vectors/vectors.js";

/**
 * Rows whose features all equal those of a row in another fold: where they are the same subscriber, a model has seen
 * rows that it is measured on.
 */
export function noteDuplicates(vectors: Vectors, labels: Uint8Array, folds: Folds): TrainingNote[] {
  const groups = groupsOfEqualRows(vectors);
  const first = new Map<number, number>();
  const straddles = new Set<number>();
  const disagrees = new Set<number>();
  groups.forEach((group, row) => {
    const other = first.get(group);
    if (other === undefined) first.set(group, row);
    else {
      if (folds.of[other] !== folds.of[row]) straddles.add(group);
      if (labels[other] !== labels[row]) disagrees.add(group);
    }
  });
  if (straddles.size === 0) return [];
  let rows = 0;
  let contrary = 0;
  for (const group of groups) {
    if (!straddles.has(group)) continue;
    rows++;
    if (disagrees.has(group)) contrary++;
  }
  const share = `${((100 * rows) / vectors.rowCount).toFixed(1)}%`;
  const detail =
    `${rows} rows (${share}) have the same features as a row of another fold, ${contrary} of them in groups of both labels; ` +
    "where these are the same subscribers, name the id or a group so that they share a fold";
  return [{ kind: "duplicate-rows", column: null, detail }];
}

/** Rows numbered so that equal rows share a number: refined feature by feature. */
function groupsOfEqualRows({ features, rowCount }: Vectors): Int32Array {
  let groups: Int32Array = new Int32Array(rowCount);
  let count = 1;
  for (const feature of features) {
    if (count === rowCount) break;
    const numbers = new Map<number, Map<number, number>>();
    const next = new Int32Array(rowCount);
    count = 0;
    for (let row = 0; row < rowCount; row++) {
      const value = feature.kind === "numeric" ? feature.values[row] : feature.codes[row];
      let ofGroup = numbers.get(groups[row]);
      if (ofGroup === undefined) {
        ofGroup = new Map();
        numbers.set(groups[row], ofGroup);
      }
      let number = ofGroup.get(value);
      if (number === undefined) {
        number = count++;
        ofGroup.set(value, number);
      }
      next[row] = number;
    }
    groups = next;
  }
  return groups;
}
