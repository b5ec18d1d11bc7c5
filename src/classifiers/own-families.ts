import type { Problem } from "../errors.js";
import { ownPartProblems } from "../own-parts.js";
import { namesOfForms } from "./families.js";
import { LEADERBOARD_NAMES } from "./leaderboard-names.js";

/** All problems of the caller's families. @param families of any type, as JavaScript may give it. */
export function ownFamilyProblems(functionName: string, argument: string, families: unknown): Problem[] {
  return ownPartProblems(functionName, argument, families, {
    texts: ["name"],
    functions: ["candidates", "fromJson", "file"],
    taken: ["auto", ...LEADERBOARD_NAMES, ...namesOfForms()],
  });
}
