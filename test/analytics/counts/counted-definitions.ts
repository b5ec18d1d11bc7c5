import { parseChurnSpec } from "../../../src/cli/options/churn-spec.js";
import { anyOf } from "../../../src/history/churn/any-of.js";
import type { ChurnDefinition } from "../../../src/history/churn/churn-definition.js";
import { disconnected, involuntary, voluntary } from "../../../src/history/churn/disconnected.js";
import { inactive } from "../../../src/history/churn/inactive.js";
import { noPurchase } from "../../../src/history/churn/no-purchase.js";
import { partialChurn } from "../../../src/history/churn/partial-churn.js";
import { serviceChurn } from "../../../src/history/churn/service-churn.js";
import { boughtNothing, dropped, ends, fell, firstOf, type PlainChurn, silent } from "./plain-churn.js";

const isOperators = (reason: string | null) => reason === "arrears" || reason === "fraud";

/** The definitions of the command line by the examples in their usage, with what the documentation says of each. */
export const NAMED: Readonly<Record<string, PlainChurn>> = {
  disconnected: ends(),
  voluntary: ends((reason) => !isOperators(reason)),
  involuntary: ends(isOperators),
  "inactive:90": silent(90),
  "partial:usage.minutes": fell("usage", "minutes"),
  "service:internet": dropped(["internet"]),
  "no-purchase": boughtNothing(),
};

/** Every definition: in the library, and in plain loops. */
export const DEFINITIONS: readonly (readonly [string, ChurnDefinition, PlainChurn])[] = [
  ...Object.entries(NAMED).map(
    ([asked, plain]) => [asked, parseChurnSpec(asked) as ChurnDefinition, plain] as const,
  ),
  [
    "disconnected for some reasons",
    disconnected({ reasons: ["携号转网", "o'hare"] }),
    ends((reason) => reason === "携号转网" || reason === "o'hare"),
  ],
  [
    "voluntary with own causes",
    voluntary({ 携号转网: "arrears" }),
    ends((reason) => !isOperators(reason) && reason !== "携号转网"),
  ],
  ["inactive by payments", inactive({ days: 45, activity: ["payments"] }), silent(45, { usage: false })],
  [
    "inactive by all",
    inactive({ days: 31, eventKinds: ["complaint"] }),
    silent(31, { kinds: ["complaint"] }),
  ],
  [
    "partial churn of revenue",
    partialChurn({ table: "billing", measure: "revenue", share: 0.6, minimumBaseline: 20 }),
    fell("billing", "revenue", { share: 0.6, minimum: 20 }),
  ],
  ["any service", serviceChurn({ graceDays: 5 }), dropped(undefined, 5)],
  [
    "no purchase by events",
    noPurchase({ table: "events", eventKinds: ["complaint", "service_call"] }),
    boughtNothing("events", ["complaint", "service_call"]),
  ],
  ["disconnected or inactive", anyOf(disconnected(), inactive({ days: 60 })), firstOf(ends(), silent(60))],
  [
    "disconnected or partial",
    anyOf(disconnected(), partialChurn({ table: "usage", measure: "流量", share: 0.5 })),
    firstOf(ends(), fell("usage", "流量", { share: 0.5 })),
  ],
  [
    "any of five",
    anyOf(
      disconnected({ reasons: ["voluntary"] }),
      involuntary(),
      inactive(),
      serviceChurn({ service: ["电视"], graceDays: 5 }),
      noPurchase(),
    ),
    firstOf(
      ends((reason) => reason === "voluntary"),
      ends(isOperators),
      silent(90),
      dropped(["电视"], 5),
      boughtNothing(),
    ),
  ],
];
