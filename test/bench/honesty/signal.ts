import { createRandom, type Random } from "../../../src/random.js";

const RATE = 0.25;
const EFFECTS = { basic: 0, family: -0.6, senior: 0.3, student: 0.8, business: -0.9 } as const;
const TARIFFS = Object.keys(EFFECTS) as readonly (keyof typeof EFFECTS)[];
/** Rows by which the strength is found: the AUC is then correct within about 0.002. */
const CALIBRATION_ROWS = 40_000;

/** How the signal of a row becomes its log-odds of churn: `intercept + scale · signal`. */
interface Strength {
  readonly intercept: number;
  readonly scale: number;
}

const strengths = new Map<number, Strength>();

/**
 * Rows whose label `churn` follows probabilities of a known AUC and a mean of 0.25. Of eleven features three are linear,
 * two interact, one has a valley, one is a category, four are noise.
 */
export function signalRows(rows: number, auc: number, ...keys: (number | string)[]) {
  const { intercept, scale } = strengthOf(auc);
  const random = createRandom(18, "signal", rows, auc, ...keys);
  return Array.from({ length: rows }, () => {
    const row = drawRow(random);
    return { ...row, churn: random.next() < probability(intercept + scale * signalOf(row)) ? 1 : 0 };
  });
}

function drawRow(random: Random) {
  return {
    tenure: random.integer(60),
    fee: Math.round(20 - 30 * Math.log(1 - random.next())),
    trend: random.normal(),
    calls: random.normal(),
    data: random.normal(),
    age: 18 + random.integer(62),
    tariff: TARIFFS[random.integer(TARIFFS.length)],
    noise1: random.normal(),
    noise2: random.integer(50),
    noise3: "uvwx"[random.integer(4)],
    noise4: random.normal(),
  };
}

/** What the probability of a row rises with. */
export function signalOf(row: ReturnType<typeof drawRow>): number {
  const linear = -0.03 * (row.tenure - 30) + 0.012 * (row.fee - 50) + 0.4 * row.trend;
  const valley = 0.0015 * ((row.age - 49) ** 2 - 320);
  return linear + 0.5 * row.calls * row.data + valley + EFFECTS[row.tariff];
}

/** The strength at which the true probabilities have an AUC, found numerically. */
function strengthOf(auc: number): Strength {
  const known = strengths.get(auc);
  if (known !== undefined) return known;
  const random = createRandom(18, "strength");
  const signals = Float64Array.from({ length: CALIBRATION_ROWS }, () => signalOf(drawRow(random))).sort();
  let low = 0;
  let high = 6;
  while (high - low > 1e-4) {
    const scale = (low + high) / 2;
    if (bayesAuc(signals, { intercept: interceptAt(signals, scale), scale }) < auc) low = scale;
    else high = scale;
  }
  const strength = { intercept: interceptAt(signals, low), scale: low };
  strengths.set(auc, strength);
  return strength;
}

/** By Newton's method. */
function interceptAt(signals: Float64Array, scale: number): number {
  let intercept = Math.log(RATE / (1 - RATE));
  for (let step = 0; step < 12; step++) {
    let excess = -RATE * signals.length;
    let slope = 0;
    for (const signal of signals) {
      const p = probability(intercept + scale * signal);
      excess += p;
      slope += p * (1 - p);
    }
    intercept -= excess / slope;
  }
  return intercept;
}

/** The expected AUC of the true probabilities over labels drawn from them, at rising signals. */
function bayesAuc(signals: Float64Array, { intercept, scale }: Strength): number {
  let others = 0;
  let churners = 0;
  let won = 0;
  for (const signal of signals) {
    const p = probability(intercept + scale * signal);
    won += p * others;
    churners += p;
    others += 1 - p;
  }
  return won / (churners * others);
}

function probability(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}
