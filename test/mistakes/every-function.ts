import { describe, expect, test } from "vitest";
import { thrownBy } from "../support/thrown.js";
import type { Mistake } from "./mistake.js";

/** A function that can be called as JavaScript allows it. */
export type Untyped = (...given: readonly unknown[]) => unknown;

/** The functions of an entry point, to be called as JavaScript allows it. */
export function untypedOf<Exports extends object>(
  exports: Exports,
): Readonly<Record<keyof Exports, Untyped>> {
  return exports as Readonly<Record<keyof Exports, Untyped>>;
}

/** A row of a table of mistakes. */
export function mistake(
  name: string,
  call: () => unknown,
  functionName: string,
  argument: string,
  says: RegExp,
): Mistake {
  return { name, call, path: { function: functionName, argument }, says };
}

/** Wrong arguments that no function takes. */
const NONSENSE: readonly [string, readonly unknown[]][] = [
  ["without arguments", []],
  ["of null", [null, null, null, null, null]],
  ["of texts", ["a", "b", "c", "d", "e"]],
  ["of numbers", [1, 2, 3, 4, 5]],
  ["of objects", [{}, {}, {}, {}, {}]],
  ["of promises", Array.from({ length: 5 }, () => Promise.resolve([]))],
  ["of functions", Array.from({ length: 5 }, () => () => undefined)],
];

/** Each of these functions refuses nonsense by a HoldfastError whose problems all name that function. */
export function testNonsense(functions: Readonly<Record<string, Untyped>>): void {
  describe.each(Object.entries(functions))("%s", (name, call) => {
    test.each(NONSENSE)("%s names itself", async (_, given) => {
      const { problems } = await thrownBy(() => call(...given));
      expect(new Set(problems.map(({ path }) => path.function))).toEqual(new Set([name]));
    });
  });
}
