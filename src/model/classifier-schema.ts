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

/** Three levels of averages (an ensemble of shifted averages of fold models) are all there are: no file nests without end. */
function averageOf<Member extends z.ZodType>(member: Member) {
  return z.strictObject({
    family: z.literal("weighted-average"),
    offset: number.optional(),
    weights: z.array(number.min(0)).min(1),
    members: z.array(member).min(1),
  });
}
const foldAverage = averageOf(z.discriminatedUnion("family", [logistic, boosting]));
const shiftedAverage = averageOf(z.discriminatedUnion("family", [logistic, boosting, foldAverage]));
const ensemble = averageOf(z.discriminatedUnion("family", [logistic, boosting, shiftedAverage]));
/** The file form of every classifier: a model, the average of fold models, or a blend of those. */
export const classifier = z.discriminatedUnion("family", [logistic, boosting, ensemble]);
