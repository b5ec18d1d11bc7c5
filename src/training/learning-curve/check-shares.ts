import { argumentProblem, HoldfastError, invalidArgument } from "../../errors.js";

const EXPECTED =
  "must be a list of numbers above 0 and up to 1, each above the one before, such as [0.25, 0.5, 1]";

/** Makes sure that shares of the rows are in (0, 1] and rise, and that one is below 1. @throws HoldfastError for others. */
export function checkShares(functionName: string, shares: unknown): asserts shares is readonly number[] {
  if (!Array.isArray(shares)) {
    const hint = typeof shares === "number" ? `put it into a list: [${shares}]` : undefined;
    invalidArgument(functionName, "shares", EXPECTED, shares, hint);
  }
  if (shares.length === 0 || shares[0] === 1)
    invalidArgument(functionName, "shares", "must have a share below 1", shares);
  const problems = shares.flatMap((share: unknown, i) => {
    const add = (expected: string, hint?: string) => [
      argumentProblem(functionName, `shares[${i}]`, expected, share, hint),
    ];
    if (!(typeof share === "number" && share > 0 && share <= 1)) {
      const isPercent = typeof share === "number" && share > 1 && share <= 100;
      return add(
        "must be a number above 0 and up to 1",
        isPercent ? `${share}% is ${share / 100}` : undefined,
      );
    }
    return i > 0 && share <= shares[i - 1] ? add("must be above the share before it") : [];
  });
  if (problems.length > 0) throw new HoldfastError(problems);
}
