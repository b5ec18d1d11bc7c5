import { invalidArgument } from "../../errors.js";
import type { Span } from "../../history/windows/span.js";
import { monthly } from "../../history/windows/windows.js";

/**
 * Reads `--at`: days or months separated by commas, and months from one to the other as `2025-01..2025-12`.
 * @throws HoldfastError for a series whose ends are not months; single days are checked by the snapshots.
 */
export function parseCutoffs(text: string): string[] {
  return text.split(/[,，]/u).flatMap((part) => {
    const [from, to, ...rest] = part.trim().split("..");
    if (to === undefined) return [from];
    if (rest.length > 0)
      invalidArgument("holdfast snapshots", "--at", "must read like 2025-01..2025-12", text);
    return monthly(from, to);
  });
}

/** Reads `6` or `6m` as months and `90d` as days. */
export function parseSpan(option: string): (text: string) => Span {
  return (text) => {
    const match = /^(\d+)([md]?)$/.exec(text);
    if (match === null) {
      return invalidArgument("holdfast snapshots", option, "must read like 6 (months) or 90d (days)", text);
    }
    return match[2] === "d" ? { days: Number(match[1]) } : Number(match[1]);
  };
}
