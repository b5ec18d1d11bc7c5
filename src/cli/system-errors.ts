import { HoldfastError, type ProblemCode } from "../errors.js";

/** What the system says of a file, as what the file must be. */
const SENTENCES: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  ENOENT: ["data.unreadable", "must exist, there is no such file or folder"],
  EACCES: ["data.unreadable", "must be a file or folder that this user may use, permission is denied"],
  EPERM: ["data.unreadable", "must be a file or folder that this user may use, permission is denied"],
  EISDIR: ["data.unreadable", "must be a file, it is a folder"],
  ENOTDIR: ["data.unreadable", "must be a folder, part of the path is a file"],
  EEXIST: ["data.unwritable", "must be a folder or not exist yet, there is a file of this name"],
  ENOSPC: ["data.unwritable", "must fit, the disk is full"],
  EDQUOT: ["data.unwritable", "must fit, the disk quota is used up"],
  EROFS: ["data.unwritable", "must be on a file system that can be written to"],
  ENAMETOOLONG: ["data.unreadable", "must be a shorter path"],
  EMFILE: ["data.unreadable", "must be readable, too many files are open"],
};

/** An error of the system about a file as one that a user can act on; undefined for any other error. */
export function asFileProblem(error: unknown): HoldfastError | undefined {
  if (!(error instanceof Error) || error instanceof HoldfastError) return undefined;
  const { code = "", path } = error as NodeJS.ErrnoException;
  if (path === undefined || !Object.hasOwn(SENTENCES, code)) return undefined;
  const [problem, expected] = SENTENCES[code];
  return new HoldfastError({ code: problem, path: { file: path }, expected, received: undefined });
}
