import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../../src/scoring/service/client/client.js";
import { modelWithoutId, scoringModel } from "../support/scoring-model.js";
import { subscriberRows } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const model = await scoringModel();
const nameless = await modelWithoutId();
const [ROW] = subscriberRows(1, 9);
const TOKEN = "a-token-that-is-long-enough";

beforeAll(async () => {
  await model.save(at("first.model.json"));
  await nameless.save(at("second.model.json"));
  writeFileSync(at("tokens.txt"), `crm:${TOKEN}\n`);
});

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

/** Starts the built command line and waits until it listens. */
async function serve(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, "serve", ...args, "--port", "0"], {
    cwd: folder.path,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  const lines: Record<string, unknown>[] = [];
  let rest = "";
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.on("close", () => reject(new Error("it ended before it listened")));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      for (const line of parts) lines.push(JSON.parse(line));
      const listening = lines.find(({ msg }) => msg === "listening");
      if (listening !== undefined) resolve(String(listening.url));
    });
  });
  return { child, url, lines, ended };
}

describe("holdfast serve", () => {
  test("answers, exchanges its model when the file is replaced, refuses a bad one, and drains on SIGTERM", async () => {
    copyFileSync(at("first.model.json"), at("live.model.json"));
    const { child, url, lines, ended } = await serve("live.model.json", "--drain", "200");
    const client = createClient(url);
    expect(await client.predictOne(ROW)).toEqual(model.predictOne(ROW));
    copyFileSync(at("second.model.json"), at("next"));
    renameSync(at("next"), at("live.model.json"));
    await expect
      .poll(() => lines.some(({ msg }) => msg === "model exchanged"), { timeout: 10_000 })
      .toBe(true);
    expect(await client.predictOne(ROW)).toEqual(nameless.predictOne(ROW));
    writeFileSync(at("next"), "{}");
    renameSync(at("next"), at("live.model.json"));
    await expect
      .poll(() => lines.some(({ msg }) => msg === "model refused, the one before stays"), { timeout: 10_000 })
      .toBe(true);
    expect(await client.predictOne(ROW)).toEqual(nameless.predictOne(ROW));
    child.kill("SIGTERM");
    await expect.poll(() => client.isReady()).toBe(false);
    expect(await ended).toBe(0);
    expect(lines.at(-1)).toMatchObject({ msg: "stopped" });
  });

  test("serves several models with a shadow, for those who have a token", async () => {
    const { url, lines } = await serve(
      "main=first.model.json",
      "备用=second.model.json",
      "--shadow",
      "备用",
      "--tokens",
      "tokens.txt",
      "--host",
      "0.0.0.0",
    );
    const local = url.replace("0.0.0.0", "127.0.0.1");
    await expect(createClient(local).predictOne(ROW)).rejects.toMatchObject({ status: 401 });
    const client = createClient(local, { token: TOKEN });
    expect((await client.models()).models.map(({ model: name }) => name)).toEqual(["main", "备用"]);
    expect(await client.predictOne(ROW, { model: "备用" })).toEqual(nameless.predictOne(ROW));
    await client.predictOne(ROW);
    await expect.poll(() => lines.some(({ msg }) => msg === "shadow")).toBe(true);
    expect(JSON.stringify(lines)).not.toContain(TOKEN);
    expect(lines.filter(({ msg, route }) => msg === "request" && route === "/v1/predict")[1]).toMatchObject({
      caller: "crm",
      model: "备用",
      rows: 1,
    });
  });

  test.each([
    [
      "a public address without tokens",
      ["first.model.json", "--host", "0.0.0.0"],
      2,
      "(give --tokens, or --allow-public if",
    ],
    [
      "a name that comes twice",
      ["first.model.json", "first=second.model.json"],
      2,
      "must have a unique name",
    ],
    ["a name that is none", ["a/b=first.model.json"], 2, "must have a name of letters"],
    ["a shadow that is not there", ["first.model.json", "--shadow", "x"], 2, "must be one of first"],
    ["a model that is not there", ["nowhere.json"], 4, "must exist"],
    ["a model that is none", ["tokens.txt"], 4, "must be JSON"],
    [
      "tokens that are not there",
      ["first.model.json", "--tokens", "nowhere.txt"],
      3,
      "nowhere.txt: must exist",
    ],
    ["a history that is none", ["first.model.json", "--history", "tokens.txt"], 3, "snapshots --online"],
    ["a port that is none", ["first.model.json", "--port", "x"], 2, "must be a whole number"],
  ])("refuses %s", async (_, args, expected, words) => {
    const { code, stderr } = await runCli(["serve", ...args], folder.path);
    expect(stderr).toContain(words);
    expect(code).toBe(expected);
  });
});
