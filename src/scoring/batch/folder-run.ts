import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { count, HoldfastError, invalidArgument, optionText } from "../../errors.js";
import { removeLeftovers } from "../../files/leftovers.js";
import { aborted } from "../../progress.js";
import { packageVersion } from "../../version.js";
import type { Part } from "./inputs.js";
import type { Job } from "./job.js";
import { Journal } from "./journal.js";
import {
  identityOf,
  isAsRecorded,
  type Manifest,
  notesFolder,
  type PartRecord,
  type RecordedList,
  readManifest,
  writeManifest,
} from "./manifest.js";
import type { FolderTarget } from "./outputs.js";
import { rejectsOfJob } from "./rejects.js";

/** Does one part: writes its output and its rejects, and returns the record of it. */
export type PartWork = (p: number, part: Part, file: string) => Promise<PartRecord>;

/** One run over the parts of a folder: what an earlier one had done, what is left to do, and the manifest. */
export class FolderRun {
  private readonly manifest: Manifest;
  private readonly done = new Map<string, PartRecord>();

  constructor(
    private readonly job: Job,
    private readonly parts: readonly Part[],
    private readonly target: FolderTarget,
  ) {
    this.manifest = {
      format: "holdfast-scores",
      formatVersion: 1,
      holdfast: packageVersion(),
      model: job.model.scorer.contentHash,
      settings: job.settings,
      complete: false,
      parts: [],
    };
  }

  /** Finds the parts that are already done, or clears the folder. */
  async begin(): Promise<void> {
    const { folder, files } = this.target;
    const { resume, overwrite } = this.job.options;
    const found = overwrite === true ? undefined : await readManifest(folder);
    // A job that failed before it finished a part left nothing to continue with: this one starts from the beginning.
    const isWithoutParts =
      found !== undefined && !found.complete && found.parts.length === 0 && !(await holdsScores(folder));
    const before = isWithoutParts ? undefined : found;
    if (before !== undefined && resume !== true) throw alreadyThere(folder, before.complete);
    if (before !== undefined) this.checkSame(before);
    await removeAllLeftovers(folder);
    if (overwrite === true) await this.removeRecorded();
    else if (before === undefined && (await holdsFiles(folder, isWithoutParts ? files : [])))
      throw notEmpty(folder);
    if (before === undefined) await rm(scoresFolder(folder), { recursive: true, force: true });
    for (const record of before?.parts ?? []) this.done.set(record.output.file, record);
    this.manifest.list = before?.list;
    // Rewritten with the parts that were done, without the incomplete line of a killed job.
    await writeManifest(folder, { ...this.manifest, parts: [...this.done.values()] });
  }

  /** Does the parts that an earlier run has not done. @throws HoldfastError with code `aborted` when the job is asked to stop. */
  async doParts(work: PartWork): Promise<void> {
    const journal = new Journal(this.target.folder);
    try {
      await this.doEach(work, journal);
    } finally {
      // Parts that are done count, whatever became of the next one.
      await journal.write().finally(() => journal.close());
    }
  }

  private async doEach(work: PartWork, journal: Journal): Promise<void> {
    for (const [p, part] of this.parts.entries()) {
      const { job } = this;
      const file = this.target.files[p];
      const earlier = this.done.get(file);
      const isDone = earlier !== undefined && (await this.isTrusted(part, earlier));
      // A job that is asked to stop does so between two parts.
      if (!isDone && job.isAskedToStop) {
        throw aborted(
          `${this.manifest.parts.length} of ${count(this.parts.length, "part")} done; continue with ${optionText("resume", true)}`,
        );
      }
      const record = isDone ? earlier : await work(p, part, file);
      if (isDone) job.limit.addEarlier(record.rejected);
      if (!isDone) await journal.add(record);
      this.manifest.parts.push(record);
      job.partDone(part, record, file, isDone);
      job.reportParts();
    }
  }

  /** The records of the parts, when they are done. */
  get records(): readonly PartRecord[] {
    return this.manifest.parts;
  }

  /** The list that an earlier run drew of these inputs, where all parts are as it left them. */
  async finishedList(): Promise<RecordedList | undefined> {
    const { list } = this.manifest;
    if (list === undefined || list.inputs !== (await inputsDigest(this.parts))) return undefined;
    for (const [p, part] of this.parts.entries()) {
      const earlier = this.done.get(this.target.files[p]);
      if (earlier === undefined || !(await this.isTrusted(part, earlier))) return undefined;
    }
    return list;
  }

  /** Records the list whose tiers the parts get. Parts of a list of other inputs are removed. */
  async useList(list: RecordedList): Promise<void> {
    const { folder } = this.target;
    if (this.manifest.list?.inputs !== list.inputs) {
      for (const file of this.done.keys()) await rm(join(folder, file), { force: true });
      this.done.clear();
    }
    this.manifest.list = list;
    await writeManifest(folder, { ...this.manifest, parts: [...this.done.values()] });
  }

  /**
   * Joins the rejects, and marks the manifest as complete.
   * @throws HoldfastError `data.rejected` where no row was scored: the rejects stay, the parts do not.
   */
  async finish(): Promise<void> {
    const { folder, files } = this.target;
    const wanted = new Set(files);
    for (const file of this.done.keys()) if (!wanted.has(file)) await rm(join(folder, file), { force: true });
    const notes = new Set(this.manifest.parts.map(({ rejects: ofPart }) => isThere(ofPart) && ofPart.file));
    for (const name of await readdir(notesFolder(folder))) {
      const isLeft = /^rejects-\d+\.ndjson$/.test(name) && !notes.has(join(notesFolder("."), name));
      if (isLeft) await rm(join(notesFolder(folder), name), { force: true });
    }
    const { rejects } = this.job.options;
    const joined = await rejectsOfJob(rejects);
    if (joined !== undefined) {
      try {
        for (const { rejects: ofPart } of this.manifest.parts) {
          if (!isThere(ofPart)) continue;
          const text = await readFile(join(folder, ofPart.file), "utf8");
          await joined.addLines(text.split("\n").filter((line) => line !== ""));
        }
        await joined.finish();
      } catch (error) {
        await joined.abandon();
        throw error;
      }
    }
    try {
      this.job.refuseUnscored();
    } catch (error) {
      await this.removeRecorded();
      throw error;
    }
    await writeManifest(folder, { ...this.manifest, complete: true });
  }

  private async isTrusted({ path }: Part, { input, output, rejects }: PartRecord): Promise<boolean> {
    const { folder } = this.target;
    if (path !== input.file || (await identityOf(path)) !== input.identity) return false;
    if ((rejects === null) !== (this.job.options.rejects === undefined)) return false;
    if (isThere(rejects) && !(await isAsRecorded(join(folder, rejects.file), rejects))) return false;
    return isAsRecorded(join(folder, output.file), output);
  }

  /** Parts by different models, or with different options, can't be in one output. */
  private checkSame(before: Manifest): void {
    const { manifest } = this;
    const { folder } = this.target;
    const hint = `give the same model and options, another folder, or ${optionText("overwrite", true)}`;
    if (before.model !== manifest.model) {
      invalidArgument(
        "scoreFile",
        "model",
        `must be the model with which ${folder} was started`,
        manifest.model.slice(0, 12),
        hint,
      );
    }
    if (before.settings !== manifest.settings) {
      invalidArgument(
        "scoreFile",
        "options",
        `must be those with which ${folder} was started, ${before.settings}`,
        manifest.settings,
        hint,
      );
    }
  }

  /** Removes the manifest and the parts that it records. */
  private async removeRecorded(): Promise<void> {
    const { folder } = this.target;
    const before = await readManifest(folder).catch(() => undefined);
    if (before === undefined && (await holdsFiles(folder))) throw notEmpty(folder);
    // The manifest first: parts without a manifest are not trusted, but a manifest without its parts would be wrong.
    for (const name of ["manifest.json", "parts.ndjson"])
      await rm(join(notesFolder(folder), name), { force: true });
    for (const { output, rejects } of before?.parts ?? []) {
      for (const each of [output, rejects]) {
        if (each !== null && isInside(each.file)) await rm(join(folder, each.file), { force: true });
      }
    }
  }
}

/** Whether a part has a file of rejects: without a rejected row, none is written. */
export function isThere(rejects: PartRecord["rejects"]): rejects is NonNullable<PartRecord["rejects"]> {
  return rejects !== null && rejects.bytes > 0;
}

/** Whether a path stays inside the folder: a manifest may come from anywhere. */
function isInside(file: string): boolean {
  return !file.startsWith("/") && !file.split("/").includes("..");
}

/** Where a job that ranks all parts puts their scores aside: a folder of parts, with a manifest like any other. */
export function scoresFolder(folder: string): string {
  return join(notesFolder(folder), "scores");
}

/** Whether a stopped job has put the scores of any part aside. */
async function holdsScores(folder: string): Promise<boolean> {
  const found = await readManifest(scoresFolder(folder)).catch(() => undefined);
  return found !== undefined && found.parts.length > 0;
}

/** A text that changes with any of the files. */
async function inputsDigest(parts: readonly Part[]): Promise<string> {
  const inputs = [];
  for (const { path } of parts)
    inputs.push({ file: path ?? "", identity: path === undefined ? "" : await identityOf(path) });
  return digestOf(inputs);
}

/** A text that changes with any of the files, as they were when they were read. */
export function digestOf(inputs: readonly PartRecord["input"][]): string {
  const names = inputs.map(({ file, identity }) => [file, identity]);
  return createHash("sha256").update(JSON.stringify(names)).digest("hex");
}

async function removeAllLeftovers(folder: string): Promise<void> {
  await removeLeftovers(folder);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeAllLeftovers(join(folder, entry.name));
  }
}

/**
 * Whether a folder holds files besides the notes and those given, which this job will write again: a job that was killed
 * may have written a part without noting it. Folders without files do not count.
 */
async function holdsFiles(folder: string, except: readonly string[] = [], within = "."): Promise<boolean> {
  if (!existsSync(folder)) return false;
  for (const entry of await readdir(join(folder, within), { withFileTypes: true })) {
    const path = join(within, entry.name);
    if (path === notesFolder(".")) continue;
    if (entry.isDirectory() ? await holdsFiles(folder, except, path) : !except.includes(path)) return true;
  }
  return false;
}

function alreadyThere(folder: string, isComplete: boolean): HoldfastError {
  return new HoldfastError({
    code: "data.unwritable",
    path: { file: folder },
    expected: `must be a new folder, it holds ${isComplete ? "the scores of an earlier job" : "the finished parts of an earlier job"}`,
    received: undefined,
    hint: `${isComplete ? "" : `${optionText("resume", true)} continues it, `}${optionText("overwrite", true)} starts again`,
  });
}

function notEmpty(folder: string): HoldfastError {
  return new HoldfastError({
    code: "data.unwritable",
    path: { file: folder },
    expected: "must be a new or empty folder, it holds files that are not scores",
    received: undefined,
  });
}
