import {
  comparedIn,
  type Locale,
  type SentenceParts,
  shownCell,
  shownNumber,
  shownShare,
  swingingIn,
} from "./locale.js";

/** A reason as a sentence without a full stop, in the words of a language. */
export function sentenceOf(parts: SentenceParts, words: Locale): string {
  const { column, value, kind, unit } = parts;
  if (column === "tenure_months" && typeof value === "number") return monthOfLife(parts, value, words);
  if (column === "months_to_contract_end" && typeof value === "number")
    return words.contractEnd(words.counted(shownNumber(Math.round(Math.abs(value))), "months"), value >= 0);
  if (parts.description === undefined) {
    const told = value === null ? words.missing(column) : words.isOf(column, shownCell(value));
    return `${told}${typically(parts, words)}${evidence(parts, words)}`;
  }
  const description = words.described(parts.description);
  if (value === null) return words.told(description, words.unknown);
  if (typeof value === "string" || kind !== "numeric")
    return `${words.told(description, String(value))}${evidence(parts, words)}`;
  if (unit === "flag")
    return `${words.told(description, value === 1 ? words.yes : words.no)}${evidence(parts, words)}`;
  const compared = unit === "share" ? comparedIn(description) : undefined;
  if (compared !== undefined) return comparison(compared, value, words);
  const swinging = swingingIn(description);
  if (swinging !== undefined) return `${words.swings(swinging, shownShare(value))}${typically(parts, words)}`;
  const number = unit === "share" ? shownShare(value) : words.counted(shownNumber(value), unit);
  return `${words.told(description, number)}${typically(parts, words)}`;
}

function monthOfLife(parts: SentenceParts, value: number, words: Locale): string {
  const month = words.monthOfLife(shownNumber(Math.floor(Math.max(0, value)) + 1));
  return parts.isRiskiest ? `${month}${words.riskiest}` : `${month}${typically(parts, words)}`;
}

function comparison([what, against]: readonly [string, string], ratio: number, words: Locale): string {
  const change = ratio - 1;
  if (Math.abs(change) < 0.005) return words.asHigh(what, against);
  if (change >= 1) return words.times(what, shownNumber(Number(ratio.toPrecision(2))), against);
  return words.changedBy(what, shownShare(Math.abs(change)), against, change > 0);
}

/** Only where it differs from the value, as both are shown. */
function typically({ value, typical, unit }: SentenceParts, words: Locale): string {
  if (typical === undefined || typeof value !== "number") return "";
  const shown = unit === "share" ? shownShare : shownNumber;
  return shown(typical) === shown(value) ? "" : words.typically(shown(typical));
}

/** Only what the training rows show. */
function evidence({ rates, value }: SentenceParts, words: Locale): string {
  if (rates !== undefined && rates.like > rates.all)
    return words.leaveMoreOften(shownShare(rates.like), shownShare(rates.all));
  return typeof value === "number" ? "" : words.withOthers;
}
