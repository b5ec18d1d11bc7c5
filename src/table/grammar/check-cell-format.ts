import { argumentProblem, optionText, type Problem, Problems } from "../../errors.js";
import type { CellFormat } from "./cell-format.js";
import { dateFormatProblem } from "./dates/date-format.js";
import { isTimeZone } from "./dates/time-zone.js";

const THOUSANDS = [",", ".", "'", "’", "_", " "];

/**
 * What is wrong with a format. @param argument its path, such as `columns["fee"]`; empty for options of a file.
 * @param ofMonths whether it is of a column of months, whose dates may have no day.
 */
export function cellFormatProblems(
  functionName: string,
  argument: string,
  format: CellFormat,
  ofMonths = false,
): Problem[] {
  const problems = new Problems();
  const fail = (member: string, expected: string, received: unknown, hint?: string) => {
    const path = argument === "" ? member : `${argument}.${member}`;
    problems.add(argumentProblem(functionName, path, expected, received, hint));
  };
  const { missing, decimal, thousands, currency, percent, dateFormat, timeZone } = format;
  if (missing !== undefined) {
    const isList = Array.isArray(missing) && missing.every((text) => typeof text === "string");
    if (!isList) fail("missing", 'must be a list of texts such as ["-", "unknown"]', missing);
    else if (missing.some((text) => text.trim() === ""))
      fail("missing", "must hold no blank text: blank cells are missing anyway", missing);
  }
  if (decimal !== undefined && decimal !== "." && decimal !== ",")
    fail("decimal", 'must be "." or ","', decimal);
  if (thousands !== undefined) {
    if (!THOUSANDS.includes(thousands)) {
      fail(
        "thousands",
        `must be one of ${THOUSANDS.map((sign) => JSON.stringify(sign)).join(", ")}`,
        thousands,
      );
    } else if (thousands === (decimal ?? ".")) {
      const hint =
        decimal === undefined ? `${optionText("decimal", ",")} where "." separates thousands` : undefined;
      fail(
        "thousands",
        `must differ from decimal, which is ${JSON.stringify(decimal ?? ".")}`,
        thousands,
        hint,
      );
    }
  }
  if (currency !== undefined && (typeof currency !== "string" || !isCurrency(currency))) {
    fail("currency", 'must be a sign or a word without digits, such as "¥" or "EUR"', currency);
  }
  if (percent !== undefined && typeof percent !== "boolean")
    fail("percent", "must be true or false", percent);
  if (dateFormat !== undefined) {
    const expected = dateFormatProblem(dateFormat, ofMonths);
    if (expected !== undefined) fail("dateFormat", expected, dateFormat);
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    fail("timeZone", 'must be an IANA time zone such as "Asia/Shanghai"', timeZone);
  }
  return [...problems.list];
}

function isCurrency(text: string): boolean {
  return text.trim() !== "" && !/[\d.,%()+-]/.test(text.replace(/\.$/, ""));
}
