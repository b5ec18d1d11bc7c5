import type { ModelContent } from "../../../model-file/churn/content.js";

/** Inputs that training marked as what must not be named as a reason: about people's gender, age, origin and the like. */
export function markedInputs({ inputs, explanation }: ModelContent): string[] {
  return inputs.flatMap(({ name }, at) => (explanation?.features[at].sensitive === true ? [name] : []));
}
