import { access, constants } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { HoldfastError, invalidArgument } from "../../errors.js";

/** Checks before long work that a file can be written after it. @throws HoldfastError `data.unwritable`. */
export async function checkFolderOf(out: string): Promise<void> {
  const folder = dirname(resolve(out));
  await access(folder, constants.W_OK).catch(() => {
    throw new HoldfastError({
      code: "data.unwritable",
      path: { file: out },
      expected: "must lie in a folder that exists and can be written to",
      received: folder,
    });
  });
}

/** @throws HoldfastError for the path of a model that does not end in `.json` or `.json.gz`. */
export function checkModelPath(command: string, out: string): void {
  if (/\.json(?:\.gz)?$/iu.test(out)) return;
  invalidArgument(command, "--out", "must end in .json or .json.gz", out);
}
