import type { Pulse } from "../../../progress.js";
import type { CategoricalInput, InputColumn } from "../../../vectors/input-column.js";
import { valuesOf } from "../changed-inputs.js";
import type { CurvePoint, DependenceCurve } from "../explanation.js";
import { levelOf, massesOfCodes } from "../levels.js";
import type { ExplainedRows, Subject } from "../subject.js";
import { gridOf, histogramAt } from "./grid.js";
import { localEffects } from "./local-effects.js";
import { meanPredictions } from "./mean-predictions.js";

const NO_ORDER = "categories have no order along which effects could be accumulated";
const ONE_VALUE = "these rows have a single value";
const NO_VALUE = "these rows have no values";

/**
 * Partial dependence at the quantiles of an input, or at its categories, with the share of the rows there; accumulated local
 * effects of numbers. Missing values are a point after the others where rows have them.
 * @param rows over which partial dependence is averaged.
 * @param all rows, which the grid, shares and local effects are of.
 * @param most points of a number.
 */
export async function dependenceCurve(
  subject: Subject,
  rows: ExplainedRows,
  all: ExplainedRows,
  position: number,
  most: number,
  pulse: Pulse,
): Promise<DependenceCurve> {
  const input = subject.inputs[position];
  const { places, noLocalEffects } =
    input.kind === "categorical"
      ? levelPlaces(input, all, position)
      : numberPlaces(input, all, position, most);
  const grid = places.flatMap(({ value, isMissing }) => (isMissing ? [] : [value]));
  const points = places.map(({ value }) => [value]);
  const predicted = await meanPredictions(subject, rows, [position], points, pulse);
  const local = noLocalEffects === null ? localEffects(subject, all, position, grid) : undefined;
  return {
    input: input.name,
    kind: input.kind,
    points: places.map(({ value, isMissing, level, share, density }, k): CurvePoint => {
      const effect = isMissing ? undefined : local?.[k];
      return {
        value: level === null ? value : null,
        level,
        share,
        density,
        probability: predicted[k].probability,
        margin: predicted[k].margin,
        localProbability: effect?.probability ?? null,
        localMargin: effect?.margin ?? null,
      };
    }),
    noLocalEffects,
  };
}

interface Place extends Pick<CurvePoint, "level" | "share" | "density"> {
  /** As classifiers read it. */
  readonly value: number;
  readonly isMissing: boolean;
}

interface Places {
  readonly places: readonly Place[];
  readonly noLocalEffects: string | null;
}

function numberPlaces(
  _: InputColumn,
  { vectors, weights }: ExplainedRows,
  position: number,
  most: number,
): Places {
  const values = valuesOf(vectors.features[position]);
  const grid = gridOf(values, weights, most);
  const cells = histogramAt(grid, values, weights);
  const present = cells.reduce((sum, { share }) => sum + share, 0);
  const isMissing = values.some(Number.isNaN);
  const missing = { value: Number.NaN, level: "missing", share: 1 - present, density: null, isMissing: true };
  return {
    places: [
      ...grid.map((value, k) => ({ value, level: null, ...cells[k], isMissing: false })),
      ...(isMissing ? [missing] : []),
    ],
    noLocalEffects: grid.length > 1 ? null : grid.length === 1 ? ONE_VALUE : NO_VALUE,
  };
}

/** The most frequent first, missing values last. */
function levelPlaces(input: CategoricalInput, { vectors, weights }: ExplainedRows, position: number): Places {
  const values = valuesOf(vectors.features[position]);
  const places = massesOfCodes(values, weights).map(({ code, share }) => ({
    value: code,
    level: levelOf(input.levels, code),
    share,
    density: null,
    isMissing: Number.isNaN(code),
  }));
  return { places, noLocalEffects: NO_ORDER };
}
