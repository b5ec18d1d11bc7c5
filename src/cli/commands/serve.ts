import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { Command } from "commander";
import { HoldfastError, invalidArgument } from "../../errors.js";
import type { VectorFromFactsOptions } from "../../history/vector-from-facts.js";
import { loadChurnModel } from "../../predict/load.js";
import type { WatchedModel } from "../../predict/watching/watched-model.js";
import { createServer } from "../../scoring/service/create-server.js";
import type { ScoringServer } from "../../scoring/service/server-options.js";
import { readTokens } from "../../scoring/service/tokens.js";
import { needReader } from "../lost-reader.js";
import { wholeNumber } from "../options/arguments.js";

interface Options {
  port: number;
  host: string;
  default?: string;
  shadow?: string;
  tokens?: string;
  allowPublic?: boolean;
  openMetrics?: boolean;
  openDocs?: boolean;
  rateLimit?: number;
  trustProxy?: boolean;
  bodyLimit?: number;
  maxRows?: number;
  requestTimeout?: number;
  drain?: number;
  history?: string;
  watch: boolean;
  log: boolean;
}

const EXAMPLES = `
Examples:
  holdfast serve telco.model.json --port 8080
  holdfast serve main=march.model.json next=april.model.json --shadow next
  holdfast serve telco.model.json --host 0.0.0.0 --tokens tokens.txt --rate-limit 200

  curl -s localhost:8080/v1/predict -H 'content-type: application/json' -d '{"row": {"tenure": 3, "plan": "basic"}}'

POST /v1/predict {row} or {rows}, GET /v1/model, /docs, /openapi.json, /healthz, /readyz, /metrics (Prometheus); with
--history also POST /v1/vector {facts}. A model file that is replaced is validated, must reproduce its parity rows, and is
then used; an invalid one is refused and the previous one stays in use. SIGHUP reads the tokens again. SIGTERM drains: not
ready for --drain, then no new connections, then the end, at the latest after --request-timeout. Logs are lines of JSON on standard output, without the content of requests and answers.`;

export function serveCommand(): Command {
  return new Command("serve")
    .argument("<model...>", "model files, each as a path or NAME=path; the first is the default")
    .option("--port <number>", "port to listen on, 0 for any free one", wholeNumber("--port"), 8080)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--default <name>", "the model for requests that name none (default: the first)")
    .option(
      "--shadow <name>",
      "a model that scores the requests of the default model too, for log and metrics only",
    )
    .option("--tokens <file>", "accepted bearer tokens, one per line, as token or NAME:token")
    .option("--allow-public", "listen without tokens on addresses that other machines can reach")
    .option("--open-metrics", "/metrics needs no token")
    .option("--open-docs", "/openapi.json and /docs need no token")
    .option(
      "--rate-limit <number>",
      "requests per second and token (default: no limit)",
      wholeNumber("--rate-limit"),
    )
    .option("--trust-proxy", "clients are told apart by x-forwarded-for, which a proxy in front sets")
    .option("--body-limit <bytes>", "largest request body (default: 1048576)", wholeNumber("--body-limit"))
    .option("--max-rows <number>", "most rows per request (default: 1000)", wholeNumber("--max-rows"))
    .option(
      "--request-timeout <ms>",
      "time limit for receiving and answering a request (default: 10000)",
      wholeNumber("--request-timeout"),
    )
    .option("--drain <ms>", "time between not ready and the end (default: 0)", wholeNumber("--drain"))
    .option(
      "--history <file>",
      "a file of holdfast snapshots --online, for vectors from facts (POST /v1/vector)",
    )
    .option("--no-watch", "do not reload models whose files change")
    .option("--no-log", "do not log requests")
    .addHelpText("after", EXAMPLES)
    .action(serve);
}

async function serve(models: readonly string[], options: Options): Promise<void> {
  const say = (line: object) => process.stdout.write(`${JSON.stringify({ time: Date.now(), ...line })}\n`);
  const served = await openModels(models, options.watch, say);
  const server = await createServer(served, {
    default: options.default,
    shadow: options.shadow,
    tokens: options.tokens === undefined ? undefined : await readTokens(options.tokens),
    allowPublic: options.allowPublic,
    openMetrics: options.openMetrics,
    openDocs: options.openDocs,
    rateLimit: options.rateLimit,
    trustProxy: options.trustProxy,
    bodyLimit: options.bodyLimit,
    maxRows: options.maxRows,
    requestTimeout: options.requestTimeout,
    drain: options.drain,
    history: options.history === undefined ? undefined : await readHistory(options.history),
    log: options.log ? process.stdout : undefined,
  });
  const url = await server.listen({ port: options.port, host: options.host });
  if (options.log) needReader("the log");
  say({ msg: "listening", url, models: Object.keys(served) });
  const { tokens } = options;
  if (tokens !== undefined) process.on("SIGHUP", () => void renewTokens(server, tokens, say));
  await untilStopped(server);
  for (const model of Object.values(served)) if ("close" in model) model.close();
  say({ msg: "stopped" });
}

/** Reads the tokens again; if that fails, those from before stay. */
async function renewTokens(server: ScoringServer, path: string, say: (line: object) => void): Promise<void> {
  try {
    const tokens = await readTokens(path);
    server.useTokens(tokens);
    say({ msg: "tokens read", tokens: tokens.length });
  } catch (error) {
    const reason = error instanceof HoldfastError ? error.message : "they can't be read";
    say({ msg: "tokens refused, those from before stay", reason: reason.slice(0, 1000) });
  }
}

async function openModels(models: readonly string[], watch: boolean, say: (line: object) => void) {
  const opened: Record<string, Awaited<ReturnType<typeof loadChurnModel>> | WatchedModel> = {};
  for (const given of models) {
    const equals = given.indexOf("=");
    const path = given.slice(equals + 1);
    const name = equals > 0 ? given.slice(0, equals) : basename(path).replace(/(\.model)?\.json(\.gz)?$/, "");
    if (!/^[\p{L}\p{N}_.-]+$/u.test(name) || name === "__proto__") {
      invalidArgument(
        "holdfast serve",
        "model",
        "must have a name of letters, digits, dots and dashes",
        name,
      );
    }
    if (Object.hasOwn(opened, name)) {
      invalidArgument("holdfast serve", "model", "must have a unique name", name, "give NAME=path");
    }
    const about = { model: name, path };
    opened[name] = await loadChurnModel(path, {
      watch: true,
      onReload: () => say({ msg: "model exchanged", ...about }),
      onRefused: ({ message }) =>
        say({ msg: "model refused, the one before stays", ...about, reason: message.slice(0, 1000) }),
    });
    if (!watch) (opened[name] as WatchedModel).close();
  }
  return opened;
}

async function readHistory(path: string): Promise<VectorFromFactsOptions> {
  const fail = (code: "data.unreadable" | "data.malformed", expected: string) => {
    throw new HoldfastError({ code, path: { file: path }, expected, received: undefined });
  };
  const text = await readFile(path, "utf8").catch(() =>
    fail("data.unreadable", "must be a file that can be read"),
  );
  try {
    const definition = JSON.parse(String(text)) as VectorFromFactsOptions;
    const { at, schema, relations } = definition.population;
    if (typeof at === "string" && typeof schema === "object" && typeof relations === "object")
      return definition;
  } catch {
    // The error below says what it must be.
  }
  return fail("data.malformed", "must be what holdfast snapshots --online wrote") as never;
}

/** Ends when the service has drained after Ctrl-C or SIGTERM; a second one ends the process at once. */
function untilStopped(server: ScoringServer): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      for (const signal of ["SIGINT", "SIGTERM"]) process.removeListener(signal, stop);
      server.close().then(resolve, reject);
    };
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);
  });
}
