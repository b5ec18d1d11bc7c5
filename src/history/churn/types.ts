/** The types of churn definitions and their options, as entry points export them. */
export type { CauseClass, CauseMap, ChurnCause } from "./churn-causes.js";
export type { ChurnDefinition } from "./churn-definition.js";
export type { DisconnectedOptions } from "./disconnected.js";
export type { ActivityTable, InactiveOptions } from "./inactive.js";
export type { NoPurchaseOptions } from "./no-purchase.js";
export type { PartialChurnOptions } from "./partial-churn.js";
export type { ServiceChurnOptions } from "./service-churn.js";
