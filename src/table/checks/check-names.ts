import { invalidArgument } from "../../errors.js";

/** @throws HoldfastError for anything but an array of names; the hint makes one of a single name. */
export function checkNames(functionName: string, names: unknown): asserts names is readonly string[] {
  if (Array.isArray(names)) return;
  const hint = typeof names === "string" ? `write [${JSON.stringify(names)}]` : undefined;
  invalidArgument(functionName, "names", "must be an array of names", names, hint);
}
