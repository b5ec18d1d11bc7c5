import type { ChurnModel } from "../../predict/churn-model.js";
import type { WatchedModel } from "../../predict/watching/watched-model.js";
import type { ServedModels } from "./models.js";
import type { ScoringServer, ServerOptions } from "./server-options.js";

/**
 * A service for predictions: `POST /v1/predict`, `POST /v1/vector` where a history is given, `GET /v1/model`,
 * `/docs`, `/openapi.json`, `/healthz`, `/readyz` and `/metrics` for Prometheus. Needs `fastify` and `prom-client`, and
 * `@fastify/rate-limit` where requests are limited.
 *
 * ```ts
 * const server = await createServer(await loadChurnModel("telco.model.json", { watch: true }));
 * console.log(await server.listen({ port: 8080 }));
 * ```
 * @param models one model, or several by name, of which the first is the default.
 * @throws HoldfastError for what is no model, unknown options and options out of range, and `dependency.missing`.
 */
export async function createServer(
  models: ChurnModel | WatchedModel | ServedModels,
  options: ServerOptions = {},
): Promise<ScoringServer> {
  // The checks and the framework are loaded only when a service is created.
  const { checkServer } = await import("./check-server.js");
  checkServer(models, options);
  const { startService } = await import("./service.js");
  return startService(models, options);
}
