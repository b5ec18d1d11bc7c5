import { createHash, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { HoldfastError } from "../../errors.js";
import { unreadable } from "../../files/byte-stream.js";
import { checkPath } from "../../files/check-path.js";
import { missingFileHint } from "../../files/missing-file.js";

/** A token that a service accepts, and the name of its holder in logs and limits. */
export interface ServiceToken {
  readonly name: string;
  readonly token: string;
}

const LEAST_LENGTH = 16;

/**
 * The tokens of a file: one per line, or `name:token`; blank lines and lines that begin with # are skipped.
 * @throws HoldfastError for a file that can't be read, without tokens, or with one of less than 16 characters.
 */
export async function readTokens(path: string): Promise<ServiceToken[]> {
  checkPath("readTokens", "path", path);
  const place = { function: "readTokens", file: path };
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw unreadable(place, error, await missingFileHint(path));
  }
  const tokens = text.split(/\r?\n/).flatMap((line, index): ServiceToken[] => {
    const content = line.trim();
    if (content === "" || content.startsWith("#")) return [];
    const colon = content.indexOf(":");
    const name = colon < 0 ? `token ${index + 1}` : content.slice(0, colon).trim();
    const token = content.slice(colon + 1).trim();
    if (token.length >= LEAST_LENGTH && !/\s/.test(token)) return [{ name, token }];
    throw new HoldfastError({
      code: "data.malformed",
      path: { ...place, line: index + 1 },
      expected: `must be a token of ${LEAST_LENGTH} characters or more without white space, or name:token`,
      // Never the token itself: messages end up in logs.
      received: undefined,
      hint: "make one with openssl rand -hex 32",
    });
  });
  if (tokens.length > 0) return tokens;
  throw new HoldfastError({
    code: "data.empty",
    path: place,
    expected: "must hold a token",
    received: undefined,
  });
}

/** Compares tokens in constant time, which reveals nothing about a token to a caller with a wrong one. */
export class TokenBook {
  private readonly entries: readonly { readonly name: string; readonly digest: Buffer }[];

  constructor(tokens: readonly ServiceToken[]) {
    this.entries = tokens.map(({ name, token }) => ({ name, digest: digestOf(token) }));
  }

  /** The name of the token in an `Authorization` header; undefined where it is not one of these. */
  nameOf(authorization: string | undefined): string | undefined {
    const match = /^Bearer +(\S+)$/i.exec(authorization ?? "");
    const digest = digestOf(match?.[1] ?? "");
    let found: string | undefined;
    // All are compared, even after a match.
    for (const entry of this.entries) if (timingSafeEqual(entry.digest, digest)) found = entry.name;
    return match === null ? undefined : found;
  }
}

function digestOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
