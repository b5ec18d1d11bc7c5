import { weightedMean } from "../../../metrics/sample/weighted-mean.js";
import type { Pulse } from "../../../progress.js";
import type { Feature, Vectors } from "../../../vectors/vectors.js";
import { ofRows, withInputs } from "../changed-inputs.js";
import type { InputImportance, PermutationImportance } from "../explanation.js";
import type { Family } from "../families.js";
import { type ExplainedRows, marginsOf, type Subject } from "../subject.js";
import { lossInterval } from "./loss-interval.js";
import { donorsOf } from "./permutations.js";
import { logLosses, rocAucShares } from "./row-losses.js";

/** Rows with labels. */
export interface LabelledRows extends ExplainedRows {
  /** 1 = churned. */
  readonly labels: Uint8Array;
  /** The number of the subscriber of each row; undefined where none has several. */
  readonly groups: Int32Array | undefined;
}

interface ImportanceOptions {
  readonly seed: number;
  readonly repeats: number;
  readonly level: number;
  readonly by: "logLoss" | "rocAuc";
}

/**
 * How much worse the model predicts where the values of an input, or of a family of inputs together, are those of other rows
 * (Breiman 2001, section 10; model-agnostic: Fisher, Rudin & Dominici 2019). All inputs are permuted in the same ways.
 */
export async function permutationImportance(
  subject: Subject,
  rows: LabelledRows,
  families: readonly Family[],
  { seed, repeats, level, by }: ImportanceOptions,
  pulse: Pulse,
): Promise<PermutationImportance> {
  const { vectors, labels, weights } = rows;
  const donors = Array.from({ length: repeats }, (_, r) => donorsOf(vectors.rowCount, weights, seed, r));
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const hasBoth = positives > 0 && positives < labels.length;
  const measure = (changed: Vectors) => {
    const margins = marginsOf(subject, changed);
    const probabilities = margins.map((margin) => subject.probabilityOf(margin));
    return {
      losses: logLosses(labels, probabilities),
      shares: hasBoth ? rocAucShares(labels, probabilities, weights) : undefined,
    };
  };
  const before = measure(vectors);
  const ofInputs = subject.inputs.map(({ name }, position) => ({
    name,
    inputs: [name],
    positions: [position],
  }));
  const total = ofInputs.length + families.length;
  let done = 0;
  const importanceOf = async ({ name, inputs, positions }: Family): Promise<InputImportance> => {
    const lossIncreases: Float64Array[] = [];
    const aucDecreases: Float64Array[] = [];
    for (const donorOf of donors) {
      await pulse.beat();
      const changed = new Map<number, Feature>(
        positions.map((position) => [position, ofRows(vectors.features[position], donorOf)]),
      );
      const after = measure(withInputs(subject, vectors, changed));
      lossIncreases.push(after.losses.map((loss, row) => loss - before.losses[row]));
      const { shares } = before;
      if (shares !== undefined && after.shares !== undefined)
        aucDecreases.push(after.shares.map((share, row) => shares[row] - share));
    }
    const intervalOf = (increases: readonly Float64Array[]) =>
      lossInterval({ ...rows, increases, donors }, level);
    done++;
    pulse.report({ phase: "permutation importance", done, total, detail: name });
    return {
      name,
      inputs,
      logLoss: intervalOf(lossIncreases),
      rocAuc: hasBoth ? intervalOf(aucDecreases) : null,
    };
  };
  const ordered = async (of: readonly Family[]) => {
    const found: InputImportance[] = [];
    for (const each of of) found.push(await importanceOf(each));
    const lossOf = (each: InputImportance) => (each[by] ?? each.logLoss).value;
    return found.sort((a, b) => lossOf(b) - lossOf(a));
  };
  return {
    rows: vectors.rowCount,
    positives,
    repeats,
    level,
    logLoss: weightedMean(before.losses, weights),
    rocAuc: before.shares === undefined ? null : weightedMean(before.shares, weights),
    inputs: await ordered(ofInputs),
    families: await ordered(families),
  };
}
