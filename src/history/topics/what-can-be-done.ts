import type { Topic } from "./topics.js";

/** Topics that an account manager can do something about. */
export const ACTIONABLE_TOPICS: ReadonlySet<string> = new Set<Topic>([
  "contract",
  "price and tariff",
  "customer care",
  "network faults",
  "payments",
  "services",
]);

/** Topics that are never told as a reason: what the operator did itself, and what is the same for all. */
export const TOPICS_NOT_TOLD: ReadonlySet<string> = new Set<Topic>(["offers", "season"]);

/** Features that can be set, in one direction or either; the others tell of the past. */
export const CHANGEABLE_FEATURES: ReadonlyMap<string, "up" | "down" | "either"> = new Map([
  ["months_to_contract_end", "up"],
  ["payment_kind", "either"],
  ["tariff", "either"],
  ["monthly_fee", "down"],
  ["discount", "up"],
  ["service_count", "up"],
]);

/** Attributes of a person that should not be told as a reason. */
export const SENSITIVE_FEATURES: ReadonlySet<string> = new Set(["birth_year", "age"]);
