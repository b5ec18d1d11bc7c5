import { invalidArgument } from "../../errors.js";
import { anyOf } from "../../history/churn/any-of.js";
import type { ChurnDefinition } from "../../history/churn/churn-definition.js";
import { disconnected, involuntary } from "../../history/churn/disconnected.js";
import { inactive } from "../../history/churn/inactive.js";
import { noPurchase } from "../../history/churn/no-purchase.js";
import { partialChurn } from "../../history/churn/partial-churn.js";
import { serviceChurn } from "../../history/churn/service-churn.js";

export const CHURN_SPEC_HELP =
  "what counts as churn: disconnected, disconnected:voluntary,ported_out, involuntary, inactive:90 (days), partial:usage.minutes " +
  "(or partial:billing.revenue,0.3), service:internet, no-purchase, several joined by +, or none for rows to score";

/**
 * Reads `--churn`: definitions joined by `+`, each with its arguments behind a colon. False for `none`.
 * @throws HoldfastError when it is none of these.
 */
export function parseChurnSpec(text: string): ChurnDefinition | false {
  if (text === "none") return false;
  const definitions = text.split("+").map((part) => {
    const at = part.indexOf(":");
    const name = (at < 0 ? part : part.slice(0, at)).trim();
    const given = at < 0 ? [] : part.slice(at + 1).split(/[,，]/u);
    return definitionOf(
      name,
      given.map((argument) => argument.trim()),
      text,
    );
  });
  return definitions.length === 1 ? definitions[0] : anyOf(...definitions);
}

function definitionOf(name: string, given: readonly string[], text: string): ChurnDefinition {
  if (given.includes("")) refuse(text);
  switch (name) {
    case "disconnected":
      return disconnected(given.length === 0 ? {} : { reasons: given });
    case "involuntary":
      if (given.length > 0) refuse(text);
      return involuntary();
    case "inactive":
      if (given.length > 1) refuse(text);
      return inactive(given.length === 0 ? {} : { days: Number(given[0]) });
    case "partial": {
      const [, table, measure] = /^(usage|billing)\.(.+)$/u.exec(given[0] ?? "") ?? refuse(text);
      if (given.length > 2) refuse(text);
      const share = given.length === 2 ? { share: Number(given[1]) } : {};
      return partialChurn({ table: table as "usage" | "billing", measure, ...share });
    }
    case "service":
      return serviceChurn(given.length === 0 ? {} : { service: given });
    case "no-purchase":
      if (given.length > 0) refuse(text);
      return noPurchase();
    default:
      return refuse(text);
  }
}

function refuse(text: string): never {
  return invalidArgument("holdfast snapshots", "--churn", `must name ${CHURN_SPEC_HELP}`, text);
}
