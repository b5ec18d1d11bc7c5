import { findColumn, type Table } from "../table/table.js";
import {
  FINGERPRINTS,
  type FingerprintSet,
  type FoundFingerprints,
  lookUp,
} from "../vectors/fingerprints/fingerprint-set.js";
import { idFingerprints } from "../vectors/fingerprints/id-fingerprints.js";
import { rowFingerprints } from "../vectors/fingerprints/row-fingerprints.js";
import { differentIds } from "../vectors/fingerprints/training-fingerprints.js";
import type { Scorer } from "./scorer.js";

/** How much of a table a model saw when it was trained. */
export interface TrainedOn {
  /**
   * Rows that equal a training row as the model sees it: in all inputs, the label and, where there is one, the id. Null
   * where so few rows of so many could be looked up that none was.
   */
  readonly rows: number | null;
  readonly rowsShare: number | null;
  /** How many new rows of the same number would do so by chance, as often as training rows equal each other. */
  readonly rowsByChance: number;
  /** Whether there are more than chance explains. */
  readonly isBeyondChance: boolean;
  /** Whether `rows` is estimated: more different rows were trained on than the model keeps fingerprints of. */
  readonly isEstimate: boolean;
  /** Subscribers of the table that training knew, by their ids; null where the model has no id column. */
  readonly subscribers: KnownSubscribers | null;
}

/** Subscribers of a table that a model was trained on, by any of their rows. */
export interface KnownSubscribers {
  /** Different ids in the table. */
  readonly count: number;
  /** How many of them had rows in training; null where none could be looked up. */
  readonly known: number | null;
  /** Whether `known` is estimated. */
  readonly isEstimate: boolean;
}

/** So many standard deviations above its expectation a count is no chance; in simulations at most 3.8 were chance. */
const DEVIATIONS = 4;

/**
 * Looks up rows and subscribers of a table that the model can read. Null where the model keeps no fingerprints, or the
 * table has no column of its ids.
 */
export function trainedOn(scorer: Scorer, table: Table, labels: Uint8Array): TrainedOn | null {
  const { fingerprints, id, inputs, training } = scorer.content;
  const idColumn = id === null ? undefined : findColumn(table, id);
  if (fingerprints === null || (id !== null && idColumn === undefined)) return null;
  const salt = training.dataFingerprint;
  const ids = idColumn && idFingerprints(idColumn, salt);
  const features = scorer.vectorizer.transform(table, undefined, true).features.slice(0, inputs.length);
  const { rows: known, repeatedShare, subscribers } = fingerprints;
  const found = lookUp(rowFingerprints({ features, labels, ids }, salt), known);
  const rows = scaledUp(found, table.rowCount);
  // Two different rows have the same fingerprint once in 2³².
  const byChance = repeatedShare + known.count / FINGERPRINTS;
  const expected = found.checked * byChance;
  return {
    rows,
    rowsShare: rows === null ? null : rows / table.rowCount,
    rowsByChance: Math.round(table.rowCount * byChance),
    isBeyondChance:
      found.found > expected + DEVIATIONS * chanceDeviation(found.checked, expected, training.rows, ids),
    isEstimate: known.below < FINGERPRINTS,
    subscribers: subscribers && ids ? knownSubscribers(differentIds(ids), subscribers) : null,
  };
}

/**
 * The standard deviation of how many of some rows equal a training row by chance. How often that is was learned from
 * training rows only, which repeat in pairs; where rows have no ids, one pair more could have been among them.
 */
function chanceDeviation(checked: number, expected: number, trainingRows: number, ids: unknown): number {
  const perRow = checked / trainingRows;
  const onePairMore = ids === undefined ? 2 * perRow : 0;
  return Math.sqrt((expected + onePairMore) * (1 + 2 * perRow));
}

/** Looks up the ids of a table, each once; those that share a fingerprint by chance are not known. */
export function knownSubscribers(ids: Uint32Array, set: FingerprintSet): KnownSubscribers {
  const { checked, found } = lookUp(ids, set);
  // Among millions of ids some have the fingerprint of another one.
  const expected = checked * (set.count / FINGERPRINTS);
  const isChance = found <= expected + DEVIATIONS * Math.sqrt(expected);
  return {
    count: ids.length,
    known: scaledUp({ checked, found: isChance ? 0 : found }, ids.length),
    isEstimate: set.below < FINGERPRINTS,
  };
}

/** From those that could be looked up to all; exact where these are all. */
function scaledUp({ checked, found }: FoundFingerprints, all: number): number | null {
  if (checked === 0) return all === 0 ? 0 : null;
  return Math.round((all * found) / checked);
}
