import type { Misplaced } from "../file-form.js";
import type { Extensions } from "./extensions.js";

/** The content of a model file, or everything in it that is out of place. */
export type Validated<Content> = { readonly content: Content } | { readonly problems: readonly Misplaced[] };

/** A kind of model as a model file holds it: what loads one, scores with it and serves it finds it in a list of these. */
export interface ModelKind<Content, Model> {
  /** `kind` in the file; a file without one is of the first kind there was, {@link FIRST_KIND}. */
  readonly name: string;
  /** Down to the last tree node; nothing in a file runs. */
  validate(content: unknown, extensions: Extensions): Promise<Validated<Content>>;
  /** A model that is ready to be asked. @param content as it was validated. */
  open(content: Content, extensions: Extensions): Promise<Model>;
}

/** What files of format version 1 hold that name no kind. */
export const FIRST_KIND = "churn";
