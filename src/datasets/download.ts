import { createWriteStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { HoldfastError } from "../errors.js";
import { removeLeftoversOf } from "../files/leftovers.js";
import { beginWhole, type WholeFile } from "../files/whole-file.js";
import { aborted, type LongWork } from "../progress.js";
import type { DatasetFile } from "./dataset.js";
import { mismatch, sha256Of } from "./verify.js";

/** What a download needs to know. */
export interface DownloadPlan {
  readonly file: DatasetFile & { readonly url: string };
  /** Where the file will be. */
  readonly target: string;
  readonly verify: boolean;
  readonly functionName: string;
  /** What to do by hand where it fails. */
  readonly byHand: string;
}

/**
 * Downloads a file next to its target and puts it there when it is complete and has the right hash: several downloads at once
 * each write their own file, and the last one replaces the others' by the same bytes.
 * @throws HoldfastError `resource.network`, `data.hash`, `data.unwritable`, `aborted`
 */
export async function download(plan: DownloadPlan, work: LongWork): Promise<void> {
  const { file, target } = plan;
  const whole = await beginWhole(target);
  await removeLeftoversOf(whole.target);
  try {
    await fetchInto(whole, plan, work);
    if (file.inArchive !== undefined) await unpack(whole.temporary, file.inArchive, plan);
    if (plan.verify && file.sha256 !== null) {
      const received = await sha256Of(whole.temporary);
      const hint = `what ${file.url} sends is no longer the file of the catalogue; ${plan.byHand}`;
      if (received !== file.sha256) throw mismatch(plan.functionName, file, file.url, received, hint);
    }
    await whole.commit();
  } catch (error) {
    await whole.abandon();
    throw error;
  }
}

async function fetchInto({ temporary }: WholeFile, plan: DownloadPlan, work: LongWork): Promise<void> {
  const { url, name } = plan.file;
  const { signal } = work;
  if (signal?.aborted) throw aborted();
  let writing = false;
  try {
    // Not compressed on the way: the bytes that are counted and hashed are those of the file.
    const response = await fetch(url, {
      headers: { "accept-encoding": "identity" },
      ...(signal === undefined ? {} : { signal }),
    });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Error(`it answered ${response.status} ${response.statusText}`.trim());
    }
    const size = Number(response.headers.get("content-length")) || undefined;
    let done = 0;
    const report = (isEnd: boolean) =>
      work.onProgress?.({ phase: `downloading ${name}`, done, total: size ?? (isEnd ? done : done + 1) });
    const counted = new Transform({
      transform(chunk: Buffer, _, next) {
        done += chunk.length;
        if (size === undefined || done < size) report(false);
        next(null, chunk);
      },
    });
    const output = createWriteStream(temporary);
    output.on("error", () => {
      writing = true;
    });
    await pipeline(Readable.fromWeb(response.body), counted, output);
    if (size !== undefined && done !== size) throw new Error(`it sent ${done} of ${size} bytes`);
    report(true);
  } catch (error) {
    if (signal?.aborted) throw aborted();
    if (writing || error instanceof HoldfastError) throw error;
    throw failed(plan, causeOf(error));
  }
}

async function unpack(path: string, member: string, plan: DownloadPlan): Promise<void> {
  const [archive, { unzipped }] = await Promise.all([readFile(path), import("./unzip.js")]);
  let bytes: Buffer;
  try {
    bytes = unzipped(archive, member);
  } catch (error) {
    throw failed(plan, causeOf(error));
  }
  await writeFile(path, bytes);
}

function failed({ functionName, file, byHand }: DownloadPlan, cause: string): HoldfastError {
  return new HoldfastError({
    code: "resource.network",
    path: { function: functionName, file: file.url },
    expected: `could not be downloaded: ${cause}`,
    received: undefined,
    hint: byHand,
  });
}

/** What went wrong, for a person: fetch says only that it failed, its causes say why. */
function causeOf(error: unknown): string {
  const { message, cause, code } = error as { message: string; cause?: unknown; code?: string };
  if (cause instanceof Error) return causeOf(cause);
  return message || code || String(error);
}
