/** Why a subscriber left, in the five classes that retention work distinguishes. */
export type ChurnCause = "natural" | "competitor" | "own failing" | "arrears or abuse" | "other";

export const CHURN_CAUSES: readonly ChurnCause[] = [
  "natural",
  "competitor",
  "own failing",
  "arrears or abuse",
  "other",
];

/** Causes by `end_reason`. */
export type CauseMap = Readonly<Record<string, ChurnCause>>;

/**
 * The causes of the standard reasons. A ported number went to a competitor. A voluntary end without a stated reason is
 * `other`, because the cause is not known. No standard reason has the cause `own failing`, a failing of the operator.
 */
export const STANDARD_CAUSES: CauseMap = {
  natural: "natural",
  ported_out: "competitor",
  voluntary: "other",
  arrears: "arrears or abuse",
  fraud: "arrears or abuse",
};

/**
 * The reasons that are mapped to one of the causes, by the standard map and the operator's own, which overrides it. A
 * reason in neither map, and a missing one, is `other` too.
 */
export function reasonsOf(causes: readonly ChurnCause[], own: CauseMap = {}): string[] {
  const map = { ...STANDARD_CAUSES, ...own };
  return Object.keys(map).filter((reason) => causes.includes(map[reason]));
}
