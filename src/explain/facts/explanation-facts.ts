import { Explainers } from "../../classifiers/explainers.js";
import type { ClassifierFamily } from "../../classifiers/family.js";
import type { ReferenceDistribution } from "../../vectors/reference-distribution.js";
import { copyRows, type Feature, takeVectorRows, type Vectors } from "../../vectors/vectors.js";
import { alikeFeatures } from "./alike-features.js";
import { binReader } from "./bin-rates.js";
import { categoriesApart } from "./categories-apart.js";
import { contributionNoise, type FoldModels } from "./contribution-noise.js";
import type { ExplanationFacts, FeatureFacts, FeatureNote } from "./feature-facts.js";
import { rangesWithin } from "./ranges-within.js";
import { looksSensitive } from "./sensitive-names.js";

/** What the facts of a model are found from. */
export interface FactSources {
  /** Training rows: inputs, then totals. */
  readonly vectors: Vectors;
  readonly labels: Uint8Array;
  readonly weights: Float64Array | undefined;
  readonly reference: ReferenceDistribution;
  readonly foldModels: readonly FoldModels[];
  readonly foldCount: number;
  /** By which margins are spread before calibration. */
  readonly spreadFactor: number;
  readonly notes: readonly FeatureNote[];
  /** Families of the caller. */
  readonly families: readonly ClassifierFamily[];
}

/** Rows that the noise of contributions is estimated on. */
const ROWS = 200;
/** Digits of noise: it decides about what is clearly more. */
const DIGITS = 3;

/** What is kept of the training rows for explanations. */
export async function explanationFacts(sources: FactSources): Promise<ExplanationFacts> {
  const { vectors, reference, notes } = sources;
  const noise = await noiseOf(sources);
  const noteOf = new Map(notes.map((note) => [note.name, note]));
  const features = vectors.features.map((feature, position): FeatureFacts => {
    const { name } = feature;
    const { family, familyWhenMissing, description, unit, direction, ...marks } = noteOf.get(name) ?? {
      name,
    };
    const { actionable = false, changeable = actionable, isReason = true } = marks;
    const { sensitive = looksSensitive(name) } = marks;
    const isInput = position < reference.inputs.length;
    return {
      ...(family === undefined ? {} : { family }),
      ...(familyWhenMissing === undefined ? {} : { familyWhenMissing }),
      ...(description === undefined ? {} : { description }),
      ...(unit === undefined ? {} : { unit }),
      ...(actionable ? { actionable } : {}),
      ...(changeable ? { changeable } : {}),
      ...(sensitive ? { sensitive } : {}),
      ...(isReason ? {} : { isReason }),
      ...(direction === undefined ? {} : { direction }),
      noise: Number((sources.spreadFactor * noise[position]).toPrecision(DIGITS)),
      ...(isInput ? { churned: churnedOf(feature, position, sources) } : {}),
    };
  });
  const isChangeable = (position: number) => features[position].changeable === true;
  const apart = categoriesApart(vectors, isChangeable);
  const within = rangesWithin(vectors, isChangeable);
  return {
    features,
    alike: alikeFeatures(vectors),
    ...(apart.length === 0 ? {} : { apart }),
    ...(within.length === 0 ? {} : { within }),
  };
}

async function noiseOf({ vectors, foldModels, foldCount, families }: FactSources): Promise<Float64Array> {
  const width = vectors.features.length;
  const count = Math.min(ROWS, vectors.rowCount);
  const chosen = Int32Array.from({ length: count }, (_, i) => Math.floor((i * vectors.rowCount) / count));
  const rows = new Float64Array(count * width);
  copyRows(takeVectorRows(vectors, chosen), 0, count, rows);
  return contributionNoise(await Explainers.load(families), foldModels, { rows, width }, foldCount);
}

/** The weight of churners in each bin of the reference distribution. */
function churnedOf(feature: Feature, position: number, sources: FactSources): number[] {
  const { reference, labels, weights } = sources;
  const bins = reference.inputs[position];
  const churned = new Array<number>(bins.counts.length + 1).fill(0);
  const binOf = binReader(bins);
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === 0) continue;
    const bin = binOf(feature.kind === "numeric" ? feature.values[row] : numberOfCode(feature.codes[row]));
    churned[bin] += weights === undefined ? 1 : weights[row];
  }
  return churned;
}

/** A code as rows of numbers have it. */
function numberOfCode(code: number): number {
  return code < 0 ? Number.NaN : code;
}
