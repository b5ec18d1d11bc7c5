import { z } from "zod";
import type { FileForm, Report } from "../file-form.js";
import { rises } from "../math/rises.js";
import type {
  BetaJson,
  CrossVennAbersJson,
  IsotonicJson,
  MixtureJson,
  PlattJson,
  TemperatureJson,
  VennAbersJson,
} from "./calibrator.js";

const number = z.number();
const share = z.number().min(0).max(1);

const platt = z.strictObject({ method: z.literal("platt"), slope: number.min(0), intercept: number });
const isotonic = z.strictObject({
  method: z.literal("isotonic"),
  margins: z.array(number).min(1),
  probabilities: z.array(share).min(1),
});
export const vennAbersSchema = z.strictObject({
  method: z.literal("venn-abers"),
  margins: z.array(number).min(1),
  p0: z.array(share).min(1),
  p1: z.array(share).min(1),
});

export const temperatureForm: FileForm<TemperatureJson> = {
  schema: z.strictObject({ method: z.literal("temperature"), inverseTemperature: number.min(0) }),
};

export const plattForm: FileForm<PlattJson> = { schema: platt };

export const betaForm: FileForm<BetaJson> = {
  schema: z.strictObject({ method: z.literal("beta"), a: number.min(0), b: number.min(0), c: number }),
};

export const isotonicForm: FileForm<IsotonicJson> = { schema: isotonic, check: checkIsotonic };

export const mixtureForm: FileForm<MixtureJson> = {
  schema: z.strictObject({ method: z.literal("mixture"), isotonicWeight: share, platt, isotonic }),
  check: (json, at, report) => checkIsotonic(json.isotonic, `${at}.isotonic`, report),
};

export const vennAbersForm: FileForm<VennAbersJson> = { schema: vennAbersSchema, check: checkVennAbers };

export const crossVennAbersForm: FileForm<CrossVennAbersJson> = {
  schema: z.strictObject({ method: z.literal("cross-venn-abers"), folds: z.array(vennAbersSchema).min(1) }),
  check: ({ folds }, at, report) => {
    folds.forEach((fold, f) => {
      checkVennAbers(fold, `${at}.folds.${f}`, report);
    });
  },
};

function checkIsotonic({ margins, probabilities }: IsotonicJson, at: string, report: Report): void {
  if (margins.length !== probabilities.length)
    report(`${at}.probabilities`, "must have one for every margin");
  if (!rises(margins, true)) report(`${at}.margins`, "must rise");
  if (!rises(probabilities, false)) report(`${at}.probabilities`, "must not fall");
}

function checkVennAbers({ margins, p0, p1 }: VennAbersJson, at: string, report: Report): void {
  if (!rises(margins, true)) report(`${at}.margins`, "must rise");
  for (const [name, steps] of [
    ["p0", p0],
    ["p1", p1],
  ] as const) {
    if (steps.length !== margins.length) report(`${at}.${name}`, "must have one for every margin");
    if (!rises(steps, false)) report(`${at}.${name}`, "must not fall");
  }
  // Neither bound of the odds, p1 / (1 − p0), may be infinite, nor the odds 0 : 0.
  if (p0.some((low, i) => low > p1[i] || low === 1)) report(`${at}.p0`, "must not be above p1, and below 1");
  if (p1[0] === 0) report(`${at}.p1`, "must be above 0");
}
