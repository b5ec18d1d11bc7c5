import { z } from "zod";
import type { FileForm } from "../../file-form.js";
import { checkTrees, treeSchema } from "../../trees/file-form.js";
import type { InputColumn } from "../../vectors/vectorizer.js";
import type { BoostingJson } from "./fitted-boosting.js";

/** What a model file may hold of boosted trees. */
export const boostingForm: FileForm<BoostingJson, [readonly InputColumn[]]> = {
  schema: z.strictObject({
    family: z.literal("boosting"),
    baseMargin: z.number(),
    trees: z.array(treeSchema),
  }),
  check: ({ trees }, at, report, features) => checkTrees(trees, features, `${at}.trees`, report),
};
