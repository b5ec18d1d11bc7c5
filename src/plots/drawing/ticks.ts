import { dateOfDays } from "./dates.js";

const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 36, 60, 120];
const MOST_MONTHS = 240;
const DAYS_OF_MONTH = 30.44;
const DAY = 86_400_000;

/** Round values between two, about so many. */
export function numberTicks(from: number, to: number, count: number): readonly number[] {
  const step = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(step));
  const unit = ([1, 2, 5, 10].find((factor) => factor * power >= step) ?? 10) * power;
  const first = Math.ceil(from / unit);
  const last = Math.floor(to / unit);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * unit).toPrecision(12)),
  );
}

/** Firsts of months or years between two dates, at most so many; days where they are near. All as days since 1970-01-01. */
export function dayTicks(from: number, to: number, count: number): readonly number[] {
  const step = (to - from) / count;
  if (step < DAYS_OF_MONTH / 2) {
    const days = Math.max(1, Math.ceil(step));
    const first = Math.ceil(from);
    return Array.from(
      { length: Math.max(0, Math.floor((to - first) / days) + 1) },
      (_, i) => first + i * days,
    );
  }
  const months = MONTH_STEPS.find((each) => each * DAYS_OF_MONTH >= step * 0.99) ?? MOST_MONTHS;
  const start = dateOfDays(from);
  const ticks: number[] = [];
  for (
    let month = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months) * months;
    ;
    month += months
  ) {
    const day = Date.UTC(Math.floor(month / 12), month % 12) / DAY;
    if (day > to) return ticks;
    if (day >= from) ticks.push(day);
  }
}
