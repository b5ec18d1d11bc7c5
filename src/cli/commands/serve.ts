import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { Command } from "commander";
import { HoldfastError, invalidArgument } from "../../errors.js";
import type { VectorFromFactsOptions } from "../../history/vector-from-facts.js";
import { loadChurnModel } from "../../predict/load.js";
import type { WatchedModel } from "../../predict/watched-model.js";
import { createServer } from "../../scoring/service/create-server.js";
import type { ScoringServer } from "../../scoring/service/server-options.js";
import { readTokens } from "../../scoring/service/tokens.js";
import { wholeNumber } from "../options/arguments.js";

interface Options {
  port: number;
  host: string;
  default?: string;
  shadow?: string;
  tokens?: string;
  allowPublic?: boolean;
  openMetrics?: boolean;
  rateLimit?: number;
  bodyLimit?: number;
  maxRows?: number;
  timeout?: number;
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

POST /v1/predict {row} or {rows}, GET /v1/model, /openapi.json, /healthz, /readyz, /metrics (Prometheus); with
--history also POST /v1/vector {facts}. A model file that is replaced is validated, must predict its own parity rows,
and is then used; a bad one is refused and the old one stays. SIGTERM drains: not ready, then no new connections, then the
end. Logs are lines of JSON on standard output that hold nothing of what was asked or answered.`;

export function serveCommand(): Command {
  return new Command("serve")
    .description("answer requests for predictions over HTTP")
    .argument("<model...>", "model files, each as a path or NAME=path; the first is the default")
    .option("--port <number>", "port to listen on, 0 for any that is free", wholeNumber("--port"), 8080)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--default <name>", "the model of requests that name none (default: the first)")
    .option("--shadow <name>", "a model that scores what the default does too, for the log and metrics alone")
    .option("--tokens <file>", "bearer tokens that are accepted: one a line, or NAME:token")
    .option("--allow-public", "listen on addresses that others reach without tokens")
    .option("--open-metrics", "/metrics needs no token")
    .option(
      "--rate-limit <number>",
      "requests a second for each token (default: no limit)",
      wholeNumber("--rate-limit"),
    )
    .option(
      "--body-limit <bytes>",
      "largest body of a request (default: 1048576)",
      wholeNumber("--body-limit"),
    )
    .option("--max-rows <number>", "most rows of a request (default: 1000)", wholeNumber("--max-rows"))
    .option(
      "--timeout <ms>",
      "time for a request to come in and be answered (default: 10000)",
      wholeNumber("--timeout"),
    )
    .option("--drain <ms>", "time between not being ready and the end (default: 0)", wholeNumber("--drain"))
    .option(
      "--history <file>",
      "what holdfast snapshots --online wrote, for predictions from facts (POST /v1/vector)",
    )
    .option("--no-watch", "keep the models as they are, whatever happens to their files")
    .option("--no-log", "no line for each request")
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
    rateLimit: options.rateLimit,
    bodyLimit: options.bodyLimit,
    maxRows: options.maxRows,
    requestTimeout: options.timeout,
    drain: options.drain,
    history: options.history === undefined ? undefined : await readHistory(options.history),
    log: options.log ? process.stdout : undefined,
  });
  const url = await server.listen({ port: options.port, host: options.host });
  say({ msg: "listening", url, models: Object.keys(served) });
  await untilStopped(server);
  for (const model of Object.values(served)) if ("close" in model) model.close();
  say({ msg: "stopped" });
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
      invalidArgument("holdfast serve", "model", "must have a name of its own", name, "give NAME=path");
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
    // It is told below what it must be.
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
