import { HoldfastError } from "../../errors.js";

export type Arrow = typeof import("apache-arrow");

/** Loads Arrow when it is first needed. @throws HoldfastError `dependency.missing` when it is not installed. */
export async function loadArrow(): Promise<Arrow> {
  try {
    return await import("apache-arrow");
  } catch (error) {
    throw new HoldfastError({
      code: "dependency.missing",
      path: {},
      expected: "must have apache-arrow installed to read and write Arrow streams",
      received: undefined,
      hint: `npm install apache-arrow; ${error instanceof Error ? error.message.split("\n", 1)[0] : error}`,
    });
  }
}
