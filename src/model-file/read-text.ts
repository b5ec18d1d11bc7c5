import { HoldfastError, type ProblemCode } from "../errors.js";
import { readBytes } from "../files/byte-stream.js";

/** The longest text that every supported version of Node can hold, less some room. */
const MOST_BYTES = 500_000_000;
/** Models shrink to a quarter or so under gzip. What shrinks to a hundredth, beyond this size, is refused before it fills the memory. */
const MOST_RATIO = 100;
const SMALL_BYTES = 32_000_000;
/** Blanks before the JSON begins. */
const MOST_BLANKS = 4096;
const BLANKS = new Set([...Buffer.from(" \t\r\n\uFEFF")]);

/**
 * The text of a model file, unpacked when it is gzip, whatever its name. It is read piece by piece, and refused as soon as
 * it is too large or has nothing but blanks.
 * @throws HoldfastError `model.unreadable`, and `model.not-json` for blanks.
 */
export async function readModelText(path: string): Promise<string> {
  const refuse = (code: ProblemCode, expected: string): never => {
    throw new HoldfastError({ code, path: { file: path }, expected, received: undefined });
  };
  const pieces: Buffer[] = [];
  let size = 0;
  let stored = 0;
  let hasBegun = false;
  const onBytes = (done: number) => {
    stored = done;
  };
  const bytes = readBytes(path, { file: path }, onBytes, { anyName: true });
  try {
    for await (const piece of bytes) {
      size += piece.length;
      if (size > MOST_BYTES) refuse("model.unreadable", `must hold at most ${MOST_BYTES / 1e6} MB`);
      if (size > SMALL_BYTES && size > MOST_RATIO * stored) {
        refuse(
          "model.unreadable",
          `must not grow to more than ${MOST_RATIO} times its size when it is unpacked`,
        );
      }
      hasBegun ||= piece.some((byte) => !BLANKS.has(byte));
      if (!hasBegun && size > MOST_BLANKS) refuse("model.not-json", "must be JSON, it begins with blanks");
      pieces.push(piece);
    }
  } catch (error) {
    throw asModelError(error);
  }
  return Buffer.concat(pieces).toString("utf8");
}

/** Errors of files in general, as errors of a model file. */
function asModelError(error: unknown): unknown {
  if (!(error instanceof HoldfastError) || !error.code.startsWith("data.")) return error;
  return new HoldfastError(error.problems.map((problem) => ({ ...problem, code: "model.unreadable" })));
}
