import { z } from "zod";
import { LOCALE_NAMES, MOST_REASONS } from "../../../predict/explaining/explain-options.js";

/** A cell of a row: a number or its text, a category, a date such as 2026-01-31, true or false, or null for a missing value. */
export const cell = z.union([z.number(), z.string(), z.boolean(), z.null()]);
const row = z.record(z.string(), cell);
const facts = z.record(z.string(), z.array(row));

const reasons = z.int().min(0).max(MOST_REASONS).optional();
const locale = z.enum(LOCALE_NAMES).optional();

/** `POST /v1/predict`: one row, or many. */
export const predictRequest = z.strictObject({
  /** Name of the model; default: the server's default. */
  model: z.string().optional(),
  /** Whether predictions have `interval` and `uncertain`; default false. */
  intervals: z.boolean().optional(),
  /** Whether predictions name what is unseen, missing and out of range; default true. */
  details: z.boolean().optional(),
  /** The most reasons of each prediction, what raises the risk; default 0. */
  reasons,
  /** The language of reasons; default en. */
  locale,
  row: row.optional(),
  rows: z.array(row).optional(),
});

/** `POST /v1/vector`: the facts of one subscriber, by standard table. */
export const vectorRequest = z.strictObject({
  model: z.string().optional(),
  intervals: z.boolean().optional(),
  details: z.boolean().optional(),
  reasons,
  locale,
  facts,
  /** The cutoff, such as 2026-02-01; default: that of the population's figures. */
  at: z.string().optional(),
});

const probability = z.number().min(0).max(1);

/** What a row holds that training did not see, and what is missing. */
const details = z.strictObject({
  /** Categories that training never saw; they are scored as other. */
  unseen: z.array(z.strictObject({ column: z.string(), value: z.string() })),
  /** The inputs without a value. */
  missing: z.array(z.string()),
  /** Numbers and dates below the least or above the greatest of training. */
  outOfRange: z.array(
    z.strictObject({
      column: z.string(),
      value: z.union([z.number(), z.string()]),
      range: z.union([z.tuple([z.number(), z.number()]), z.tuple([z.string(), z.string()])]),
    }),
  ),
});

/** What raises the risk of a row. */
const reason = z.strictObject({
  /** The column that it is told of, and those that say about the same. */
  column: z.string(),
  columns: z.array(z.string()),
  family: z.string().nullable(),
  value: z.union([z.number(), z.string(), z.null()]),
  /** To the margin, in log-odds: above 0. */
  contribution: z.number(),
  actionable: z.boolean(),
  /** A sentence in the language that was asked for. */
  text: z.string(),
});

export const prediction = z.strictObject({
  id: z.string().nullable(),
  probability,
  tier: z.string(),
  interval: z.tuple([probability, probability]).optional(),
  uncertain: z.boolean().optional(),
  value: z.number().optional(),
  valueBand: z.string().optional(),
  expectedLoss: z.number().optional(),
  /** Where they were asked for. */
  reasons: z.array(reason).optional(),
  /** Absent where there is nothing to name. */
  details: details.optional(),
});

const ofModel = { model: z.string(), version: z.string() };

export const predictResponse = z.strictObject({
  ...ofModel,
  prediction: prediction.optional(),
  predictions: z.array(prediction).optional(),
});

export const vectorResponse = z.strictObject({
  ...ofModel,
  /** Null if the subscriber is not active at the cutoff. */
  prediction: prediction.nullable(),
  vector: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).nullable(),
});

const input = z.strictObject({
  name: z.string(),
  kind: z.enum(["numeric", "date", "categorical"]),
  missingSeen: z.boolean(),
  levels: z.array(z.string()).optional(),
});

const tier = z.strictObject({
  name: z.string(),
  from: z.number(),
  by: z.enum(["probability", "expectedLoss"]),
});
const interval = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });

/** `GET /v1/model`: the inputs, tiers and model card of a model. */
export const modelResponse = z.strictObject({
  ...ofModel,
  isDefault: z.boolean(),
  holdfast: z.string(),
  /** The column of subscriber ids, and that of subscriber values; null for a model without one. */
  id: z.string().nullable(),
  value: z.string().nullable(),
  inputs: z.array(input),
  tiers: z.array(tier),
  card: z.strictObject({
    label: z.strictObject({ column: z.string(), churned: z.string(), stayed: z.string() }),
    rows: z.number(),
    churnRate: z.number(),
    classifier: z.string(),
    calibration: z.string(),
    /** Out of fold, with 95% intervals. */
    rocAuc: interval,
    logLoss: interval,
    expectedCalibrationError: interval,
    dataFingerprint: z.string(),
  }),
});

export const modelsResponse = z.strictObject({ default: z.string(), models: z.array(modelResponse) });

export const problem = z.strictObject({
  code: z.string(),
  /** The place of the problem: argument, column, row (from 1). */
  path: z.record(z.string(), z.union([z.string(), z.number()])),
  expected: z.string(),
  received: z.string().optional(),
  hint: z.string().optional(),
});

/** The body of a response with a status of 400 or more. */
export const errorResponse = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    requestId: z.string(),
    /** All problems of the request, up to 100. */
    problems: z.array(problem),
  }),
});

export type PredictResponse = z.infer<typeof predictResponse>;
/** The body of `POST /v1/vector`: the facts of one subscriber, by table. */
export type VectorRequest = z.infer<typeof vectorRequest>;
/** The body of its answer: the vector, by feature. */
export type VectorResponse = z.infer<typeof vectorResponse>;
export type ModelResponse = z.infer<typeof modelResponse>;
/** The body of `GET /v1/model`: every model that is served. */
export type ModelsResponse = z.infer<typeof modelsResponse>;
/** The body of an answer that is an error. */
export type ErrorResponse = z.infer<typeof errorResponse>;
/** A prediction as the service answers it. */
export type ServicePrediction = z.infer<typeof prediction>;
/** A row as the service is asked for it: values by column name. */
export type ServiceRow = z.infer<typeof row>;
