import { meanEffects, termEffect } from "../../vectors/linear-effects.js";
import { type MakeExplainer, meanOverBackground, unexplained } from "../explainer.js";
import type { FittedLogistic } from "./fitted-logistic.js";

/** A term adds what it is beyond its mean, over the training rows or the background. */
export const explainLogistic: MakeExplainer = (model, width, background) => {
  const { encoding, intercept, coefficients } = (model as FittedLogistic).toJSON();
  const { terms } = encoding;
  const means =
    background === undefined
      ? meanEffects(encoding, coefficients)
      : terms.map((term, t) =>
          meanOverBackground(background, (from) => termEffect(term, coefficients, background.rows[from + t])),
        );
  if (means === undefined) throw unexplained("the means of its columns");
  return {
    baseValue: intercept + means.reduce((sum, mean) => sum + mean, 0),
    add(rows, rowCount, weight, into) {
      for (let row = 0, from = 0; row < rowCount; row++, from += width) {
        for (let t = 0; t < terms.length; t++)
          into[from + t] += weight * (termEffect(terms[t], coefficients, rows[from + t]) - means[t]);
      }
    },
  };
};
