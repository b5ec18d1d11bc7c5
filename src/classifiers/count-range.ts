import { count } from "../errors.js";

/** The range of some numbers with its noun: `countRange([3, 5], "tree")` is `"3 to 5 trees"`, of `[1, 1]` it is `"1 tree"`. */
export function countRange(numbers: readonly number[], noun: string): string {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? count(most, noun) : `${least.toLocaleString("en-US")} to ${count(most, noun)}`;
}
