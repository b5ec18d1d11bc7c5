import fc from "fast-check";

/** A row of a random sample. */
export interface SampleRow {
  readonly label: number;
  /** Twentieths, so that ties are frequent. */
  readonly level: number;
  /** Another score. */
  readonly otherLevel: number;
  readonly weight: number;
}

const row = (label: fc.Arbitrary<number>, weight: fc.Arbitrary<number>): fc.Arbitrary<SampleRow> =>
  fc.record({
    label,
    level: fc.integer({ min: 1, max: 19 }),
    otherLevel: fc.integer({ min: 1, max: 9 }),
    weight,
  });

/** Samples in which both classes have two rows of weight 1, and so at least two effective rows. */
export const sampleRows = fc
  .tuple(
    fc.array(row(fc.constant(1), fc.constant(1)), { minLength: 2, maxLength: 2 }),
    fc.array(row(fc.constant(0), fc.constant(1)), { minLength: 2, maxLength: 2 }),
    fc.array(row(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 3 })), { maxLength: 40 }),
  )
  .map(([churners, others, rest]) => [...rest, ...churners, ...others]);

export const labelsOf = (rows: readonly SampleRow[]) => rows.map(({ label }) => label);
export const probabilitiesOf = (rows: readonly SampleRow[]) => rows.map(({ level }) => level / 20);
export const otherScoresOf = (rows: readonly SampleRow[]) => rows.map(({ otherLevel }) => otherLevel);
export const weightsOf = (rows: readonly SampleRow[]) => rows.map(({ weight }) => weight);
