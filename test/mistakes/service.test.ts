import { createServer as createPlainServer, type RequestListener } from "node:http";
import { createServer as createTcpServer, type Server } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import {
  createClient,
  createServer,
  readTokens,
  ServiceRequestError,
} from "../../src/scoring/service/index.js";
import { rowsOf } from "../../src/table/index.js";
import { modelWithoutId } from "../support/scoring-model.js";
import { subscriberRows, subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";
import { type Mistake, testMistakes } from "./mistake.js";
import { of, wrong } from "./of.js";

const model = await modelWithoutId();
const table = subscriberTable(10);
const [row] = subscriberRows(10);
const files = temporaryFolder();
const TOKEN = "a-token-that-is-long-enough";

const opened: { close(): unknown }[] = [];
afterAll(() => Promise.all(opened.map((each) => each.close())));
const server = await createServer(model);
opened.push(server);
const url = await server.listen({ port: 0 });

/** The address of a server that is not one of this package. */
async function listening(other: Server): Promise<string> {
  opened.push(other);
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", () => resolve()));
  return `http://127.0.0.1:${(other.address() as { port: number }).port}`;
}
const answering = (listener: RequestListener) => listening(createPlainServer(listener));

const make = (name: string, given: readonly unknown[], argument: string, says: RegExp): Mistake =>
  of("createServer", name, argument, () => createServer(...(given as [never, never])), says);
const listen = (name: string, options: unknown, argument: string, says: RegExp): Mistake =>
  of("listen", name, argument, () => server.listen(wrong(options)), says);

/** A row that JSON can't write. */
function circular(): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  row.tenure = row;
  return row;
}

describe("createServer", () => {
  testMistakes([
    make("of a path", ["a.model.json"], "models", /await loadChurnModel\(path\)/u),
    make("of a promise", [Promise.resolve(model)], "models", /await it first/u),
    make("of nothing", [], "models", /not undefined/u),
    make("of a table", [table], "models", /not a Table/u),
    make("of a list", [[model, model]], "models", /write \{ first: model, second: … \}/u),
    make("of no model", [{}], "models", /must hold a model/u),
    make("of paths by name", [{ main: "a.model.json" }], "models.main", /await loadChurnModel\(path\)/u),
    make("of promises by name", [{ main: Promise.resolve(model) }], "models.main", /await it first/u),
    make("with a port", [model, { port: 8080 }], "port", /await server.listen\(\{ port: 8080 \}\)/u),
    make("with a host", [model, { host: "0.0.0.0" }], "host", /server.listen\(\{ host: "0.0.0.0" \}\)/u),
    make("with a number", [model, 8080], "options", /server.listen\(\{ port: 8080 \}\)/u),
    make("with an option misspelt", [model, { maxRow: 5 }], "maxRow", /did you mean "maxRows"\?/u),
    make(
      "with an unknown default",
      [{ main: model }, { default: "man" }],
      "default",
      /did you mean "main"\?/u,
    ),
    make(
      "with a shadow of itself",
      [{ a: model, b: model }, { shadow: "a" }],
      "shadow",
      /and not the default/u,
    ),
    make("with tokens as path", [model, { tokens: "tokens.txt" }], "tokens", /await readTokens\(path\)/u),
    make("with tokens not awaited", [model, { tokens: readTokensLater() }], "tokens", /await it first/u),
    make(
      "with tokens as texts",
      [model, { tokens: [TOKEN] }],
      "tokens[0]",
      /write \{ name: "crm", token: … \}/u,
    ),
    make("with a history", [model, { history: { session: {} } }], "history", /await populationFigures/u),
    make("without figures", [model, { history: {} }], "history.population", /must be given/u),
    make("with log as boolean", [model, { log: true }], "log", /such as process.stdout/u),
    make("with the console as log", [model, { log: console }], "log", /such as process.stdout/u),
    make("with a limit as text", [model, { maxRows: "10" }], "maxRows", /whole number ≥ 1/u),
    listen("on a number", 8080, "options", /write \{ port: 8080 \}/u),
    listen("on a text for a port", { port: "8080" }, "port", /write `port: 8080`/u),
    listen("on a port too large", { port: 80_800 }, "port", /0 to 65535/u),
    listen("on an address with a scheme", { host: "http://localhost" }, "host", /only the name or address/u),
    listen("on all addresses without tokens", { host: "0.0.0.0" }, "host", /give `tokens`/u),
  ]);

  test("a token is in no message", async () => {
    const { message } = await thrownBy(() => createServer(model, { tokens: wrong([TOKEN]) }));
    expect(message).not.toContain(TOKEN);
  });
});

function readTokensLater(): Promise<unknown> {
  return Promise.resolve([{ name: "crm", token: TOKEN }]);
}

describe("readTokens", () => {
  const read = (name: string, path: unknown, argument: string | undefined, says: RegExp): Mistake =>
    of("readTokens", name, argument, () => readTokens(wrong(path)), says);
  testMistakes([
    read("of a file that is not there", "nowhere.txt", undefined, /nowhere.txt: must exist/u),
    read("of nothing", undefined, "path", /must be the path of a file/u),
    read("of an empty file", files.file("empty.txt", "\n"), undefined, /must hold a token/u),
    read("of short tokens", files.file("short.txt", "abc\n"), undefined, /line 1: must be a token of 16/u),
  ]);
});

const client = (name: string, given: readonly unknown[], argument: string, says: RegExp): Mistake =>
  of("createClient", name, argument, () => createClient(...(given as [never, never])), says);
const ask = (name: string, run: () => unknown, says: RegExp, argument?: string): Mistake =>
  of("predictOne", name, argument, run, says);

describe("createClient", () => {
  const asking = createClient(url);
  testMistakes([
    client("without a scheme", ["localhost:8080"], "url", /write "http:\/\/localhost:8080"/u),
    client("of a port", [8080], "url", /write "http:\/\/127.0.0.1:8080"/u),
    client("of a URL", [new URL("http://localhost:8080")], "url", /url.href/u),
    client("of nothing", [], "url", /such as http:\/\/127.0.0.1:8080/u),
    client("of a promise", [Promise.resolve(url)], "url", /await it first/u),
    client("of another scheme", ["ftp://localhost"], "url", /such as http:/u),
    client("with an API key", [url, { apiKey: TOKEN }], "apiKey", /did you mean "token"\?/u),
    client("with a token of two lines", [url, { token: `${TOKEN}\n` }], "token", /line ends and blanks/u),
    client("with a text for a timeout", [url, { timeout: "1s" }], "timeout", /must be milliseconds/u),
    client("without a timeout", [url, { timeout: Infinity }], "timeout", /must be milliseconds/u),
    ask("of rows", () => asking.predictOne(wrong([row])), /predictMany\(rows\)/u, "row"),
    ask("of nothing", () => asking.predictOne(wrong(undefined)), /must be an object of column/u, "row"),
    ask(
      "of what has itself within",
      () => asking.predictOne(wrong(circular())),
      /numbers, texts, booleans/u,
      "row",
    ),
    ask(
      "with an option misspelt",
      () => asking.predictOne(row, wrong({ interval: true })),
      /"intervals"\?/u,
      "interval",
    ),
    of("predictMany", "of a row", "rows", () => asking.predictMany(wrong(row)), /\[row\]/u),
    of("predictMany", "of a table", "rows", () => asking.predictMany(wrong(table)), /rowsOf\(table\)/u),
    of(
      "predictFromFacts",
      "of a list",
      "facts",
      () => asking.predictFromFacts(wrong([])),
      /subscribers: \[/u,
    ),
  ]);

  test("the hints about addresses are what works", async () => {
    const { hint = "" } = await thrownBy(() => createClient(url.replace("http://", "")));
    const written = JSON.parse(hint.replace("write ", ""));
    expect(await createClient(written).predictOne(row)).toEqual(model.predictOne(row));
    expect(await asking.predictMany(rowsOf(table) as never)).toHaveLength(10);
  });
});

describe("a service that does not answer", async () => {
  const html = await answering((_, response) => {
    response.setHeader("content-type", "text/html").end("<!doctype html>");
  });
  const other = await answering((_, response) => {
    response.setHeader("content-type", "application/json").end("{}");
  });
  const silent = await answering(() => {});
  const closing = await listening(createTcpServer((socket) => socket.destroy()));
  const refusing = await answering(() => {});
  await new Promise((resolve) => (opened.pop() as Server).close(resolve));
  const one = (address: string, options = {}) => createClient(address, options).predictOne(row);
  testMistakes([
    ask(
      "refuses connections",
      () => one(refusing),
      /the connection was refused \(start one with createServer/u,
    ),
    ask("has an unknown host", () => one("http://no-such-host.invalid"), /its name/u),
    ask("speaks no https", () => one(url.replace("http:", "https:")), /write createClient\("http:\/\/127/u),
    ask("is a web page", () => one(html), /it answered text\/html \(give createClient the address/u),
    ask("is another JSON service", () => one(other), /must be an address of a scoring service/u),
    ask(
      "is too slow",
      () => one(silent, { timeout: 30 }),
      /within 30 milliseconds \(give .* longer `timeout`/u,
    ),
    ask("closes the connection", () => one(closing), /closed without an answer \(check port and scheme\)/u),
    ask("has a reserved port", () => one("http://127.0.0.1:6000"), /listen on 8080/u),
  ]);

  test("what fetch threw is the cause", async () => {
    expect((await thrownBy(() => one(refusing))).cause).toBeInstanceOf(TypeError);
  });

  test("https is followed by the hint's address", async () => {
    const { hint = "" } = await thrownBy(() => one(url.replace("http:", "https:")));
    const written = /createClient\((".*?")\)/u.exec(hint)?.[1] ?? "";
    expect(await one(JSON.parse(written))).toEqual(model.predictOne(row));
  });

  test("a path behind the address is answered with the addresses that there are", async () => {
    const error = await one(`${url}/v1/predict`).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ServiceRequestError);
    expect(String(error)).toContain(
      "there is no POST /v1/predict/v1/predict here; there are POST /v1/predict",
    );
  });

  test("a status of something else says what it is", async () => {
    const proxy = await answering((_, response) => {
      response.writeHead(502, { "content-type": "text/html" }).end("<html>");
    });
    const error = await one(proxy).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ status: 502, code: "unknown" });
    expect(String(error)).toContain("not by a scoring service: text/html from");
  });
});
