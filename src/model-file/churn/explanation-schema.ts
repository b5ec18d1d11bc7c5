import { z } from "zod";

const number = z.number();
const count = z.int().min(0);
/** Fractions where rows have weights. */
const mass = number.min(0);

/** What a model file may hold of what reasons are told by. */
export const explanationSchema = z.strictObject({
  features: z.array(
    z.strictObject({
      family: z.string().optional(),
      familyWhenMissing: z.string().optional(),
      description: z.string().optional(),
      unit: z.string().optional(),
      actionable: z.literal(true).optional(),
      changeable: z.literal(true).optional(),
      sensitive: z.literal(true).optional(),
      isReason: z.literal(false).optional(),
      direction: z.enum(["up", "down"]).optional(),
      noise: number.min(0),
      churned: z.array(mass).optional(),
    }),
  ),
  alike: z.array(z.tuple([count, count])),
  apart: z.array(z.tuple([count, count, count, count])).optional(),
  within: z.array(z.tuple([count, count, count, number, number])).optional(),
});
