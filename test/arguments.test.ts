import { describe, expect, test } from "vitest";
import { checkOptions, checkTexts, namedErrors, type OptionNames, optionProblems } from "../src/arguments.js";
import { HoldfastError, invalidArgument } from "../src/errors.js";
import { errorOf, thrownBy } from "./support/thrown.js";

interface Options {
  readonly label: string;
  readonly rounds?: number;
  readonly onProgress?: () => void;
}
const NAMES: OptionNames<Options> = { label: "required", rounds: "optional", onProgress: "optional" };

describe("checkOptions", () => {
  test("takes what is right, and an undefined value for an option that is not given", () => {
    expect(() => checkOptions("train", { label: "churn", rounds: undefined }, NAMES)).not.toThrow();
  });

  test("names all unknown and missing options at once, with what was meant", () => {
    const problems = optionProblems("train", { Rounds: 1, n_estimators: 2, foo: 3 }, NAMES);
    expect(problems.map(({ code, path, hint }) => [code, path.argument, hint])).toEqual([
      ["argument.invalid", "Rounds", 'did you mean "rounds"?'],
      ["argument.invalid", "n_estimators", 'did you mean "rounds"?'],
      ["argument.invalid", "foo", undefined],
      ["argument.missing", "label", undefined],
    ]);
    expect(problems[2].expected).toBe("must be an option of train: label, rounds, onProgress");
  });

  test.each([["churn"], [null], [["churn"]], [3], [Promise.resolve({})]])(
    "refuses %s for options",
    (given) => {
      const error = errorOf(() => checkOptions("train", given, NAMES));
      expect(error.path).toEqual({ function: "train", argument: "options" });
      expect(error.expected).toBe("must be an object such as { label: … }");
    },
  );

  test("names options within an option", () => {
    const [problem] = optionProblems("train", { rate: 1 }, { rates: "optional" }, "sampling");
    expect(problem.path.argument).toBe("sampling.rate");
  });

  test("does not take the members of every object for options", () => {
    expect(optionProblems("train", { label: "x", toString: 1 }, NAMES)).toHaveLength(1);
  });
});

test("checkTexts makes a list of a single text in its hint", () => {
  expect(() => checkTexts("train", "exclude", [])).not.toThrow();
  expect(errorOf(() => checkTexts("train", "exclude", "id")).hint).toBe('put it into a list: ["id"]');
  expect(errorOf(() => checkTexts("train", "exclude", [1])).hint).toBeUndefined();
});

describe("namedErrors", () => {
  const inner = (): never => invalidArgument("riskTiers", "by", "must be a rule", 3);
  const placeOf = ({ argument, ...path }: { argument?: string }) => ({
    ...path,
    argument: `tiers.${argument}`,
  });

  test("gives errors the name of the public function and where the caller passed the value", async () => {
    const path = { function: "train", argument: "tiers.by" };
    expect(errorOf(() => namedErrors("train", inner, placeOf)).path).toEqual(path);
    expect((await thrownBy(() => namedErrors("train", async () => inner(), placeOf))).path).toEqual(path);
  });

  test("passes results, other errors and aborts through", async () => {
    expect(namedErrors("train", () => 3)).toBe(3);
    const other = new TypeError("of a callback");
    expect(() =>
      namedErrors("train", () => {
        throw other;
      }),
    ).toThrow(other);
    const aborted = new HoldfastError({
      code: "aborted",
      path: {},
      expected: "aborted",
      received: undefined,
    });
    const fail = () => {
      throw aborted;
    };
    expect(errorOf(() => namedErrors("train", fail))).toBe(aborted);
  });
});
