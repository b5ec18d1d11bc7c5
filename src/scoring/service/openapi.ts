import { z } from "zod";
import type { ChurnModel } from "../../predict/churn-model.js";
import { packageVersion } from "../../version.js";
import * as contract from "./contract.js";
import type { ModelShelf } from "./models.js";

type JsonSchema = Readonly<Record<string, unknown>>;

/** The service as OpenAPI 3.1, with a schema for the rows of each model. */
export function openApi(shelf: ModelShelf, withVector: boolean): JsonSchema {
  const rows = shelf.names.map((name) => {
    const served = shelf.find(name);
    return [`Row of ${name}`, served === undefined ? {} : rowSchema(served.model)] as const;
  });
  const rowOfAny = { anyOf: rows.map(([name]) => reference(name)) };
  const request = schemaOf(contract.predictRequest) as { properties: Record<string, unknown> };
  const predict = {
    ...request,
    properties: { ...request.properties, row: rowOfAny, rows: { type: "array", items: rowOfAny } },
    oneOf: [{ required: ["row"] }, { required: ["rows"] }],
  };
  return {
    openapi: "3.1.0",
    info: {
      title: "holdfast",
      version: packageVersion(),
      description: "Calibrated probabilities of churn and risk tiers.",
    },
    security: [{ bearer: [] }],
    paths: {
      "/v1/predict": {
        post: operation("Predict one row or many", reference("PredictRequest"), reference("PredictResponse")),
      },
      ...(withVector
        ? {
            "/v1/vector": {
              post: operation(
                "Predict from the facts of one subscriber",
                reference("VectorRequest"),
                reference("VectorResponse"),
              ),
            },
          }
        : {}),
      "/v1/model": {
        get: operation(
          "The inputs, tiers and model cards of the models",
          undefined,
          reference("ModelsResponse"),
        ),
      },
      "/healthz": { get: plain("Whether the process is alive") },
      "/readyz": { get: plain("Whether it accepts requests; not while it drains") },
      "/metrics": { get: plain("Metrics for Prometheus") },
    },
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: Object.fromEntries([
        ...rows.map(([name, schema]) => [componentName(name), schema]),
        ["PredictRequest", predict],
        ["PredictResponse", schemaOf(contract.predictResponse)],
        ["VectorRequest", schemaOf(contract.vectorRequest)],
        ["VectorResponse", schemaOf(contract.vectorResponse)],
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
    ...(model.value === null ? [] : [[model.value, { type: ["number", "null"] }]]),
  ]) as Record<string, JsonSchema>;
  const required = Object.keys(properties).filter((name) => name !== model.id);
  return { type: "object", properties, required };
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

function operation(summary: string, request: JsonSchema | undefined, response: JsonSchema): JsonSchema {
  const error = (description: string) => ({ description, ...json(reference("Error")) });
  return {
    summary,
    ...(request === undefined ? {} : { requestBody: { required: true, ...json(request) } }),
    responses: {
      200: { description: "Done", ...json(response) },
      400: error("The request, or rows of it, can't be read; all problems are listed"),
      401: error("No token, or an unknown one"),
      404: error("No such model"),
      413: error("Too many bytes or rows"),
      429: error("Too many requests"),
    },
  };
}

function plain(summary: string): JsonSchema {
  return { summary, security: [], responses: { 200: { description: "Yes" }, 503: { description: "No" } } };
}

function json(schema: JsonSchema) {
  return { content: { "application/json": { schema } } };
}
