import { HoldfastError } from "../../src/errors.js";

/** The HoldfastError that a call throws or rejects with; anything else fails the test. */
export async function thrownBy(call: () => unknown): Promise<HoldfastError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof HoldfastError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
