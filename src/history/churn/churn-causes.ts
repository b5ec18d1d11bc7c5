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

/** Of the standard reasons. Who leaves of their own will without saying why is `other`: nobody knows whose failing it was. */
export const STANDARD_CAUSES: CauseMap = {
  natural: "natural",
  ported_out: "competitor",
  voluntary: "other",
  arrears: "arrears or abuse",
  fraud: "arrears or abuse",
};

/** The reasons of some causes: the standard ones and those of an operator's own map, which comes first. */
export function reasonsOf(causes: readonly ChurnCause[], own: CauseMap = {}): string[] {
  const map = { ...STANDARD_CAUSES, ...own };
  return Object.keys(map).filter((reason) => causes.includes(map[reason]));
}
