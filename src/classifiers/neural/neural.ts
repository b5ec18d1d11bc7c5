import type { Classifier } from "../classifier.js";
import { loadedWhenUsed } from "../loaded-when-used.js";
import type { FittedNeural } from "./fitted-neural.js";
import { type NeuralOptions, neuralSettings } from "./options.js";

/**
 * A small ensemble of residual networks on TensorFlow.js: embedding vectors for categories, numbers by quantile bins or
 * learnt frequencies (Gorishniy et al. 2022), residual blocks with layer normalisation (Gorishniy et al. 2021), an optional
 * convolution over monthly columns, AdamW, early stopping, a running mean of the weights.
 *
 * Training needs `@tensorflow/tfjs-node`, or `@tensorflow/tfjs` with or without `@tensorflow/tfjs-backend-wasm`; the
 * progress and the summary say which one runs. The same data, options and seed give the same bits on the same backend,
 * not on another. Trained networks need none of them.
 *
 * ```ts
 * const model = await trainChurnModel(table, { label: "Churn", classifier: ["auto", neuralNetwork({ members: 4 })] });
 * ```
 * @throws HoldfastError when an option is out of range; in training `dependency.missing` without TensorFlow.js.
 */
export function neuralNetwork(options: NeuralOptions = {}): Classifier<FittedNeural> {
  const settings = neuralSettings(options);
  return loadedWhenUsed("neuralNetwork", "neural", { family: "neural", options }, async () => {
    const { neuralTrainer } = await import("./trainer.js");
    return neuralTrainer(settings);
  });
}
