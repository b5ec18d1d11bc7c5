import type { Classifier } from "./classifier.js";

/** A classifier whose training code is loaded by its first use: who only predicts never loads it. */
export function loadedWhenUsed(name: string, load: () => Promise<Classifier>): Classifier {
  return {
    name,
    fit: async (...inputs) => (await load()).fit(...inputs),
    crossFit: async (...inputs) => (await load()).crossFit(...inputs),
  };
}
