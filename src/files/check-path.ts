import { invalidArgument } from "../errors.js";

/** @throws HoldfastError for a path that is no text, is empty, or is the address of a web page. */
export function checkPath(functionName: string, argument: string, path: unknown): asserts path is string {
  if (typeof path !== "string" || path === "") {
    const hint = path instanceof URL ? "pass fileURLToPath(url)" : undefined;
    invalidArgument(functionName, argument, "must be the path of a file", path, hint);
  }
  if (/^https?:\/\//iu.test(path)) {
    const hint = "download it first: only local files are read";
    invalidArgument(functionName, argument, "must be the path of a file, not an address", path, hint);
  }
}
