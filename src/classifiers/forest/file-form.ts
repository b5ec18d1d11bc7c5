import { z } from "zod";
import type { FileForm } from "../../file-form.js";
import { checkTrees, treeSchema } from "../../trees/file-form.js";
import type { InputColumn } from "../../vectors/vectorizer.js";
import type { ForestJson } from "./fitted-forest.js";

/** What a model file may hold of a forest. */
export const forestForm: FileForm<ForestJson, [readonly InputColumn[]]> = {
  schema: z.strictObject({
    family: z.literal("forest"),
    kind: z.enum(["random-forest", "extra-trees"]),
    baseRate: z.number().min(0).max(1),
    trees: z.array(treeSchema).min(1),
  }),
  check: ({ trees }, at, report, features) => checkTrees(trees, features, `${at}.trees`, report),
};
