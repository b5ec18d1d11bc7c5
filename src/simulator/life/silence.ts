import { firstDayOf } from "../../table/calendar.js";

/** Days without use after which almost every prepaid card is switched off. */
export const SILENCE_LIMIT_DAYS = 90;
const SWITCHED_OFF = 0.97;
const SWITCHED_OFF_LATER = 0.5;
const LEAVES_WHILE_SILENT = 0.001;
/** Probability per month that a card that fell silent in an earlier month is used again. */
export const WAKES_UP = 0.1;

/** Cards fall silent from the fourth to the eleventh of a month, so that the limit falls three months later. */
const FIRST_SILENT_DAY = 3;
const SILENT_DAYS = 8;
const LIMIT_MONTHS = 3;

/** The first day without use of a card that falls silent in a month. */
export function silentDay(month: number, uniform: number): number {
  return firstDayOf(month) + FIRST_SILENT_DAY + Math.floor(uniform * SILENT_DAYS);
}

/** The probability that a card is switched off in a month. @param months months since that in which it fell silent. */
export function switchedOffRisk(months: number): number {
  if (months < LIMIT_MONTHS) return LEAVES_WHILE_SILENT;
  return months === LIMIT_MONTHS ? SWITCHED_OFF : SWITCHED_OFF_LATER;
}

/** The probability that a card that fell silent stays silent and is switched off in one of the months [from, to) after. */
export function switchedOffBetween(from: number, to: number): number {
  let isSilent = 1;
  let probability = 0;
  for (let months = 1; months < to; months++) {
    const ends = isSilent * switchedOffRisk(months);
    if (months >= from) probability += ends;
    isSilent = (isSilent - ends) * (1 - WAKES_UP);
  }
  return probability;
}
