import { invalidArgument } from "../errors.js";

/** What a function makes a table of. */
interface Summaries {
  /** The member of an evaluation that holds it. */
  readonly member: "tierTable" | "valueGrid";
  readonly expected: string;
}

/** Members by which what is passed in the place of summaries is recognised. */
interface Members {
  readonly then?: unknown;
  readonly training?: unknown;
}

/** Makes sure that an argument is a list of summaries. @throws HoldfastError that says where to find it. */
export function checkSummaries(
  functionName: string,
  argument: string,
  given: unknown,
  { member, expected }: Summaries,
): void {
  const fail = (instead: string, hint?: string, received?: unknown): never =>
    invalidArgument(functionName, argument, `${expected}${instead}`, received, hint);
  const isSummary = (item: unknown) =>
    typeof item === "object" && item !== null && "tier" in item && "rows" in item && "share" in item;
  if (Array.isArray(given)) {
    if (given.every(isSummary)) return;
    const ofModel = member === "tierTable" ? " or model.training.tierTable" : "";
    fail("", `pass model.evaluate(table).${member}${ofModel}`, given);
  }
  if (given === null && member === "valueGrid") {
    fail(", it is null where a model has no values of subscribers", "pass valueGrid ?? []");
  }
  const { then, training } = (given ?? {}) as Members;
  if (typeof then === "function") fail(", not a promise of one", "await it first");
  if (typeof training === "object")
    fail(", not a model", `pass model.${member === "tierTable" ? "training" : "evaluate(table)"}.${member}`);
  if (typeof given === "object" && given !== null && member in given) {
    fail(", not what holds one", `pass its member ${member}`);
  }
  fail(given === undefined ? ", not undefined" : "", `model.evaluate(table).${member} is one`, given);
}
