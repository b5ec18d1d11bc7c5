/** The kind and the group of subscribers who are in no group. */
export const NO_GROUP = "none";
