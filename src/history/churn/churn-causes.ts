/** The five classes of causes that retention work distinguishes. */
export type CauseClass = "natural" | "competitor" | "own failing" | "arrears or abuse" | "other";

/** Why a subscriber left: a class of causes, or one of the causes within it. */
export type ChurnCause =
  | CauseClass
  | "quality"
  | "price"
  | "care"
  | "moved or deceased"
  | "arrears"
  | "abuse";

/** The causes by which an operator counts who left, and the class of each. */
export const CLASS_OF_CAUSE = {
  quality: "own failing",
  price: "own failing",
  competitor: "competitor",
  care: "own failing",
  "moved or deceased": "natural",
  arrears: "arrears or abuse",
  abuse: "arrears or abuse",
  other: "other",
} as const satisfies Partial<Record<ChurnCause, CauseClass>>;

export const CHURN_CAUSES: readonly ChurnCause[] = [
  ...new Set<ChurnCause>([
    "natural",
    "competitor",
    "own failing",
    "arrears or abuse",
    "other",
    ...(Object.keys(CLASS_OF_CAUSE) as (keyof typeof CLASS_OF_CAUSE)[]),
  ]),
];

/** Causes by `end_reason`. */
export type CauseMap = Readonly<Record<string, ChurnCause>>;

/**
 * The causes of the standard reasons. A ported number went to a competitor. A voluntary end without a stated reason is
 * `other`, because the cause is not known. No standard reason has a cause of the class `own failing`, a failing of the operator.
 */
export const STANDARD_CAUSES: CauseMap = {
  natural: "moved or deceased",
  ported_out: "competitor",
  voluntary: "other",
  arrears: "arrears",
  fraud: "abuse",
};

/** The class of a cause: its own for a class. */
export function classOfCause(cause: ChurnCause): CauseClass {
  return cause in CLASS_OF_CAUSE
    ? CLASS_OF_CAUSE[cause as keyof typeof CLASS_OF_CAUSE]
    : (cause as CauseClass);
}

/**
 * The reasons that are mapped to one of the causes, or to a cause of a class that is among them, by the standard map and the
 * operator's own, which overrides it. A reason in neither map, and a missing one, is `other` too.
 */
export function reasonsOf(causes: readonly ChurnCause[], own: CauseMap = {}): string[] {
  const map = { ...STANDARD_CAUSES, ...own };
  return Object.keys(map).filter((reason) => isAmong(map[reason], causes));
}

/** The reasons that are mapped to none of the causes, nor to a cause of a class that is among them. */
export function reasonsOfOthers(causes: readonly ChurnCause[], own: CauseMap = {}): string[] {
  const map = { ...STANDARD_CAUSES, ...own };
  return Object.keys(map).filter((reason) => !isAmong(map[reason], causes));
}

function isAmong(cause: ChurnCause, causes: readonly ChurnCause[]): boolean {
  return causes.includes(cause) || causes.includes(classOfCause(cause));
}
