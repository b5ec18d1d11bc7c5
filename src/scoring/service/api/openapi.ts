import { z } from "zod";
import type { ChurnModel } from "../../../predict/churn-model.js";
import type { Row } from "../../../predict/row-reader.js";
import { packageVersion } from "../../../version.js";
import { shownPrediction } from "../predict.js";
import * as contract from "./contract.js";
import { type Route, routesOf } from "./routes.js";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A model under its name, and its version. */
interface NamedModel {
  readonly name: string;
  readonly version: string;
  readonly model: ChurnModel;
}

/** Statuses of errors, and when they are answered. */
const ERRORS: Readonly<Record<number, string>> = {
  400: "The request, or rows of it, can't be read; all problems are listed",
  401: "No token, or an unknown one",
  404: "No such model",
  405: "Another method is needed; the header allow names it",
  408: "The request did not arrive in time",
  413: "Too many bytes or rows",
  415: "The body is not said to be application/json",
  429: "Too many requests; the header retry-after says when to send the next one",
  431: "The headers are too large",
  500: "The service failed; its log has more under the request's id",
  503: "Too much to do, or no answer in time; the header retry-after says when to try again",
};
/** Those that every route with a token can answer. */
const OF_ALL = [401, 405, 408, 429, 431, 500];

/**
 * The service as OpenAPI 3.1, with a schema for the rows of each model.
 * @param sample the model that makes the examples
 */
export function openApi(models: readonly NamedModel[], sample: NamedModel, withVector: boolean): JsonSchema {
  const rows = models.map(
    ({ name, model }) => [`Row of ${name}`, { title: name, ...rowSchema(model) }] as const,
  );
  const rowOfAny = { anyOf: rows.map(([name]) => reference(name)) };
  const request = schemaOf(contract.predictRequest) as { properties: Record<string, unknown> };
  const predict = {
    ...request,
    properties: { ...request.properties, row: rowOfAny, rows: { type: "array", items: rowOfAny } },
    oneOf: [{ required: ["row"] }, { required: ["rows"] }],
  };
  const examples = examplesOf(sample);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routesOf(withVector)) {
    paths[route.path] = { [route.method.toLowerCase()]: operation(route, examples) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "holdfast",
      version: packageVersion(),
      description: "Calibrated probabilities of churn and risk tiers.",
    },
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: Object.fromEntries([
        ...rows.map(([name, schema]) => [componentName(name), schema]),
        ["PredictRequest", predict],
        ["PredictResponse", schemaOf(contract.predictResponse)],
        ["VectorRequest", schemaOf(contract.vectorRequest)],
        ["VectorResponse", schemaOf(contract.vectorResponse)],
        ["ModelResponse", schemaOf(contract.modelResponse)],
        ["ModelsResponse", schemaOf(contract.modelsResponse)],
        ["Error", schemaOf(contract.errorResponse)],
      ]),
    },
  };
}

/** The schema of a model's row: all inputs and the value column are required; null means missing. */
export function rowSchema(model: ChurnModel): JsonSchema {
  const inputs = model.inputs.map((input): [string, JsonSchema] => {
    if (input.kind === "categorical") {
      const description = 'other categories than these are scored as "other"';
      return [
        input.name,
        { type: ["string", "number", "boolean", "null"], description, examples: input.levels },
      ];
    }
    if (input.kind === "numeric") return [input.name, { type: ["number", "string", "null"] }];
    return [input.name, { type: ["string", "null"], examples: ["2026-01-31"] }];
  });
  const properties = Object.fromEntries([
    ...(model.id === null ? [] : [[model.id, { type: ["string", "number", "null"] }]]),
    ...inputs,
    ...(model.value === null ? [] : [[model.value, { type: ["number", "string", "null"] }]]),
  ]) as Record<string, JsonSchema>;
  const required = Object.keys(properties).filter((name) => name !== model.id);
  return { type: "object", properties, required };
}

/** Bodies of requests and answers, by the names of their schemas: a synthetic row of the model, and what it answers to it. */
function examplesOf({ name, version, model }: NamedModel): Readonly<Record<string, unknown>> {
  const [parity] = model.scorer.content.parity;
  if (parity === undefined) return {};
  const row: Row = { ...(model.id === null ? {} : { [model.id]: "7" }), ...parity.row };
  const prediction = shownPrediction(model.predictOne(row, { details: true }), true);
  return {
    PredictRequest: { row },
    PredictResponse: { model: name, version, prediction },
  };
}

function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema) as Record<string, unknown>;
  return rest;
}

function reference(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${componentName(name)}` };
}

/** Names of components are letters, digits, dots, dashes and underscores. */
function componentName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/gu, (character) =>
    character === " " ? "_" : `u${character.codePointAt(0)?.toString(16)}`,
  );
}

function operation(route: Route, examples: Readonly<Record<string, unknown>>): JsonSchema {
  const { id, path, summary, access, request, response } = route;
  const error = (status: number) => [
    status,
    { description: ERRORS[status], ...(path === "/readyz" ? {} : json("Error", {})) },
  ];
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const statuses = [...route.errors, ...(access === "anyone" ? [405] : OF_ALL)].toSorted((a, b) => a - b);
  return {
    operationId: id,
    summary,
    ...(access === "anyone" ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(request === undefined ? {} : { requestBody: { required: true, ...json(request, examples) } }),
    responses: {
      200: { description: "Done", ...(response === undefined ? {} : json(response, examples)) },
      ...Object.fromEntries(statuses.map(error)),
    },
  };
}

function json(name: string, examples: Readonly<Record<string, unknown>>) {
  const example = examples[name];
  const content = { schema: reference(name), ...(example === undefined ? {} : { example }) };
  return { content: { "application/json": content } };
}
