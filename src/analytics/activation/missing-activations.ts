/** A unit with fewer activations is not tested. */
export const LEAST_ACTIVATIONS = 10;
/** Peers of a unit are two others, at least. */
export const LEAST_UNITS = 3;

/** Why something can't be tested. */
export const MISSING = {
  measures: "The history has no usage, billing or payments by which the use of a card could be judged.",
  activations: "No card was activated in months that are covered and followed for three months.",
  dealerColumn:
    "The history does not say which dealer activated a subscriber (`dealer_id` of `subscribers`).",
  tariffTable: "The history has no tariffs.",
  dealers: `Fewer than ${LEAST_UNITS} dealers have ${LEAST_ACTIVATIONS} activations or more, so that there are no peers.`,
  tariffs: `Fewer than ${LEAST_UNITS} tariffs have ${LEAST_ACTIVATIONS} activations or more, so that there are no peers.`,
} as const;

/** One of the reasons for which activations can't be tested. */
export type MissingActivations = (typeof MISSING)[keyof typeof MISSING];
