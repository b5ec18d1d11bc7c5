import { createHash } from "node:crypto";

/** SHA-256 of a model's content, which identifies a model; its file holds the same hash. */
export function contentHash(content: object): string {
  return sha256(JSON.stringify(content));
}

/** SHA-256 of a text as UTF-8, in hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
