import type { DayRow } from "../../../src/analytics/daily/day-rows.js";
import { standsOut } from "../../../src/analytics/daily/stands-out.js";
import { breaks } from "../../../src/analytics/statistics/breaks.js";
import { createRandom, type Random } from "../../../src/random.js";
import { type Bench, type BenchResult, result } from "../result.js";

const SERIES = 300;
const MONTHS = [12, 20, 24, 36, 48, 60];
const BASE = 20_000;
const RATE = 0.02;
/** How far the season goes up and down. */
const SEASON = 0.003;
const ODD = 0.01;
const SHIFT = 0.006;
/** Months at the ends, where a shift can't be told from single months. */
const ENDS = 3;

const REGIONS = 31;
const DAY = 20_500;
const WEEKS = 8;
const EVENTS = [0.02, 0.1, 1, 8, 100, 20_000];
const SHARE = 0.05;

/** How often something is named where nothing happened, and where something did: months of a churn rate, and days of regions. */
export const alarmsBench: Bench = {
  name: "alarms",
  about: `false alarms and what is found in ${SERIES} simulated series of months, and as often in days of ${REGIONS} regions`,
  isOnRequest: true,
  async run({ seeds = SERIES }) {
    const results: BenchResult[] = [];
    const shareOf = (what: string, isFound: (random: Random) => boolean, required?: number) => {
      let found = 0;
      for (let seed = 1; seed <= seeds; seed++) if (isFound(createRandom(seed, what))) found++;
      const peer = required === undefined ? undefined : { name: "asked for", value: required };
      results.push(result("alarms", what, found / seeds, "share", peer));
    };
    for (const months of MONTHS) {
      shareOf(`${months} months: a false alarm`, (random) => named(monthsOf(random, months)).length > 0);
      shareOf(`${months} months: an odd month of 1 point is found`, (random) => {
        const place = random.integer(months);
        const found = named(monthsOf(random, months, (month) => (month === place ? ODD : 0)));
        return found.some(({ index, kind }) => index === place && kind === "single month");
      });
      shareOf(`${months} months: a shift of 0.6 points is found`, (random) => {
        const place = ENDS + random.integer(months - 2 * ENDS + 1);
        const found = named(monthsOf(random, months, (month) => (month >= place ? SHIFT : 0)));
        return found.some(({ index, kind }) => Math.abs(index - place) <= 1 && kind === "level");
      });
    }
    for (const events of EVENTS)
      shareOf(
        `a day with ${events} events in each region: a false alarm`,
        (random) =>
          standsOut(daysOf(random, events), DAY, { weeks: WEEKS, falseDiscoveryRate: SHARE }).standsOut
            .length > 0,
        SHARE,
      );
    return results;
  },
};

/** Who left in each month, by chance alone around a rate with a season; of a year, without. */
function monthsOf(random: Random, months: number, extra: (month: number) => number = () => 0) {
  return Array.from({ length: months }, (_, month) => {
    const season = months > 12 ? SEASON * Math.sin((2 * Math.PI * month) / 12) : 0;
    return { left: counted(random, BASE, RATE + season + extra(month)), base: BASE };
  });
}

function named(counts: readonly { readonly left: number; readonly base: number }[]) {
  return breaks(
    counts.map(({ left, base }) => left / base),
    { counts },
  );
}

/** A binomial count, by its normal approximation. */
function counted(random: Random, n: number, rate: number): number {
  return Math.max(0, Math.round(n * rate + random.normal() * Math.sqrt(n * rate * (1 - rate))));
}

/** The day and the weeks before it; at weekends there is half as much, and payments are of 10 to 30 each. */
function daysOf(random: Random, events: number): DayRow[] {
  const rows: DayRow[] = [];
  for (let day = DAY - WEEKS * 7; day <= DAY; day++)
    for (let region = 0; region < REGIONS; region++) {
      const mean = events * (day % 7 < 2 ? 0.5 : 1);
      const [joins, leaves, payments] = [0, 0, 0].map(() => poisson(random, mean));
      rows.push({
        region: `R${region}`,
        day,
        joins,
        leaves,
        base: 1000,
        payments,
        amount: amountOf(random, payments),
      });
    }
  return rows;
}

/** Counts above this are drawn by the normal approximation. */
const LARGE = 50;

function poisson(random: Random, mean: number): number {
  if (mean > LARGE) return Math.round(mean + random.normal() * Math.sqrt(mean));
  let count = 0;
  for (let left = random.next(); left > Math.exp(-mean); left *= random.next()) count++;
  return count;
}

/** In ten-thousandths: payments between 100,000 and 300,000 each. */
function amountOf(random: Random, payments: number): number {
  const [least, range] = [100_000, 200_000];
  if (payments > LARGE)
    return Math.round(payments * (least + range / 2) + random.normal() * range * Math.sqrt(payments / 12));
  let amount = 0;
  for (let n = 0; n < payments; n++) amount += least + random.integer(range);
  return amount;
}
