import { mean, median } from "simple-statistics";
import { difference, isNumber, type Series } from "./known-values.js";
import { neighboursAt, sidesAt } from "./neighbours.js";
import { robustScale } from "./robust-scale.js";
import { stl } from "./stl.js";

/** What values of a series are compared with. */
export type Comparison = "season" | "year before" | "neighbours";

/** A series without what is usual in it; lists have one place per value that is compared. */
export interface SeriesRest {
  /** Where in the series. */
  readonly places: readonly number[];
  /** Without the season. */
  readonly level: readonly number[];
  /** Without the season and the trend, in standard deviations: how odd a value is. */
  readonly z: readonly number[];
  /** What is expected at a place of the series, whether or not its value is known. */
  readonly expectedAt: (place: number) => number;
}

/**
 * What a series is long enough for. A season needs three values per month: with two, each is as far from their mean as the other, and
 * which one is odd is seen by the neighbours only.
 */
export function comparisonOf(series: Series, period: number): Comparison {
  const count = series.filter(isNumber).length;
  if (count >= 3 * period) return "season";
  const changes = changesOf(series, period).filter(isNumber).length;
  return 2 * changes >= period ? "year before" : "neighbours";
}

export function restOf(series: Series, period: number, comparison: Comparison): SeriesRest {
  if (comparison === "season") return restOfStl(series, period);
  if (comparison === "neighbours") {
    return restOfNeighbours(series, (place) => neighboursAt(series, place) ?? 0);
  }
  const changes = changesOf(series, period);
  return restOfNeighbours(changes, (place) => {
    const usual = (at: number) => neighboursAt(changes, at) ?? 0;
    const [before, after] = [series[place - period] ?? null, series[place + period] ?? null];
    if (before !== null) return before + usual(place);
    return after === null ? (neighboursAt(series, place) ?? 0) : after - usual(place + period);
  });
}

/** Without robustness weights: in short series, they would make the values that fit best fit perfectly, and others odd. */
function restOfStl(series: Series, period: number): SeriesRest {
  const parts = stl(series, { period, window: "periodic", robust: false });
  const seasonal = meansOfPhases(parts.seasonal, period);
  const { trend } = parts;
  const places = placesOf(series);
  const level = places.map((place) => (series[place] ?? 0) - seasonal[place]);
  const rest = level.map((value, at) => value - trend[places[at]]);
  const { centre, scale } = robustScale(rest);
  return {
    places,
    level,
    z: rest.map((value) => (scale > 0 ? (value - centre) / scale : 0)),
    expectedAt: (place) => trend[place] + seasonal[place],
  };
}

/** The same season every year: the windows favour near years by about a thousandth, which looks like a step between years. */
function meansOfPhases(values: Float64Array, period: number): Float64Array {
  return values.map((_, at) => mean([...values.filter((_, other) => other % period === at % period)]));
}

/** A value is odd that is higher, or lower, than those before and than those after: at a shift of the level, none is. */
function restOfNeighbours(compared: Series, expectedAt: (place: number) => number): SeriesRest {
  const slope = usualSlope(compared);
  const flat = compared.map((value, at) => (value === null ? null : value - slope * at));
  const places = placesOf(compared);
  const { scale } = robustScale(
    places.map((place) => difference(flat[place], neighboursAt(flat, place)) ?? 0),
  );
  const oddness = places.map((place) => {
    const differences = sidesAt(flat, place).map((side) => difference(flat[place], side) ?? 0);
    const isAbove = differences.every((each) => each > 0);
    const isOdd = isAbove || differences.every((each) => each < 0);
    // A value without known neighbours is not odd.
    return isOdd && differences.length > 0
      ? differences.reduce((least, each) => (Math.abs(each) < Math.abs(least) ? each : least))
      : 0;
  });
  return {
    places,
    level: flat.filter(isNumber),
    z: oddness.map((value) => (scale > 0 ? value / scale : 0)),
    expectedAt,
  };
}

/** The median slope between all pairs (Theil 1950; Sen 1968). */
function usualSlope(series: Series): number {
  const slopes = series.flatMap((value, at) =>
    series.slice(0, at).flatMap((before, other) => {
      const rise = difference(value, before);
      return rise === null ? [] : [rise / (at - other)];
    }),
  );
  return slopes.length > 0 ? median(slopes) : 0;
}

function changesOf(series: Series, period: number): Series {
  return series.map((value, at) => difference(value, series[at - period] ?? null));
}

function placesOf(series: Series): readonly number[] {
  return series.flatMap((value, at) => (value === null ? [] : [at]));
}
