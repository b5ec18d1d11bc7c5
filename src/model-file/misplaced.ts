/** A place in a model file, and what should stand there. */
export interface Misplaced {
  readonly at: string;
  readonly expected: string;
}

/** Notes what is out of place. */
export type Report = (at: string, expected: string) => void;

/** Whether numbers rise, strictly or not. */
export function rises(values: readonly number[], strictly: boolean): boolean {
  return values.every(
    (value, i) => i === 0 || value > values[i - 1] || (!strictly && value === values[i - 1]),
  );
}
