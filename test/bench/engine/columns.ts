import type { Random } from "../../../src/random.js";

/** Numeric columns by name while their rows are drawn. */
export type Columns = Readonly<Record<string, Float64Array>>;

/** One numeric column of the engine's data: each value from randomness and from earlier columns. */
export interface NumericPlan {
  readonly name: string;
  /** Share of values that are missing. Default 0. */
  readonly missing?: number;
  draw(random: Random, columns: Columns, row: number): number;
}

/** Thirty columns of the shapes an operator's data has: skewed amounts, counts full of zeros, short scales, shares. */
export const NUMERIC_PLANS: readonly NumericPlan[] = [
  { name: "tenureMonths", draw: (random) => Math.min(120, 1 + Math.floor(exponential(random, 24))) },
  { name: "monthlyFee", draw: (random) => cents(gamma(random, 4, 18)) },
  {
    name: "totalCharges",
    draw: (random, { tenureMonths, monthlyFee }, row) =>
      cents(tenureMonths[row] * monthlyFee[row] * (0.8 + 0.3 * random.next())),
  },
  { name: "usage", draw: (random) => logNormal(random, 3, 1) },
  { name: "usageOneMonthAgo", draw: (random, { usage }, row) => usage[row] * logNormal(random, 0, 0.4) },
  {
    name: "usageTwoMonthsAgo",
    missing: 0.08,
    draw: (random, { usage }, row) => usage[row] * logNormal(random, 0, 0.5),
  },
  { name: "calls", draw: (random, { usage }, row) => poisson(random, 3 + usage[row] / 20) },
  { name: "complaints", draw: (random) => mostlyZero(random, 0.85, () => 1 + poisson(random, 1.5)) },
  { name: "latePayments", draw: (random) => mostlyZero(random, 0.75, () => geometric(random, 0.5)) },
  {
    name: "age",
    missing: 0.05,
    draw: (random) => Math.floor(Math.min(95, Math.max(18, 45 + 15 * random.normal()))),
  },
  { name: "income", missing: 0.12, draw: (random) => logNormal(random, 10.5, 0.6) },
  { name: "recommendation", missing: 0.35, draw: (random) => random.integer(11) },
  { name: "satisfaction", missing: 0.2, draw: (random) => random.next() ** 0.4 },
  { name: "downloadMegabytes", draw: (random) => logNormal(random, 6, 1.5) },
  {
    name: "uploadMegabytes",
    draw: (random, { downloadMegabytes }, row) => downloadMegabytes[row] * random.next() ** 4,
  },
  { name: "roamingCharges", draw: (random) => mostlyZero(random, 0.9, () => cents(exponential(random, 10))) },
  { name: "supportCalls", draw: (random, { complaints }, row) => poisson(random, 0.2 + complaints[row] / 2) },
  { name: "daysSinceTopUp", draw: (random) => geometric(random, 0.06) },
  { name: "contractMonthsLeft", draw: (random) => mostlyZero(random, 0.4, () => 1 + random.integer(24)) },
  { name: "devices", draw: (random) => 1 + Math.min(5, poisson(random, 0.6)) },
  { name: "deviceAgeMonths", missing: 0.1, draw: (random) => gamma(random, 2, 9) },
  { name: "droppedCallShare", draw: (random) => random.next() ** 3 / 4 },
  { name: "internationalMinutes", draw: (random) => mostlyZero(random, 0.92, () => exponential(random, 30)) },
  { name: "weekendShare", draw: (random) => (random.next() + random.next()) / 2 },
  { name: "signalQuality", missing: 0.5, draw: (random) => random.normal() },
  { name: "networkLoad", draw: (random) => Math.abs(random.normal()) ** 1.5 },
  { name: "balance", missing: 0.02, draw: (random) => cents(40 * random.normal() + 25) },
  { name: "discountPercent", draw: (random) => [0, 0, 0, 5, 10, 20, 30][random.integer(7)] },
  { name: "householdLines", draw: (random) => geometric(random, 0.6) },
  {
    name: "engagement",
    draw: (random, { satisfaction }, row) => random.normal() + satisfaction[row] / 2,
  },
];

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

function mostlyZero(random: Random, share: number, other: () => number): number {
  return random.next() < share ? 0 : other();
}

function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random.next());
}

/** Of a whole shape: a sum of exponentials. */
function gamma(random: Random, shape: number, scale: number): number {
  let product = 1;
  for (let k = 0; k < shape; k++) product *= 1 - random.next();
  return -scale * Math.log(product);
}

function logNormal(random: Random, mean: number, deviation: number): number {
  return Math.exp(mean + deviation * random.normal());
}

/** Trials up to and with the first success. */
function geometric(random: Random, probability: number): number {
  return 1 + Math.floor(Math.log(1 - random.next()) / Math.log(1 - probability));
}

/** Knuth's product of uniforms for small means, else the nearest normal. */
function poisson(random: Random, mean: number): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}
