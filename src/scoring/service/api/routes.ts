/** Who may ask without a token, where tokens are required. */
type Access = "token" | "anyone" | "openMetrics" | "openDocs";

/** A route of the service, as it is documented. */
export interface Route {
  readonly method: "GET" | "POST";
  /** As OpenAPI writes it: parameters in braces. */
  readonly path: string;
  /** Its name in clients that are made from the OpenAPI document. */
  readonly id: string;
  readonly summary: string;
  readonly access: Access;
  /** Names of schemas; without a response it answers a text, or a status only. */
  readonly request?: string;
  readonly response?: string;
  /** Statuses of errors that it answers, besides those of all routes. */
  readonly errors: readonly number[];
}

/** All routes, in the order in which they are documented. */
export const ROUTES = [
  {
    method: "POST",
    path: "/v1/predict",
    id: "predict",
    summary: "Predict one row or many",
    access: "token",
    request: "PredictRequest",
    response: "PredictResponse",
    errors: [400, 404, 413, 415, 503],
  },
  {
    method: "POST",
    path: "/v1/vector",
    id: "predictFromFacts",
    summary: "Make the vector of one subscriber from its facts, and predict it",
    access: "token",
    request: "VectorRequest",
    response: "VectorResponse",
    errors: [400, 404, 413, 415, 503],
  },
  {
    method: "GET",
    path: "/v1/model",
    id: "listModels",
    summary: "The inputs, tiers and model cards of all models",
    access: "token",
    response: "ModelsResponse",
    errors: [],
  },
  {
    method: "GET",
    path: "/v1/model/{name}",
    id: "getModel",
    summary: "The inputs, tiers and model card of one model",
    access: "token",
    response: "ModelResponse",
    errors: [404],
  },
  {
    method: "GET",
    path: "/openapi.json",
    id: "getOpenApi",
    summary: "This description, as OpenAPI 3.1",
    access: "openDocs",
    errors: [],
  },
  {
    method: "GET",
    path: "/docs",
    id: "getDocs",
    summary: "This description, as a page",
    access: "openDocs",
    errors: [],
  },
  {
    method: "GET",
    path: "/healthz",
    id: "getHealth",
    summary: "Whether the process is alive",
    access: "anyone",
    errors: [],
  },
  {
    method: "GET",
    path: "/readyz",
    id: "getReadiness",
    summary: "Whether it accepts requests: 200, and 503 while it drains",
    access: "anyone",
    errors: [503],
  },
  {
    method: "GET",
    path: "/metrics",
    id: "getMetrics",
    summary: "Metrics for Prometheus",
    access: "openMetrics",
    errors: [],
  },
] as const satisfies readonly Route[];

export type RoutePath = (typeof ROUTES)[number]["path"];

/** The routes of a service. @param withVector whether it computes vectors */
export function routesOf(withVector: boolean): readonly Route[] {
  return ROUTES.filter(({ path }) => withVector || path !== "/v1/vector");
}

/** A path as the HTTP framework writes it. */
export function frameworkPath(path: RoutePath): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
}

const BY_PATH = new Map<string, Access>(ROUTES.map(({ path, access }) => [frameworkPath(path), access]));

/** Whether a route needs no token. @param path as the HTTP framework writes it; undefined where there is no such route. */
export function isOpen(
  path: string | undefined,
  options: { readonly openMetrics?: boolean | undefined; readonly openDocs?: boolean | undefined },
): boolean {
  const access = BY_PATH.get(path ?? "") ?? "token";
  return access === "anyone" || (access !== "token" && options[access] === true);
}
