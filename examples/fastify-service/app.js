// @ts-check
// The service: one route that predicts in this process. holdfast/predict loads neither a database nor training code.
import Fastify from "fastify";
import { HoldfastError, loadChurnModel } from "holdfast/predict";

/** The most rows of one request. */
const MOST_ROWS = 1000;

/** @param {string} path of the model file */
export async function createApp(path) {
  const model = await loadChurnModel(path);
  const app = Fastify({ bodyLimit: 1 << 20 });

  app.setErrorHandler((error, _, reply) => {
    // What is wrong with the rows, all of it at once: row, column, what was expected, what was received.
    if (error instanceof HoldfastError && error.code.startsWith("data.")) {
      return reply.code(400).send({ error: error.message, problems: error.problems });
    }
    const { statusCode = 500, message } = /** @type {import("fastify").FastifyError} */ (error);
    return reply.code(statusCode).send({ error: statusCode < 500 ? message : "internal error" });
  });

  const body = {
    type: "object",
    required: ["rows"],
    additionalProperties: false,
    properties: { rows: { type: "array", items: { type: "object" }, minItems: 1, maxItems: MOST_ROWS } },
  };
  app.post("/predict", { schema: { body } }, async (request) => {
    const { rows } = /** @type {{ rows: Record<string, unknown>[] }} */ (request.body);
    return { predictions: model.predictMany(rows, { reasons: 2 }) };
  });
  return app;
}
