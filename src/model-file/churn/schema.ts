import { z } from "zod";
import { vennAbersSchema } from "../../calibration/file-forms.js";
import type { BuiltInMetric } from "../../metrics/metric.js";
import { LEADERBOARD_METRICS, METRICS } from "../../metrics/metrics.js";
import { cellFormatProblems } from "../../table/grammar/check-cell-format.js";
import { completeSummary } from "../../tiers/summary/complete-summary.js";
import { FINGERPRINTS, MOST_FINGERPRINTS } from "../../vectors/fingerprints/fingerprint-set.js";
import { explanationSchema } from "./explanation-schema.js";
import { NOTE_KINDS } from "./training-note.js";

const number = z.number();
const count = z.int().min(0);
const share = z.number().min(0).max(1);

/** How the cells of a column are written; the members are checked together when a model is loaded. */
const reading = z
  .strictObject({
    missing: z.array(z.string()).optional(),
    decimal: z.enum([".", ","]).optional(),
    thousands: z.string().optional(),
    currency: z.string().optional(),
    percent: z.boolean().optional(),
    dateFormat: z.string().optional(),
    timeZone: z.string().optional(),
  })
  .superRefine((format, context) => {
    for (const { expected } of cellFormatProblems("", "", format)) context.addIssue(expected);
  });

const inputs = z
  .array(
    z.discriminatedUnion("kind", [
      z.strictObject({
        name: z.string(),
        kind: z.enum(["numeric", "date"]),
        missingSeen: z.boolean(),
        range: z.tuple([number, number]).optional(),
        isFlag: z.literal(true).optional(),
        reading: reading.optional(),
      }),
      z.strictObject({
        name: z.string(),
        kind: z.literal("categorical"),
        missingSeen: z.boolean(),
        reading: reading.optional(),
        levels: z.array(z.string()).max(254),
        rareLevels: z.array(z.string()),
      }),
    ]),
  )
  .min(1);

const interval = z.strictObject({ value: number, low: number, high: number });
/** An interval for every metric, null where it was added later or does not exist; metrics of a caller may follow. */
const metrics = z
  .object(
    Object.fromEntries(
      (METRICS as readonly BuiltInMetric[]).map(({ name, isLater, mayNotExist }) => {
        if (isLater === true) return [name, interval.nullable().default(null)];
        return [name, mayNotExist === true ? interval.nullable() : interval];
      }),
    ),
  )
  .catchall(interval.nullable());

/** The metrics of a candidate in the leaderboard. */
const leaderboardMetrics = Object.fromEntries(
  LEADERBOARD_METRICS.flatMap(({ name, range, isLater, leaderboard }) => {
    const value = range === undefined ? number : number.min(range[0]).max(range[1]);
    const column = [name, isLater === true ? value.nullable().default(null) : value] as const;
    if (leaderboard?.interval === undefined) return [column];
    return [column, [`${name}Interval`, z.tuple([value, value]).nullable().default(null)] as const];
  }),
);

const evaluation = z.strictObject({
  rows: count,
  positives: count,
  baseRate: share,
  metrics,
  calibration: z
    .strictObject({
      inTheLarge: number,
      spiegelhalter: z.strictObject({ z: number, pValue: share }).nullable(),
      squaredError: z.strictObject({ plugIn: number, debiased: number.nullable() }),
      brier: z.strictObject({
        brier: number,
        reliability: number,
        resolution: number,
        uncertainty: number,
        withinBin: number,
      }),
    })
    .nullable()
    .default(null),
  confusion: z.strictObject({
    threshold: number,
    truePositives: number,
    falsePositives: number,
    trueNegatives: number,
    falseNegatives: number,
    precision: share.nullable(),
    recall: share.nullable(),
    specificity: share.nullable(),
    f1: share.nullable(),
    accuracy: share,
  }),
  deciles: z.array(
    z.strictObject({
      group: count,
      n: number,
      meanScore: number,
      observedRate: number,
      observedRateLow: number,
      observedRateHigh: number,
      lift: number,
      liftLow: number,
      liftHigh: number,
      gain: number,
      cumulativeLift: number,
    }),
  ),
  replicates: count,
  level: share,
  seed: number,
});

const tierRule = z.discriminatedUnion("by", [
  z.strictObject({
    by: z.literal("probability"),
    tiers: z.array(z.strictObject({ name: z.string(), from: number })),
  }),
  z.strictObject({
    by: z.literal("capacity"),
    tiers: z.array(z.strictObject({ name: z.string(), top: count.optional(), share: share.optional() })),
  }),
  z.strictObject({
    by: z.literal("expectedLoss"),
    tiers: z.array(z.strictObject({ name: z.string(), from: number })),
  }),
  z.strictObject({ by: z.literal("auto"), max: count.optional() }),
]);

const riskTier = z.strictObject({
  name: z.string(),
  from: number.min(0),
  by: z.literal("expectedLoss").optional(),
  evidence: z.strictObject({ pValue: share, replicateShare: share }).optional(),
});

// What is optional here was not written by the first versions; `completeSummary` fills it in.
const tierSummary = z
  .strictObject({
    tier: z.string(),
    from: number,
    by: z.literal("expectedLoss").optional(),
    rows: count,
    share,
    meanProbability: share.nullable(),
    observedRate: interval.nullable(),
    isCalibrated: z.boolean().nullable().optional(),
    lift: number.nullable(),
    churners: count.optional(),
    captured: share,
    value: number.nullable().optional(),
    capturedValue: number.nullable().optional(),
    expectedLoss: number.nullable().optional(),
  })
  .transform(completeSummary);

const noteKind = z.enum(NOTE_KINDS);

const training = z.strictObject({
  rows: count,
  positives: count,
  churnRate: share,
  seed: count,
  folds: count,
  repeats: count.min(1).default(1),
  foldsKeepIdsTogether: z.boolean(),
  dataFingerprint: z.string(),
  leftOut: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
  notes: z
    .array(z.strictObject({ kind: noteKind, column: z.string().nullable(), detail: z.string() }))
    .default([]),
  leaderboard: z.array(
    z.strictObject({
      name: z.string(),
      summary: z.string(),
      ...leaderboardMetrics,
      kilobytes: number.min(0).nullable().default(null),
      metrics: z.record(z.string(), number.nullable()).optional(),
      chosen: z.boolean(),
    }),
  ),
  calibration: z.strictObject({
    method: z.string(),
    rocAucBefore: share,
    rocAucAfter: share,
    logLossBefore: number,
    logLossAfter: number,
    candidates: z
      .array(
        z.strictObject({
          method: z.string(),
          logLoss: number,
          excess: number.min(0),
          standardError: number.min(0),
          chosen: z.boolean(),
        }),
      )
      .optional(),
  }),
  tierRule,
  tierTable: z.array(tierSummary),
  valueGrid: z
    .array(
      z.strictObject({
        tier: z.string(),
        band: z.string(),
        rows: count,
        share,
        meanProbability: share.nullable(),
        observedRate: interval.nullable(),
        value: number,
        expectedLoss: number,
      }),
    )
    .nullable()
    .default(null),
  evaluation,
});

// Fractions where rows have weights.
const mass = number.min(0);
const numberBins = z.strictObject({ edges: z.array(number), counts: z.array(mass).min(1), missing: mass });
const categoryBins = z.strictObject({ counts: z.array(mass).min(1), missing: mass });
const reference = z.strictObject({
  rows: count,
  scores: numberBins,
  inputs: z.array(z.union([numberBins, categoryBins])),
});
const parity = z
  .array(
    z.strictObject({
      row: z.record(z.string(), z.union([number, z.string(), z.null()])),
      probability: share,
    }),
  )
  .max(100);

const fingerprintSet = z.strictObject({
  hashes: z.base64().max(Math.ceil((4 * MOST_FINGERPRINTS) / 3) * 4),
  below: count.min(1).max(FINGERPRINTS),
  count,
});
const fingerprints = z.strictObject({
  rows: fingerprintSet,
  repeatedShare: share,
  subscribers: fingerprintSet.nullable(),
});

/** Types and ranges of a churn model, except classifier and calibrator, which their families check. */
export const churnModelSchema = z.strictObject({
  holdfast: z.string(),
  label: z.strictObject({ column: z.string(), positive: z.string(), negative: z.string() }),
  id: z.string().nullable(),
  inputs,
  columnOrder: z.array(z.string()).nullable().default(null),
  totals: z.array(z.strictObject({ name: z.string(), of: z.array(count).min(2) })).default([]),
  classifier: z.unknown(),
  spread: z
    .strictObject({ centre: number, factor: number.min(1) })
    .nullable()
    .default(null),
  calibrator: z.unknown(),
  tiers: z.array(riskTier).min(1),
  value: z.string().nullable().default(null),
  weights: z.string().nullable().default(null),
  readings: z.record(z.string(), reading).default({}),
  valueBands: z
    .array(z.strictObject({ name: z.string(), from: number.min(0) }))
    .min(1)
    .nullable()
    .default(null),
  vennAbers: vennAbersSchema.nullable().default(null),
  reference: reference.nullable().default(null),
  parity: parity.default([]),
  fingerprints: fingerprints.nullable().default(null),
  explanation: explanationSchema.nullable().default(null),
  training,
});
