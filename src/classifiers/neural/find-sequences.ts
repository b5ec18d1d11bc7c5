import { Problems } from "../../errors.js";
import type { Vectors } from "../../vectors/vectors.js";

const MONTHS_AGO = /^(.+?)_(?:m|lag_?)(\d{1,3})$/i;
const CALENDAR_MONTH = /^(.+?)_((?:19|20)\d\d)[_-]?(0[1-9]|1[0-2])$/;
/** Two months are only a difference, which the rest of the network can learn. */
const LEAST_MONTHS = 3;

/**
 * Positions of monthly columns, oldest first, one list a measure.
 * @throws HoldfastError for names that are not numeric features, and measures of fewer than two months.
 */
export function sequencePositions(
  { features }: Vectors,
  sequences: "auto" | readonly (readonly string[])[],
): number[][] {
  if (sequences === "auto") return recognised({ features });
  const problems = new Problems();
  const positions = sequences.map((names, s) => {
    const path = { function: "neuralNetwork", argument: `sequences[${s}]` };
    if (names.length < 2)
      problems.add({
        code: "argument.invalid",
        path,
        expected: "must name two months or more",
        received: names,
      });
    return names.map((name) => {
      const position = features.findIndex((feature) => feature.name === name && feature.kind === "numeric");
      if (position < 0)
        problems.add({
          code: "data.missing-column",
          path: { ...path, column: name },
          expected: "must be a numeric feature",
          received: undefined,
        });
      return position;
    });
  });
  problems.throwIfAny();
  return positions;
}

function recognised({ features }: Pick<Vectors, "features">): number[][] {
  const measures = new Map<string, { readonly position: number; readonly age: number }[]>();
  features.forEach(({ kind, name }, position) => {
    if (kind !== "numeric") return;
    const ago = MONTHS_AGO.exec(name);
    const calendar = ago === null ? CALENDAR_MONTH.exec(name) : null;
    if (ago !== null) note(`${ago[1]} ago`, position, Number(ago[2]));
    else if (calendar !== null)
      note(`${calendar[1]} of`, position, -(12 * Number(calendar[2]) + Number(calendar[3])));
  });
  function note(measure: string, position: number, age: number): void {
    const months = measures.get(measure) ?? [];
    months.push({ position, age });
    measures.set(measure, months);
  }
  return [...measures.values()]
    .map((months) => months.sort((a, b) => b.age - a.age))
    .filter(
      (months) =>
        months.length >= LEAST_MONTHS && months[0].age - months[months.length - 1].age === months.length - 1,
    )
    .map((months) => months.map(({ position }) => position));
}
