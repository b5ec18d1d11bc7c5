import { type Locale, shownCell, shownShare } from "./locale.js";

/** Units that stand behind a number; others are clear from the description. */
const SHOWN_UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  months: ["month", "months"],
  days: ["day", "days"],
  years: ["year", "years"],
};

export const english: Locale = {
  described: (description) => description,
  isOf: (column, value) => `${column} is ${value}`,
  missing: (column) => `${column} is missing`,
  told: (description, value) => `${description}: ${value}`,
  unknown: "not known",
  yes: "yes",
  no: "no",
  counted: (number, unit = "") => {
    const shown = SHOWN_UNITS[unit];
    return shown === undefined ? number : `${number} ${number === "1" ? shown[0] : shown[1]}`;
  },
  monthOfLife: (month) => `month ${month} since activation`,
  riskiest: ", around which most leave",
  contractEnd: (months, isAhead) =>
    isAhead ? `the contract ends in ${months}` : `the contract ended ${months} ago`,
  asHigh: (what, against) => `${what} as high as ${against}`,
  times: (what, ratio, against) => `${what} ${ratio} times ${against}`,
  changedBy: (what, share, against, isRise) =>
    `${what} ${isRise ? "rose" : "fell"} ${share} against ${against}`,
  swings: (what, share) => `${what} swings by ${share} of its mean`,
  typically: (usual) => ` (typically ${usual})`,
  leaveMoreOften: (like, all) => `; subscribers like this leave more often (${like} left, of all ${all})`,
  withOthers: "; together with the other columns this raises the risk",
  changed: (steps, probability, tier) => {
    const changes = steps.map(
      ({ column, from, to }) => `${column} ${shownCell(to)} instead of ${shownCell(from)}`,
    );
    return `with ${changes.join(" and ")} the model would say ${shownShare(probability)}, tier ${tier}`;
  },
  unchanged: {
    "lowest tier": "already in the lowest tier",
    "nothing actionable": "no column is marked as one that can be acted on",
    "none found": "no change of up to three columns that can be acted on was found",
    "no reference": "the model holds no distribution of its training rows",
  },
};
