/** Why a subscriber left, in the five classes that retention work tells apart. */
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
 * Of the standard reasons. A number that was ported went to a competitor. Who leaves of their own will without saying why
 * is `other`: nobody knows whose failing it was. That of the operator is therefore the cause of no standard reason.
 */
export const STANDARD_CAUSES: CauseMap = {
  natural: "natural",
  ported_out: "competitor",
  voluntary: "other",
  arrears: "arrears or abuse",
  fraud: "arrears or abuse",
};

/**
 * The reasons that are mapped to some causes: the standard ones and those of an operator's own map, which comes first.
 * A reason that stands in no map, and a missing one, is `other` too.
 */
export function reasonsOf(causes: readonly ChurnCause[], own: CauseMap = {}): string[] {
  const map = { ...STANDARD_CAUSES, ...own };
  return Object.keys(map).filter((reason) => causes.includes(map[reason]));
}
