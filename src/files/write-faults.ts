import { HoldfastError } from "../errors.js";

/** The error to throw when writing failed: `data.unwritable` with the path for one of the file system, others as they are. */
export function unwritableIfSystem(path: string, error: unknown): unknown {
  if (isSystemError(error)) return unwritable(path, error);
  return isDuckDBFault(error)
    ? unwritable(path, Object.assign(error, { code: codeIn(error.message) }))
    : error;
}

/** Runs steps of writing a file, with errors as of {@link unwritableIfSystem}. */
export function writingTo(path: string): <Result>(work: () => Promise<Result>) => Promise<Result> {
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      throw unwritableIfSystem(path, error);
    }
  };
}

/** What the system says of a file or folder that cannot be written, as a problem of `data.unwritable`. */
export function unwritable(path: string, error?: NodeJS.ErrnoException, expected?: string): HoldfastError {
  const sentence = expected ?? REASONS[error?.code ?? ""];
  return new HoldfastError({
    code: "data.unwritable",
    path: { file: path },
    expected: sentence ?? "must be writable",
    received: undefined,
    ...(sentence === undefined && error !== undefined ? { hint: error.message } : {}),
  });
}

/** Whether DuckDB could not write a temporary file of this library: it reports that in a text. */
function isDuckDBFault(error: unknown): error is Error {
  return error instanceof Error && /^IO Error: .*\.tmp(?:-parts\/\d+\.parquet)?"/s.test(error.message);
}

/** The code of the reason that the system's text names. */
function codeIn(message: string): string | undefined {
  return Object.keys(TEXTS).find((code) => message.includes(TEXTS[code]));
}

const TEXTS: Readonly<Record<string, string>> = {
  ENOENT: "No such file or directory",
  EACCES: "Permission denied",
  EROFS: "Read-only file system",
  ENOSPC: "No space left on device",
  EDQUOT: "Disk quota exceeded",
  EFBIG: "File too large",
  EIO: "Input/output error",
  EMFILE: "Too many open files",
};

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "must lie in a folder that exists",
  ENOTDIR: "must lie in a folder",
  EEXIST: "must be a folder, it is a file",
  EISDIR: "must be a file, it is a directory",
  ELOOP: "must be a file, its links lead in a circle",
  EACCES: "must be writable, permission is denied",
  EPERM: "must be writable, permission is denied",
  EROFS: "must be writable, the file system is read-only",
  ENOSPC: "must fit, the disk is full",
  EDQUOT: "must fit, the quota is used up",
  EFBIG: "must fit, the file system allows no larger file",
  EIO: "must be writable, the device reports an error",
  EMFILE: "must be writable, this process has too many files open",
  ENFILE: "must be writable, the system has too many files open",
  EXDEV: "must be on the same file system as its folder",
  ENAMETOOLONG: "must be a shorter name",
};

/** Whether the operating system reported it. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && !(error instanceof HoldfastError) && "syscall" in error;
}
