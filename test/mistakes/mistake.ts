import { expect, test } from "vitest";
import { HoldfastError } from "../../src/errors.js";

/** A wrong call, and how it must be answered. */
export interface Mistake {
  /** What the caller did. */
  readonly name: string;
  readonly call: () => unknown;
  /** Where the error says the problem is. */
  readonly path: { readonly function: string; readonly argument?: string };
  /** What the message must say, hint included. */
  readonly says: RegExp;
}

/** One test for each mistake: a HoldfastError at the function and argument that the caller wrote, with help. */
export function testMistakes(mistakes: readonly Mistake[]): void {
  test.each(mistakes.map((mistake): [string, Mistake] => [mistake.name, mistake]))(
    "%s",
    async (_, mistake) => {
      const error = await errorOf(mistake.call);
      expect(error, String(error)).toBeInstanceOf(HoldfastError);
      const { path, message } = error as HoldfastError;
      expect({ function: path.function, argument: path.argument }).toEqual({
        argument: undefined,
        ...mistake.path,
      });
      expect(message).toMatch(mistake.says);
      expect(message).not.toMatch(/undefined \(reading|is not a function|is not iterable/u);
    },
  );
}

async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return "no error";
}
