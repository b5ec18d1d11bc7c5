import { expect, test } from "vitest";
import { thrownBy } from "../support/thrown.js";

/** A wrong call that a newcomer makes, and what the error must say about it. */
export interface Mistake {
  /** What the newcomer did. */
  readonly name: string;
  readonly call: () => unknown;
  /** Of the first problem: the function and the argument that the caller wrote. */
  readonly path: { readonly function: string; readonly argument?: string };
  /** What the message says, the hint above all. */
  readonly says: RegExp;
}

/** One test for each mistake: it ends in a HoldfastError that names what the caller wrote and says what to do. */
export function testMistakes(mistakes: readonly Mistake[]): void {
  test.each(mistakes)("$name", async ({ call, path, says }) => {
    const error = await thrownBy(call);
    expect(error.path).toMatchObject(path);
    expect(error.message).toMatch(says);
  });
}
