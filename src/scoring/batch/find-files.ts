import { type Dirent, readdir as listFolder } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { Problems } from "../../errors.js";
import { unreadable } from "../../files/byte-stream.js";
import { statOf } from "../../files/stat-of.js";

/**
 * Files in the order of their names, relative to a folder, without those that begin with a dot or `_`: they are notes of the
 * program that wrote the others. A link to a folder is followed where it leads to files that have no other name: one to
 * a folder that is read by its own name, or by another link, or that holds the input itself, is left out. A pattern without
 * `**` follows all of its links, as it says how deep they lead.
 * @throws HoldfastError `data.unreadable` with all folders that can't be listed.
 */
export async function findFiles(patterns: readonly string[], folder: string): Promise<string[]> {
  const { glob } = await import("tinyglobby");
  const isDeep = patterns.some((pattern) => pattern.includes("**"));
  const cwd = resolve(folder);
  const problems = new Problems();
  const links = isDeep ? await linksToFollow(cwd) : undefined;
  const files = await glob([...patterns], {
    cwd,
    ignore: ["**/_*", "**/_*/**", ...OF_THE_SYSTEM],
    caseSensitiveMatch: false,
    fs: { readdir: withLinks(links, problems) },
  });
  // The glob leaves out what it can't list: rows would be missing, and no one would know.
  problems.throwIfAny();
  return files.sort();
}

/** The folder that a file system keeps for itself at its root, which only root may list. */
const OF_THE_SYSTEM = ["**/lost+found", "**/lost+found/**"];

/** A folder, or a link to one: its path from the input on, and its real path. */
interface Folder {
  readonly path: string;
  readonly real: string;
}

/** The links below a folder that lead to a folder which is not read otherwise; the first in the order of depth and names. */
async function linksToFollow(path: string): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  const followed = new Set<string>();
  const start = { path, real: await realpath(path).catch(() => path) };
  let links = await linksWithin(start, known);
  while (links.length > 0) {
    const next: Folder[] = [];
    for (const link of links) {
      const holdsInput = `${start.real}${sep}`.startsWith(link.real === sep ? sep : `${link.real}${sep}`);
      if (holdsInput || known.has(link.real)) continue;
      followed.add(link.path);
      next.push(...(await linksWithin(link, known)));
    }
    links = next;
  }
  return followed;
}

/** Walks a folder without following links. @param known gets the real paths of all folders. @returns the links to folders. */
async function linksWithin(start: Folder, known: Set<string>): Promise<Folder[]> {
  const links: Folder[] = [];
  const folders = [start];
  known.add(start.real);
  for (const { path, real } of folders) {
    const entries = await readdir(real, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (/^[._]/u.test(entry.name)) continue;
      const found = { path: join(path, entry.name), real: join(real, entry.name) };
      if (entry.isDirectory() && !known.has(found.real)) {
        known.add(found.real);
        folders.push(found);
      }
      if (entry.isSymbolicLink() && statOf(found.real)?.isDirectory() === true)
        links.push({ path: found.path, real: await realpath(found.real) });
    }
  }
  return links;
}

/**
 * Lists a folder, links as what they lead to.
 * @param followed the links to folders that are followed. Default: all.
 * @param problems gets the folders that can't be listed; one that has gone meanwhile is none of them.
 */
function withLinks(followed: ReadonlySet<string> | undefined, problems: Problems): typeof listFolder {
  const resolved = (path: string, entry: Dirent): Dirent[] => {
    if (!entry.isSymbolicLink()) return [entry];
    const target = statOf(join(path, entry.name));
    const isFolder = target?.isDirectory() === true;
    if (target === undefined || (isFolder && followed?.has(join(path, entry.name)) === false)) return [];
    const as = { isSymbolicLink: () => false, isDirectory: () => isFolder, isFile: () => target.isFile() };
    return [Object.assign(Object.create(entry) as Dirent, { name: entry.name }, as)];
  };
  const list = (path: string, options: object, done: (error: Error | null, entries: Dirent[]) => void) =>
    listFolder(path, options as { withFileTypes: true }, (error, entries) => {
      if (error !== null && error.code !== "ENOENT")
        problems.add(...unreadable({ file: resolve(path) }, error).problems);
      done(error, error === null ? entries.flatMap((entry) => resolved(path, entry)) : []);
    });
  return list as unknown as typeof listFolder;
}

/** A file of a folder: its name there, and what all names of the same file have in common. */
export interface NamedFile {
  readonly name: string;
  readonly identity: string;
}

/**
 * One name for each file. Of several names that lead to the same file by links, the real one stays, else the first. Hard
 * links are separate files: each of their names is real.
 * @returns the names to leave out, each with the one that stays.
 */
export async function repeatedNames(
  files: readonly NamedFile[],
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  if (files.length === 0) return new Map();
  const byIdentity = new Map<string, string[]>();
  for (const { name, identity } of files) {
    const same = byIdentity.get(identity);
    if (same === undefined) byIdentity.set(identity, [name]);
    else same.push(name);
  }
  const repeated = new Map<string, string>();
  const base = await realpath(folder);
  for (const names of byIdentity.values()) {
    if (names.length === 1) continue;
    const byReal = new Map<string, string[]>();
    for (const name of names) {
      const real = await realpath(join(base, name));
      byReal.set(real, [...(byReal.get(real) ?? []), name]);
    }
    for (const [real, same] of byReal) {
      const kept = same.find((name) => join(base, name) === real) ?? same[0];
      for (const name of same) if (name !== kept) repeated.set(name, kept);
    }
  }
  return repeated;
}
