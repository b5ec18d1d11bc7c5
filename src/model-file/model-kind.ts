import type { Misplaced } from "../file-form.js";
import type { Extensions } from "./extensions.js";

/** The content of a model file, or all problems in it. */
export type Validated<Content> = { readonly content: Content } | { readonly problems: readonly Misplaced[] };

/** A kind of model as a model file holds it; loading, scoring and serving find it in a list of kinds. */
export interface ModelKind<Content, Model> {
  /** `kind` in the file; a file without one is of the first kind, {@link FIRST_KIND}. */
  readonly name: string;
  /** Validates the content down to the last tree node; nothing in a file runs. */
  validate(content: unknown, extensions: Extensions): Promise<Validated<Content>>;
  /**
   * A model that is ready to predict.
   * @param content as returned by validation
   * @param contentHash of the content, where it is known
   */
  open(content: Content, extensions: Extensions, contentHash?: string): Promise<Model>;
  /**
   * Predicts the parity rows of a file: rows that training predicted.
   * @throws HoldfastError with all of them that are predicted otherwise now.
   */
  checkParity(model: Model, file: string): void;
}

/** The kind of files of format version 1 that name no kind. */
export const FIRST_KIND = "churn";
