import { readFileSync } from "node:fs";
import { invalidArgument } from "../../errors.js";

/** What a small JSON file of an option holds. @throws HoldfastError where it can't be read, or is no JSON. */
export function readJsonFile(functionName: string, option: string, path: string): unknown {
  const refuse = (expected: string): never => invalidArgument(functionName, option, expected, path);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return refuse("must be a file that can be read");
  }
  try {
    return JSON.parse(text);
  } catch {
    return refuse("must be a file of JSON");
  }
}
