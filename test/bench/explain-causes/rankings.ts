import { REASONS } from "./topic-contributions.js";

/** How the topics of a row are ranked: a number per topic, the greatest first. */
export interface Ranking {
  readonly name: string;
  readonly scoreOf: (contribution: number, topic: number) => number;
}

/**
 * By what a topic adds to the margin; and by what it adds beyond its mean, over the square root of its spread, so that a topic
 * that adds much to many does not hide one that adds to few.
 * @param usual contributions of rows of all subscribers, row-major.
 */
export function rankingsFrom(usual: Float64Array): Ranking[] {
  const width = REASONS.length;
  const rowCount = usual.length / width;
  const means = new Float64Array(width);
  const squares = new Float64Array(width);
  usual.forEach((value, i) => {
    means[i % width] += value / rowCount;
    squares[i % width] += (value * value) / rowCount;
  });
  const roots = squares.map((square, t) => Math.max(square - means[t] ** 2, 1e-12) ** 0.25);
  return [
    { name: "by contribution", scoreOf: (contribution) => contribution },
    { name: "by spread", scoreOf: (contribution, t) => (contribution - means[t]) / roots[t] },
  ];
}

/** The topics of one row. */
export function rankedTopics(contributions: Float64Array, { scoreOf }: Ranking): string[] {
  const scores = Float64Array.from(contributions, scoreOf);
  return [...REASONS.keys()].sort((a, b) => scores[b] - scores[a]).map((topic) => REASONS[topic]);
}
