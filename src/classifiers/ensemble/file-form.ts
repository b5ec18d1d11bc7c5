import { z } from "zod";
import type { FileForm } from "../../file-form.js";
import { AVERAGE, type WeightedAverageJson } from "./weighted-average.js";

/** What a model file may hold of an average, except its members. */
export const averageForm: FileForm<WeightedAverageJson> = {
  schema: z.strictObject({
    family: z.literal(AVERAGE),
    offset: z.number().optional(),
    weights: z.array(z.number().min(0)).min(1),
    members: z.array(z.unknown()).min(1),
  }),
  check({ weights, members }, at, report) {
    if (weights.length !== members.length) report(`${at}.weights`, "must have one for every member");
  },
};
