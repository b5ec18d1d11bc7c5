import { type FingerprintSet, fingerprintSet } from "./fingerprint-set.js";
import { NO_ID } from "./id-fingerprints.js";
import { type FingerprintedRows, rowFingerprints } from "./row-fingerprints.js";

/** By what a model recognises rows and subscribers that it was trained on; no row can be read from it. */
export interface TrainingFingerprints {
  /** Of inputs, label and id, where there is one. */
  readonly rows: FingerprintSet;
  /** Share of the training rows that equal another one: so often new rows equal one by chance. */
  readonly repeatedShare: number;
  /** Of ids; null without an id column. */
  readonly subscribers: FingerprintSet | null;
}

/** The fingerprints of training rows. */
export function trainingFingerprints(rows: FingerprintedRows, salt: string): TrainingFingerprints {
  const rising = rowFingerprints(rows, salt).sort();
  let repeated = 0;
  for (let i = 0; i < rising.length; i++) {
    if (rising[i] === rising[i - 1] || rising[i] === rising[i + 1]) repeated++;
  }
  return {
    rows: fingerprintSet(rising),
    repeatedShare: repeated / rising.length,
    subscribers: rows.ids === undefined ? null : fingerprintSet(differentIds(rows.ids)),
  };
}

/** The fingerprints of ids, each once, ascending. */
export function differentIds(ids: Float64Array): Uint32Array {
  const rising = Uint32Array.from(ids.filter((id) => id !== NO_ID)).sort();
  return rising.filter((id, i) => i === 0 || id !== rising[i - 1]);
}
