import { invalidArgument } from "../../errors.js";
import { anyOf } from "../../history/churn/any-of.js";
import type { ChurnDefinition } from "../../history/churn/churn-definition.js";
import { CHURN_SPECS } from "../../history/churn/definitions.js";

export const CHURN_HELP = `what counts as churn: ${CHURN_SPECS.map(({ usage }) => usage).join(", ")}, several joined by +`;

export const CHURN_SPEC_HELP = `${CHURN_HELP}, or none for rows without a label`;

/**
 * Reads `--churn`: definitions joined by `+`, each with its arguments behind a colon. False for `none`.
 * @param help what the command reads, for errors.
 * @throws HoldfastError when it is none of these.
 */
export function parseChurnSpec(text: string, help = CHURN_SPEC_HELP): ChurnDefinition | false {
  if (text === "none") return false;
  const definitions = text.split("+").map((part) => {
    const [, name, argument] = /^([^:]*)(?::(.*))?$/su.exec(part) ?? [];
    const given = argument === undefined ? [] : argument.split(/[,，]/u).map((each) => each.trim());
    const spec = CHURN_SPECS.find((each) => each.name === name?.trim());
    return (given.includes("") ? undefined : spec?.define(given)) ?? refuse(text, help);
  });
  return definitions.length === 1 ? definitions[0] : anyOf(...definitions);
}

function refuse(text: string, help: string): never {
  return invalidArgument("holdfast snapshots", "--churn", `must name ${help}`, text);
}
