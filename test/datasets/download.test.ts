import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Dataset } from "../../src/datasets/dataset.js";
import { loadFound } from "../../src/datasets/load-dataset.js";
import type { ProgressEvent } from "../../src/progress.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();
const ROWS = `id,x,churn\n${Array.from({ length: 20_000 }, (_, i) => `k${i},${i},${i % 2}\n`).join("")}`;
const HASH = createHash("sha256").update(ROWS).digest("hex");

/** What the server does at each address; the number of requests that it got. */
const answers: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
  "/rows.csv": (response) => response.setHeader("content-length", Buffer.byteLength(ROWS)).end(ROWS),
  "/chunked.csv": (response) => {
    response.write(ROWS.slice(0, 100_000));
    response.end(ROWS.slice(100_000));
  },
  "/cut.csv": (response) => {
    response.setHeader("content-length", Buffer.byteLength(ROWS));
    response.write(ROWS.slice(0, 1000), () => response.destroy());
  },
  "/never.csv": (response) => {
    response.setHeader("content-length", Buffer.byteLength(ROWS));
    response.write(ROWS.slice(0, 1000));
  },
  "/moved.csv": (response) => response.writeHead(302, { location: "/rows.csv" }).end(),
};
let requests = 0;
const server = createServer((request, response) => {
  requests++;
  const answer = answers[request.url ?? ""];
  if (answer === undefined) response.writeHead(404).end("nothing here");
  else answer(response, request);
});
let origin = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let count = 0;
let cache = "";
beforeEach(() => {
  vi.stubEnv("HOLDFAST_DATASETS", "");
  cache = join(folder.path, `cache${++count}`, "holdfast");
  requests = 0;
});

/** A data set whose one file is at an address of the server. */
function datasetAt(url: string, sha256: string | null = HASH): Dataset {
  return {
    name: "test",
    title: "test",
    about: "test",
    task: "churn",
    rows: 20_000,
    label: "churn",
    positive: "1",
    positives: 10_000,
    id: "id",
    exclude: [],
    experiment: null,
    columns: [
      { name: "id", kind: "text" },
      { name: "x", kind: "numeric" },
      { name: "churn", kind: "numeric" },
    ],
    sources: ["https://example.org/about"],
    licence: "none stated",
    copies: [{ what: "test", files: [{ name: "rows.csv", sha256, url }] }],
    reading: { form: "delimited", delimiter: "," },
    traps: [],
    citation: "",
    isMeasured: true,
  };
}

const load = (url: string, options = {}, sha256: string | null = HASH) =>
  loadFound("loadDataset", datasetAt(url, sha256), { cache, ...options });

describe("a data set that is not at hand", () => {
  test("is downloaded once into the cache, checked, and read from there afterwards", async () => {
    const { table, path } = await load(`${origin}/rows.csv`);
    expect([table.rowCount, path]).toEqual([20_000, join(cache, "rows.csv")]);
    expect(readFileSync(path, "utf8")).toBe(ROWS);
    expect((await load(`${origin}/rows.csv`)).table.rowCount).toBe(20_000);
    expect([requests, readdirSync(cache)]).toEqual([1, ["rows.csv"]]);
  });

  test("is followed where its address has moved", async () => {
    expect((await load(`${origin}/moved.csv`)).table.rowCount).toBe(20_000);
    expect(requests).toBe(2);
  });

  test.each(["rows.csv", "chunked.csv"])("reports bytes as progress, to the end (%s)", async (name) => {
    const events: ProgressEvent[] = [];
    await load(`${origin}/${name}`, { onProgress: (event: ProgressEvent) => events.push(event) });
    const bytes = events.filter(({ phase }) => phase === "downloading rows.csv");
    expect(bytes.length).toBeGreaterThan(0);
    for (const [index, { done, total }] of bytes.entries()) {
      expect(done).toBeGreaterThanOrEqual(bytes[index - 1]?.done ?? 1);
      expect(done < total).toBe(index < bytes.length - 1);
    }
    expect(bytes.at(-1)?.total).toBe(Buffer.byteLength(ROWS));
  });

  test("asked for several times at once is not mixed up", async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => load(`${origin}/chunked.csv`)));
    expect(all.map(({ table }) => table.rowCount)).toEqual(Array.from({ length: 6 }, () => 20_000));
    expect(readFileSync(join(cache, "rows.csv"), "utf8")).toBe(ROWS);
    expect(readdirSync(cache)).toEqual(["rows.csv"]);
  });

  test("with other bytes than the catalogue's never gets into the cache", async () => {
    const wrong = "0".repeat(64);
    const error = await thrownBy(() => load(`${origin}/rows.csv`, {}, wrong));
    expect([error.code, error.path.file]).toEqual(["data.hash", `${origin}/rows.csv`]);
    expect([error.expected, error.received]).toEqual([`must have the SHA-256 ${wrong}`, HASH]);
    expect(error.hint).toContain(`save it as ${join(cache, "rows.csv")}`);
    expect(readdirSync(cache)).toEqual([]);
    expect((await load(`${origin}/rows.csv`, { verify: false }, wrong)).table.rowCount).toBe(20_000);
  });

  test.each([
    ["/none.csv", "it answered 404 Not Found"],
    ["/cut.csv", /other side closed|terminated|aborted|content-length|ECONNRESET/iu],
  ])("whose server fails (%s) is an error that says so and where to put the file", async (path, cause) => {
    const error = await thrownBy(() => load(origin + path));
    expect([error.code, error.path.file]).toEqual(["resource.network", origin + path]);
    expect(error.expected).toMatch(/^could not be downloaded: /u);
    expect(error.expected.slice("could not be downloaded: ".length)).toMatch(cause);
    expect(error.hint).toBe(`download it from ${origin}${path} and save it as ${join(cache, "rows.csv")}`);
    expect(readdirSync(cache)).toEqual([]);
  });

  test("whose host can't be reached is an error that says why", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const error = await thrownBy(() => load(`http://127.0.0.1:${port}/rows.csv`));
    expect([error.code, error.expected]).toEqual([
      "resource.network",
      expect.stringContaining(`ECONNREFUSED 127.0.0.1:${port}`),
    ]);
  });

  test("stops when it is aborted, and leaves nothing behind", async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const error = await thrownBy(() =>
      load(`${origin}/never.csv`, { signal: controller.signal, onProgress }),
    );
    expect(error.code).toBe("aborted");
    expect(readdirSync(cache)).toEqual([]);
    expect((await thrownBy(() => load(`${origin}/rows.csv`, { signal: controller.signal }))).code).toBe(
      "aborted",
    );
  });

  test("comes out of the zip archive that its source offers, in one piece", async () => {
    // Of Python's zipfile: data/rows.csv with "id,x,churn" and two rows, deflated.
    const archive = Buffer.from(
      "UEsDBBQAAAAIAAAAIVxKaS7bGQAAABcAAAANAAAAZGF0YS9yb3dzLmNzdstM0anQSc4oLcrjStQx1DHgStIx0jHkAgBQSwECFAMUAAAACAAAACFcSmku2xkAAAAXAAAADQAAAAAAAAAAAAAAgAEAAAAAZGF0YS9yb3dzLmNzdlBLBQYAAAAAAQABADsAAABEAAAAAAA=",
      "base64",
    );
    answers["/rows.zip"] = (response) => response.end(archive);
    const dataset = datasetAt(`${origin}/rows.zip`, null);
    const inArchive = (name: string): Dataset => ({
      ...dataset,
      copies: [{ what: "zip", files: [{ ...dataset.copies[0].files[0], inArchive: name }] }],
    });
    const missing = await thrownBy(() => loadFound("loadDataset", inArchive("rows.csv"), { cache }));
    expect(missing.expected).toBe("could not be downloaded: it holds data/rows.csv, and no rows.csv");
    expect(missing.hint).toContain("save rows.csv of the archive as");
    expect(readdirSync(cache)).toEqual([]);
    expect((await loadFound("loadDataset", inArchive("data/rows.csv"), { cache })).table.rowCount).toBe(2);
  });

  test("is not downloaded into a cache that can't be written", async () => {
    const file = folder.file(`file${count}`, "");
    const error = await thrownBy(() => load(`${origin}/rows.csv`, { cache: join(file, "holdfast") }));
    expect([error.code, requests]).toEqual(["data.unwritable", 0]);
  });
});
