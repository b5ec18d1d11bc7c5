import { createHash } from "node:crypto";
import type { ModelContent } from "./content.js";

/** SHA-256 of a model's content, by which two models are told apart: what its file says of itself. */
export function contentHash(content: ModelContent): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}
