import { type OptionNames, optionProblems } from "../../arguments.js";
import { argumentProblem, HoldfastError, invalidArgument, type Problem } from "../../errors.js";
import { checkVectorOptions } from "../../history/vector-from-facts.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import type { WatchedModel } from "../../predict/watching/watched-model.js";
import { tableProblem } from "../../table/check-table.js";
import type { ServerOptions } from "./server-options.js";

const OPTIONS: OptionNames<ServerOptions> = {
  default: "optional",
  shadow: "optional",
  history: "optional",
  tokens: "optional",
  allowPublic: "optional",
  openMetrics: "optional",
  openDocs: "optional",
  bodyLimit: "optional",
  maxRows: "optional",
  requestTimeout: "optional",
  rateLimit: "optional",
  trustProxy: "optional",
  drain: "optional",
  log: "optional",
};

/** Options of `listen` that are often passed to `createServer`, and how they are passed. */
const OF_LISTEN: Readonly<Record<string, (value: unknown) => string>> = {
  port: (value) => `pass it to listen: await server.listen({ port: ${JSON.stringify(value)} })`,
  host: (value) => `pass it to listen: await server.listen({ host: ${JSON.stringify(value)} })`,
};

/** Makes sure that the arguments of `createServer` are models and options. @throws HoldfastError. */
export function checkServer(models: unknown, options: unknown): void {
  checkModels(models);
  const hintFor = (instead: unknown) => (typeof instead === "number" ? OF_LISTEN.port(instead) : undefined);
  const problems = optionProblems("createServer", options, OPTIONS, "options", hintFor).map((problem) => {
    const { argument = "" } = problem.path;
    const hint = Object.hasOwn(OF_LISTEN, argument) ? OF_LISTEN[argument](problem.received) : problem.hint;
    return { ...problem, ...(hint === undefined ? {} : { hint }) };
  });
  if (problems.length > 0) throw new HoldfastError(problems);
  checkParts((options ?? {}) as ServerOptions);
}

function checkModels(models: unknown): void {
  if (isModel(models)) return;
  const isPlain =
    typeof models === "object" && models !== null && !Array.isArray(models) && !("then" in models);
  const whole = modelProblem("models", models, !isPlain);
  if (whole !== undefined) throw new HoldfastError(whole);
  const problems = Object.entries(models as object).flatMap(([name, model]) => {
    const problem = isModel(model) ? undefined : modelProblem(`models.${name}`, model, true);
    return problem === undefined ? [] : [problem];
  });
  if (problems.length > 0) throw new HoldfastError(problems);
}

/** @param isWrong whether it is wrong even if nothing more is known of it; else it may be models by name. */
function modelProblem(argument: string, model: unknown, isWrong: boolean): Problem | undefined {
  const fail = (instead: string, hint: string, received?: unknown): Problem =>
    argumentProblem("createServer", argument, `must be a ChurnModel${instead}`, received, hint);
  if (typeof model === "string") return fail("", "load a file with await loadChurnModel(path)", model);
  if (Array.isArray(model))
    return fail(" or models by name, not a list", "write { first: model, second: … }");
  if (typeof model === "object" && model !== null) {
    if ("then" in model) return fail(", not a promise of one", "await it first");
    if (tableProblem("createServer", argument, model) === undefined) {
      return fail(", not a Table", "train one with await trainChurnModel(table, options)");
    }
  }
  if (!isWrong) return undefined;
  const hint = "trainChurnModel and loadChurnModel make one";
  return fail(model === undefined ? ", not undefined" : "", hint, model);
}

/** A model, or one that is watched. */
export function isModel(value: unknown): value is ChurnModel | WatchedModel {
  return typeof (value as { readonly predictOne?: unknown } | null | undefined)?.predictOne === "function";
}

function checkParts({
  history,
  tokens,
  log,
  allowPublic,
  openMetrics,
  openDocs,
  trustProxy,
}: ServerOptions): void {
  const fail = (argument: string, expected: string, received: unknown, hint?: string): never =>
    invalidArgument("createServer", argument, expected, received, hint);
  for (const [name, value] of Object.entries({ allowPublic, openMetrics, openDocs, trustProxy })) {
    if (value !== undefined && typeof value !== "boolean") fail(name, "must be true or false", value);
  }
  if (log !== undefined && typeof (log as Partial<typeof log> | null)?.write !== "function") {
    fail(
      "log",
      "must be a stream to write to",
      (log as unknown) === console ? "console" : log,
      "such as process.stdout",
    );
  }
  if (history !== undefined) {
    if (typeof history === "object" && history !== null && "session" in history) {
      const hint = "write { population: await populationFigures(history, at) }";
      fail("history", "must be options of vectorFromFacts, not a History", undefined, hint);
    }
    checkVectorOptions("createServer", history, "history");
  }
  if (tokens !== undefined) checkTokens("createServer", tokens);
}

/** Tokens themselves are never shown: messages end up in logs. */
export function checkTokens(functionName: string, tokens: unknown): void {
  const fail = (argument: string, instead: string, received: unknown, hint?: string): never =>
    invalidArgument(functionName, argument, instead, received, hint);
  const expected = "must be a list of { name, token }";
  if (tokens instanceof Promise)
    fail("tokens", `${expected}, not a promise of one`, undefined, "await it first");
  if (typeof tokens === "string") {
    fail("tokens", `${expected}, not a text`, undefined, "read a file with await readTokens(path)");
  }
  if (!Array.isArray(tokens)) fail("tokens", expected, typeof tokens);
  (tokens as unknown[]).forEach((each, i) => {
    const { name, token } = (each ?? {}) as { readonly name?: unknown; readonly token?: unknown };
    if (typeof name === "string" && typeof token === "string" && token !== "") return;
    const hint = typeof each === "string" ? 'write { name: "crm", token: … }' : undefined;
    fail(`tokens[${i}]`, "must be { name, token }, both texts", undefined, hint);
  });
}
