import { tenThousandths } from "../../history/query/expressions.js";

/** SQL for a sum of amounts that is the same in any order of rows: of whole ten-thousandths. */
export function moneySum(value: string): string {
  return `sum(${tenThousandths(`(${value})`)})::DOUBLE / 10000`;
}
