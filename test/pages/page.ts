import { execFile } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../package/entry-points.js";

// A page for readers, whose code runs as written. A block of `ts` or `sh` is run; a block of `text` directly after it
// is what it prints, where a line of … stands for any lines. The blocks of TypeScript up to the next block of `sh` are
// one program. Lines of `sh` that begin with npm are what .ci/run does.

const run = promisify(execFile);
const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gmu;
const MAIN = join(ROOT, "dist", "cli", "main.js");
const TSC = join(ROOT, "node_modules", "typescript", "bin", "tsc");
/** Printed after each block of a program. */
const MARK = "\u0001";

/** A block that runs, and the text after it. */
interface Block {
  readonly language: "ts" | "sh";
  readonly code: string;
  /** What the page says that it prints; undefined where nothing follows. */
  readonly output: string | undefined;
  /** Where that stands in the page, or where it would be inserted. */
  readonly from: number;
  readonly to: number;
}

/** The blocks of a page that run, in their order. */
export function blocksOf(page: string): Block[] {
  const fences = [...page.matchAll(FENCE)];
  return fences.flatMap((fence, index): Block[] => {
    const [all, language, code] = fence;
    if (language !== "ts" && language !== "sh") return [];
    const end = fence.index + all.length;
    const next = fences[index + 1];
    const isOutput = next?.[1] === "text" && page.slice(end, next.index).trim() === "";
    if (!isOutput) return [{ language, code, output: undefined, from: end, to: end }];
    return [{ language, code, output: next[2], from: next.index, to: next.index + next[0].length }];
  });
}

/** The page with the output of its blocks as they print today. */
export function withOutputs(page: string, outputs: readonly string[]): string {
  const blocks = blocksOf(page);
  return blocks.reduceRight((text, { language, output, from, to }, index) => {
    const printed = outputs[index];
    const isSilent = printed === "" || (language === "sh" && output === undefined);
    if (isSilent && output === undefined) return text;
    if (output !== undefined && matches(output, printed)) return text;
    const fence = `\`\`\`text\n${printed}${printed.endsWith("\n") ? "" : "\n"}\`\`\``;
    return text.slice(0, from) + (output === undefined ? `\n\n${fence}` : fence) + text.slice(to);
  }, page);
}

/**
 * Runs all blocks of a page in a separate folder.
 * @returns what each block prints, in their order. @throws Error with what went wrong where one fails.
 */
export async function runPage(page: string, folder: string): Promise<string[]> {
  prepare(folder);
  const port = 20_000 + (process.pid % 20_000);
  const blocks = blocksOf(page.replaceAll("8080", String(port)));
  const outputs: string[] = [];
  for (let at = 0; at < blocks.length; ) {
    if (blocks[at].language === "sh") {
      outputs.push(await runCommands(blocks[at].code, folder));
      at++;
      continue;
    }
    const end = blocks.findIndex(({ language }, index) => index > at && language === "sh");
    const program = blocks.slice(at, end < 0 ? blocks.length : end).map(({ code }) => code);
    outputs.push(...(await runProgram(program, `program${at}`, folder)));
    at += program.length;
  }
  return outputs.map((output) => output.replaceAll(String(port), "8080"));
}

/** A folder as a user has it after `npm install holdfast`, with the data sets of a checkout. */
function prepare(folder: string): void {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules", "holdfast"));
  for (const name of ["@types", "fastify", "prom-client", "@fastify"]) {
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  }
  symlinkSync(join(ROOT, "datasets"), join(folder, "datasets"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
}

async function runProgram(blocks: readonly string[], name: string, folder: string): Promise<string[]> {
  const code = blocks
    .map((block) => `${block}\nconsole.log("${JSON.stringify(MARK).slice(1, -1)}");\n`)
    .join("");
  writeFileSync(join(folder, `${name}.ts`), `${code}export {};\n`);
  const options = [
    "--strict",
    "--module",
    "NodeNext",
    "--target",
    "ES2023",
    "--types",
    "node",
    "--skipLibCheck",
  ];
  await execute(process.execPath, [TSC, ...options, `${name}.ts`], folder);
  const printed = await execute(process.execPath, [`${name}.js`], folder);
  return printed.split(`${MARK}\n`).slice(0, blocks.length);
}

async function runCommands(code: string, folder: string): Promise<string> {
  const lines = code.split("\n").filter((line) => !/^npm /u.test(line));
  const script = `
    npx() { shift; node ${JSON.stringify(MAIN)} "$@"; }
    holdfast() { node ${JSON.stringify(MAIN)} "$@"; }
    set -euo pipefail; set -m
    ${lines.join("\n")}
    wait`;
  return execute("bash", ["-c", script], folder);
}

async function execute(command: string, args: readonly string[], cwd: string): Promise<string> {
  // Public data that the machine happens to have stay out of what is printed.
  const nowhere = { HOLDFAST_DATASETS: "", XDG_CACHE_HOME: join(cwd, ".cache") };
  const env = { ...process.env, ...nowhere, COLUMNS: "100", NO_COLOR: "1", TZ: "UTC" };
  try {
    return (await run(command, args, { cwd, env, maxBuffer: 1 << 26 })).stdout;
  } catch (error) {
    const { stdout, stderr, message } = error as Error & { readonly stdout: string; readonly stderr: string };
    throw new Error(`${message}\n${stdout}\n${stderr}`, { cause: error });
  }
}

/** Whether what was printed is what the page says, a line of … standing for any lines. */
function matches(output: string, printed: string): boolean {
  const pattern = output
    .split(/^…\n/mu)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"))
    .join("(?:.*\\n)*");
  return new RegExp(`^${pattern}$`, "u").test(printed);
}
