import { argumentProblem, HoldfastError } from "../../../errors.js";
import { hintOf, isList, isObject } from "../../drawing/check-data.js";
import { nameOf } from "../../drawing/text.js";
import { MOST_SERIES } from "../curves/source.js";

/** One list of points, or several by name, to be drawn together. */
export type SeriesSource<Point> = readonly Point[] | { readonly [name: string]: readonly Point[] };

/** A series whose points have not been checked. */
export interface NamedSeries<Point> {
  /** Null where there is only one. */
  readonly name: string | null;
  /** Where the caller passed it. */
  readonly argument: string;
  readonly points: readonly Point[];
}

/** The series of a source. @throws HoldfastError where it is neither a list nor lists by name, or holds too many. */
export function seriesOf<Point>(
  functionName: string,
  argument: string,
  source: unknown,
): NamedSeries<Point>[] {
  if (isList(source)) return [{ name: null, argument, points: source as unknown as readonly Point[] }];
  const named = isObject(source) ? Object.entries(source) : [];
  if (named.length === 0 || !named.every(([, points]) => isList(points))) {
    const expected = "must be a list of points, or several lists by name";
    throw new HoldfastError(argumentProblem(functionName, argument, expected, source, hintOf(source)));
  }
  if (named.length > MOST_SERIES) {
    const expected = `must be at most ${MOST_SERIES} by name, which is how many can be told apart`;
    throw new HoldfastError(argumentProblem(functionName, argument, expected, named.length));
  }
  return named.map(([name, points]) => ({
    name: nameOf(name),
    argument: `${argument}.${name}`,
    points: points as readonly Point[],
  }));
}
