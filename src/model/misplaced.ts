/** A place in a model file, and what should stand there. */
export interface Misplaced {
  readonly at: string;
  readonly expected: string;
}

/** Notes what is out of place. */
export type Report = (at: string, expected: string) => void;
