/** Days without use after which almost every prepaid card is switched off. */
export const SILENCE_LIMIT_DAYS = 90;
/** The probability that a silent card is switched off in the month of the limit, and in each later one. */
export const SWITCHED_OFF = 0.97;
export const SWITCHED_OFF_LATER = 0.5;
/** That of each month before. */
export const LEAVES_WHILE_SILENT = 0.001;
/** Probability per month that a card that fell silent in an earlier month is used again. */
export const WAKES_UP = 0.1;

/**
 * The probability that a silent card is switched off in a month.
 * @param months months from that of the limit to this one; negative before.
 */
export function switchedOffRisk(months: number): number {
  if (months < 0) return LEAVES_WHILE_SILENT;
  return months === 0 ? SWITCHED_OFF : SWITCHED_OFF_LATER;
}
