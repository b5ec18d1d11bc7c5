import {
  comparedIn,
  type Locale,
  type SentenceParts,
  shownCell,
  shownNumber,
  shownShare,
  swingingIn,
} from "./locale.js";

/** Units that stand behind a number; others are clear from the description. */
const SHOWN_UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  months: ["month", "months"],
  days: ["day", "days"],
  years: ["year", "years"],
};

export const english: Locale = {
  sentence: (parts) => {
    const { column, value, kind, unit, description } = parts;
    if (column === "tenure_months" && typeof value === "number") return monthOfLife(parts, value);
    if (column === "months_to_contract_end" && typeof value === "number") return contractEnd(value);
    if (description === undefined) return `${column} ${plainValue(parts)}${evidence(parts)}`;
    if (value === null) return `${description}: not known`;
    if (typeof value === "string" || kind !== "numeric") return `${description}: ${value}${evidence(parts)}`;
    if (unit === "flag") return `${description}: ${value === 1 ? "yes" : "no"}${evidence(parts)}`;
    const compared = unit === "share" ? comparedIn(description) : undefined;
    if (compared !== undefined) return comparison(compared, value);
    const swinging = swingingIn(description);
    if (swinging !== undefined)
      return `${swinging} swings by ${shownShare(value)} of its mean${typically(parts)}`;
    return `${description}: ${measured(value, unit)}${typically(parts)}`;
  },
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

function monthOfLife(parts: SentenceParts, value: number): string {
  const month = `month ${shownNumber(Math.floor(Math.max(0, value)) + 1)} since activation`;
  return parts.isRiskiest ? `${month}, around which most leave` : `${month}${typically(parts)}`;
}

function contractEnd(value: number): string {
  const months = measured(Math.round(Math.abs(value)), "months");
  return value >= 0 ? `the contract ends in ${months}` : `the contract ended ${months} ago`;
}

/** The value of a column of which only the name is known. */
function plainValue(parts: SentenceParts): string {
  const { value } = parts;
  if (value === null) return "is missing";
  return `is ${typeof value === "number" ? shownNumber(value) : value}${typically(parts)}`;
}

function comparison([what, against]: readonly [string, string], ratio: number): string {
  const change = ratio - 1;
  if (Math.abs(change) < 0.005) return `${what} as high as ${against}`;
  if (change >= 1) return `${what} ${shownNumber(Number(ratio.toPrecision(2)))} times ${against}`;
  return `${what} ${change < 0 ? "fell" : "rose"} ${shownShare(Math.abs(change))} against ${against}`;
}

function measured(value: number, unit: string | undefined): string {
  if (unit === "share") return shownShare(value);
  const shown = SHOWN_UNITS[unit ?? ""];
  const number = shownNumber(value);
  return shown === undefined ? number : `${number} ${number === "1" ? shown[0] : shown[1]}`;
}

function typically({ value, typical, unit }: SentenceParts): string {
  if (typical === undefined || typeof value !== "number") return "";
  const usual = unit === "share" ? shownShare(typical) : shownNumber(typical);
  const own = unit === "share" ? shownShare(value) : shownNumber(value);
  return usual === own ? "" : ` (typically ${usual})`;
}

/** Only what the training rows show. */
function evidence({ rates, value }: SentenceParts): string {
  if (rates === undefined || !(rates.like > rates.all))
    return typeof value === "number" ? "" : "; together with the other columns this raises the risk";
  return `; subscribers like this leave more often (${shownShare(rates.like)} left, of all ${shownShare(rates.all)})`;
}
