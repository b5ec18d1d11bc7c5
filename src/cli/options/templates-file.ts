import { readFile } from "node:fs/promises";
import { HoldfastError } from "../../errors.js";
import type { ReasonTemplates } from "../../explain/reasons/templates.js";

/**
 * Reads the file of `--templates`, a JSON object of sentences by column, which the library checks.
 * @throws HoldfastError for a file that can't be read, and for one that is not JSON.
 */
export async function readTemplates(path: string): Promise<ReasonTemplates> {
  const fail = (code: "data.unreadable" | "data.malformed", expected: string, hint?: string): never => {
    const about = { code, path: { file: path }, expected, received: undefined };
    throw new HoldfastError(hint === undefined ? about : { ...about, hint });
  };
  const text = await readFile(path, "utf8").catch(() =>
    fail("data.unreadable", "must be a file that can be read"),
  );
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, "")) as ReasonTemplates;
  } catch {
    const hint = 'write it like {"tenure": "a subscriber for {value} months"}';
    return fail("data.malformed", "must be a JSON object of sentences by column", hint);
  }
}
