// The public types of explanations, which several entry points export.

export type {
  Change,
  ChangeStep,
  Contribution,
  Explanation,
  FamilyContribution,
  FoundChange,
  NoChange,
  Reason,
  ShownValue,
} from "./explanation.js";
export type { CategoriesApart } from "./facts/categories-apart.js";
export type { ExplanationFacts, FeatureFacts, FeatureNote } from "./facts/feature-facts.js";
export type { RangeWithin } from "./facts/ranges-within.js";
export type * from "./global/explanation.js";
export type { ExplainGloballyOptions } from "./global/options.js";
export type { ReasonOptions } from "./model-explainer.js";
export type { LocaleName } from "./reasons/locales.js";
export type { ReasonTemplates } from "./reasons/templates.js";
