import { invalidArgument } from "../errors.js";

/** A parser for an option that takes a whole number ≥ 0. */
export function wholeNumber(option: string): (text: string) => number {
  return (text) =>
    /^\d+$/.test(text)
      ? Number(text)
      : invalidArgument("holdfast", option, "must be a whole number ≥ 0", text);
}
