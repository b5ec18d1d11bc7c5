import { z } from "zod";
import { count } from "../../errors.js";
import type { FileForm } from "../../file-form.js";
import { rises } from "../../math/rises.js";
import type { InputColumn } from "../../vectors/vectorizer.js";
import type { NeuralJson } from "./fitted-neural.js";
import { layoutOf } from "./shape.js";
import { weightsFromText } from "./weights-text.js";

const number = z.number();
const whole = z.int().min(0);
/** Sizes that a file may have; they determine the number of weights, which is checked. */
const units = (most: number) => z.int().min(1).max(most);

/**
 * What a model file may hold of a network: edges that rise, branches of numeric inputs, the number of weights that
 * follows from the shape.
 */
export const neuralForm: FileForm<NeuralJson, [readonly InputColumn[]]> = {
  schema: z.strictObject({
    family: z.literal("neural"),
    shape: z.strictObject({
      numericEmbedding: z.enum(["piecewise-linear", "periodic"]),
      frequencies: units(64),
      extrapolate: z.boolean().optional(),
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
            .array(z.strictObject({ features: z.array(whole).min(2), edges: z.array(number).min(2).max(65) }))
            .min(1),
        }),
      ),
      width: units(1024),
      hidden: units(4096),
      blocks: whole.max(16),
    }),
    members: z.array(z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/)).min(1),
  }),
  check({ shape, members }, at, report, features) {
    const isNumeric = (feature: number) =>
      features[feature] !== undefined && features[feature].kind !== "categorical";
    if (shape.inputs.length !== features.length) {
      report(`${at}.shape.inputs`, `must have one per input, ${count(features.length, "input")}`);
      return;
    }
    shape.inputs.forEach((entered, i) => {
      const input = features[i];
      const isValid =
        entered.kind === "numeric"
          ? input.kind !== "categorical" && rises(entered.edges, true)
          : input.kind === "categorical" && entered.codes === input.levels.length + 2;
      if (!isValid) report(`${at}.shape.inputs.${i}`, "must fit its input, with edges that rise");
    });
    let isValid = true;
    shape.sequences.forEach(({ kernel, channels }, s) => {
      const months = channels[0].features.length;
      const areValid = channels.every(
        ({ features, edges }) =>
          features.length === months && features.every(isNumeric) && rises(edges, true),
      );
      if (areValid && kernel <= months) return;
      isValid = false;
      report(
        `${at}.shape.sequences.${s}`,
        "must name the same number of numeric inputs in every channel, at least the kernel size",
      );
    });
    if (!isValid) return;
    const { size } = layoutOf(shape);
    members.forEach((text, m) => {
      const weights = weightsFromText(text);
      if (weights?.length !== size || !weights.every(Number.isFinite))
        report(`${at}.members.${m}`, `must be ${count(size, "finite number")} of 32 bits`);
    });
  },
};
