import type { CompleteFamily } from "../family.js";
import { choice, linear, logarithmic, wholeLogarithmic, wholeNumber } from "../search-space.js";
import { FittedNeural, type NeuralJson } from "./fitted-neural.js";
import { neuralNetwork } from "./neural.js";
import { NEURAL_OPTIONS, type NeuralOptions } from "./options.js";

export const neuralFamily = {
  name: "neural",
  functions: ["neuralNetwork"],
  purpose:
    "a residual network on TensorFlow.js, with a convolution over monthly columns; only where asked for, trained ones need no TensorFlow",
  candidates: ({ extrapolate }) => [
    neuralNetwork({ sequences: "auto", ...(extrapolate === true ? { extrapolate } : {}) }),
  ],
  create: (options: NeuralOptions) => neuralNetwork(options),
  options: NEURAL_OPTIONS,
  searchSpace: {
    width: wholeLogarithmic(24, 128),
    blocks: wholeNumber(1, 3),
    dropout: linear(0, 0.5),
    learningRate: logarithmic(5e-4, 5e-3),
    weightDecay: logarithmic(1e-3, 0.1),
    numericEmbedding: choice("piecewise-linear", "periodic"),
  },
  fromJson: (json: NeuralJson) => new FittedNeural(json),
  file: async () => (await import("./file-form.js")).neuralForm,
  explaining: async () => (await import("../sampled-shapley.js")).explainBySampling,
  keepsRules: false,
  auto: "never",
  effortToRead: () => 50,
} as const satisfies CompleteFamily;
