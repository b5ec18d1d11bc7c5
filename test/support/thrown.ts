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

/** The HoldfastError that a call throws at once, for functions that return no promise. */
export function errorOf(call: () => unknown): HoldfastError {
  try {
    call();
  } catch (error) {
    if (error instanceof HoldfastError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
