import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeTable } from "../../../src/formats/write-table.js";
import { runJob } from "../../support/killed-jobs.js";
import { subscriberTable } from "../../support/subscribers.js";
import { type Chaos, pick } from "./tally.js";

const PARTS = 30;
const ROWS_OF_PART = 400;
/** Less than the scores need, and more. */
const SMALL = "128k";
const LARGE = "32m";

/** Scores a folder onto a disk that is full, continues where there is room, is killed twice, and ends; each row must be there once. */
export async function scoreOntoFullDisks(
  { tally, random, end }: Chaos,
  folder: string,
  model: string,
): Promise<void> {
  const input = join(folder, "parts");
  const disk = join(folder, "disk");
  const out = join(disk, "scores");
  mkdirSync(input);
  mkdirSync(disk);
  for (let part = 0; part < PARTS; part++) {
    await writeTable(subscriberTable(ROWS_OF_PART, part), join(input, `${part}.csv`));
  }
  const args = ["score", model, input, "--out", out, "--resume"];
  while (!end.aborted) {
    const canMount = mount(disk, SMALL);
    try {
      if (canMount) {
        const full = await runJob(args);
        tally.add("job on a full disk", `exit code ${full.code}`);
        if (full.code !== 3)
          tally.breach(`a full disk ended a job with ${full.code}: ${full.stderr.slice(-200)}`);
        execFileSync("mount", ["-o", `remount,size=${LARGE}`, disk]);
      } else tally.add("job on a full disk", "not run: only root can mount a small disk");
      for (let kill = 0; kill < 2 && !end.aborted; kill++) {
        const { code } = await runJob(args, 300 + pick(random, 1200));
        tally.add("job killed", code === null ? "by SIGKILL" : `had ended with ${code}`);
      }
      const { code, stderr } = await runJob(args);
      if (code !== 0) tally.breach(`a job that continues ended with ${code}: ${stderr.slice(-200)}`);
      else countRows(out, tally);
    } finally {
      if (canMount) execFileSync("umount", [disk]);
      else rmSync(out, { recursive: true, force: true });
    }
  }
}

function countRows(out: string, tally: Chaos["tally"]): void {
  let lost = 0;
  let doubled = 0;
  for (let part = 0; part < PARTS; part++) {
    const [, ...lines] = readFileSync(join(out, `${part}.csv`), "utf8")
      .trimEnd()
      .split("\n");
    const ids = lines.map((line) => line.slice(0, line.indexOf(",")));
    doubled += ids.length - new Set(ids).size;
    lost += ROWS_OF_PART - new Set(ids).size;
  }
  const others = readdirSync(out).filter((name) => name !== "_holdfast" && !/^\d+\.csv$/.test(name));
  tally.add("job ended", "rows there once", PARTS * ROWS_OF_PART - lost);
  if (lost > 0) tally.breach(`${lost} rows lost`);
  if (doubled > 0) tally.breach(`${doubled} rows doubled`);
  if (others.length > 0) tally.breach(`left behind: ${others.join(", ")}`);
}

/** Mounts a small disk in memory. @returns false where that is not allowed. */
function mount(path: string, size: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", path], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
