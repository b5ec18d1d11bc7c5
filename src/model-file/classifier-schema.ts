import { z } from "zod";

const number = z.number();
const count = z.int().min(0);
const share = z.number().min(0).max(1);
const index = z.int();

const tree = z.strictObject({
  feature: z.array(count),
  threshold: z.array(number.nullable()),
  leftCodes: z.array(z.array(z.int().min(0).max(254)).nullable()),
  missingLeft: z.array(z.boolean()),
  left: z.array(index),
  right: z.array(index),
  leafValues: z.array(number).min(1),
});

const linearTerm = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("numeric"),
    name: z.string(),
    at: index,
    mean: number,
    deviation: number.min(0),
    missingAt: index,
    bends: z
      .strictObject({
        at: count,
        basis: z.strictObject({
          kind: z.enum(["spline", "piecewise"]),
          knots: z.array(number).min(3).max(16),
          means: z.array(number).min(1).max(16),
          projections: z.array(z.array(number)),
          deviations: z.array(number.gt(0)),
        }),
      })
      .optional(),
  }),
  z.strictObject({
    kind: z.literal("categorical"),
    name: z.string(),
    at: index,
    levels: z.array(z.string()),
    otherAt: index,
    missingAt: index,
  }),
]);

const logistic = z.strictObject({
  family: z.literal("logistic"),
  lambda: number.min(0),
  l1Ratio: share,
  encoding: z.strictObject({ terms: z.array(linearTerm), columnCount: count }),
  intercept: number,
  coefficients: z.array(number),
});
const boosting = z.strictObject({ family: z.literal("boosting"), baseMargin: number, trees: z.array(tree) });

const axis = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("numeric"), feature: count, cuts: z.array(number) }),
  z.strictObject({ kind: z.literal("categorical"), feature: count, binOfCode: z.array(count).min(2) }),
]);
const additive = z.strictObject({
  family: z.literal("additive"),
  intercept: number,
  shapes: z.array(
    z.strictObject({
      axis,
      effects: z.array(number),
      errors: z.array(number.min(0)).nullable(),
      shares: z.array(number.min(0)),
    }),
  ),
  pairs: z.array(z.strictObject({ axes: z.tuple([axis, axis]), effects: z.array(number) })),
});
const forest = z.strictObject({
  family: z.literal("forest"),
  kind: z.enum(["random-forest", "extra-trees"]),
  baseRate: share,
  trees: z.array(tree).min(1),
});
/** Sizes that a file may ask for; the weights, whose number they decide, are then checked to be there. */
const units = (most: number) => z.int().min(1).max(most);
const neural = z.strictObject({
  family: z.literal("neural"),
  shape: z.strictObject({
    numericEmbedding: z.enum(["piecewise-linear", "periodic"]),
    frequencies: units(64),
    inputs: z.array(
      z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("numeric"), edges: z.array(number).min(2).max(65) }),
        z.strictObject({ kind: z.literal("categorical"), codes: z.int().min(2), size: units(32) }),
      ]),
    ),
    sequences: z.array(
      z.strictObject({
        kernel: units(64),
        filters: units(256),
        channels: z
          .array(z.strictObject({ features: z.array(count).min(2), edges: z.array(number).min(2).max(65) }))
          .min(1),
      }),
    ),
    width: units(1024),
    hidden: units(4096),
    blocks: count.max(16),
  }),
  members: z.array(z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/)).min(1),
});
const single = [logistic, additive, boosting, forest, neural] as const;

/** Three levels of averages (an ensemble of shifted averages of fold models) are all there are: no file nests without end. */
function averageOf<Member extends z.ZodType>(member: Member) {
  return z.strictObject({
    family: z.literal("weighted-average"),
    offset: number.optional(),
    weights: z.array(number.min(0)).min(1),
    members: z.array(member).min(1),
  });
}
const foldAverage = averageOf(z.discriminatedUnion("family", [...single]));
const shiftedAverage = averageOf(z.discriminatedUnion("family", [...single, foldAverage]));
const ensemble = averageOf(z.discriminatedUnion("family", [...single, shiftedAverage]));
/** The file form of every classifier: a model, the average of fold models, or an ensemble of those. */
export const classifier = z.discriminatedUnion("family", [...single, ensemble]);
