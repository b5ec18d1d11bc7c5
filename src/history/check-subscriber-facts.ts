import { argumentProblem, invalidArgument, Problems } from "../errors.js";
import { didYouMean } from "../nearest-name.js";
import type { SubscriberFacts } from "./fact-relations.js";
import { FACT_TABLE_NAMES } from "./standard-tables.js";

/** Makes sure that an argument has the form of one subscriber's facts. @throws HoldfastError with all that has not. */
export function checkSubscriberFacts(functionName: string, facts: unknown): asserts facts is SubscriberFacts {
  const problems = new Problems();
  if (typeof facts !== "object" || facts === null || Array.isArray(facts)) {
    const hint = Array.isArray(facts)
      ? "{ subscribers: [ … ], usage: [ … ] } holds them by table"
      : undefined;
    const expected = "must be an object of tables and their rows";
    invalidArgument(functionName, "facts", expected, facts, hint);
  }
  for (const [table, rows] of Object.entries(facts)) {
    const argument = `facts.${table}`;
    if (!FACT_TABLE_NAMES.some((name) => name === table)) {
      const expected = `must be one of the tables ${FACT_TABLE_NAMES.join(", ")}`;
      problems.add(
        argumentProblem(functionName, argument, expected, undefined, didYouMean(table, FACT_TABLE_NAMES)),
      );
    } else if (rows !== undefined && rows !== null && !Array.isArray(rows)) {
      const hint = typeof rows === "object" ? "put a single row into a list" : undefined;
      problems.add(argumentProblem(functionName, argument, "must be a list of row objects", rows, hint));
    } else {
      const wrong = ((rows ?? []) as unknown[]).findIndex((row) => typeof row !== "object" || row === null);
      if (wrong < 0) continue;
      const place = `${argument}[${wrong}]`;
      problems.add(argumentProblem(functionName, place, "must be an object of columns", rows?.[wrong]));
    }
  }
  problems.throwIfAny();
}
