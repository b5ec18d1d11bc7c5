/** What a note can be about. */
export const NOTE_KINDS = [
  "reading",
  "label-turned",
  "snapshot-roles",
  "group-guessed",
  "repeated-names",
  "leak-allowed",
  "probable-leak",
  "duplicate-rows",
  "near-copies",
  "few-churners",
  "rows-without-weight",
  "extreme-values",
  "total",
  "families-left-out",
  "no-signal",
  "tier-ties",
] as const;

/** Something about the data or the training that the user should know. */
export interface TrainingNote {
  readonly kind: (typeof NOTE_KINDS)[number];
  /** The column that it is about, or null. */
  readonly column: string | null;
  /** One sentence. */
  readonly detail: string;
}
