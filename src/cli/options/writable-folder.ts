import { access, constants, stat } from "node:fs/promises";
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

/** Checks before long work that a folder, which is made where it does not exist, is no file. @throws HoldfastError `data.unwritable`. */
export async function checkNoFile(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined || found.isDirectory()) return;
  throw new HoldfastError({
    code: "data.unwritable",
    path: { file: folder },
    expected: "must be a folder, it is a file",
    received: undefined,
  });
}

/** @throws HoldfastError for the path of a model that does not end in `.json` or `.json.gz`. */
export function checkModelPath(command: string, out: string): void {
  if (/\.json(?:\.gz)?$/iu.test(out)) return;
  invalidArgument(command, "--out", "must end in .json or .json.gz", out);
}
