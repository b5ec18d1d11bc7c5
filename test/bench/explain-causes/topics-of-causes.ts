import type { Topic } from "../../../src/history/topics/topics.js";
import type { MonthlyCause } from "../../../src/simulator/departure/causes.js";

/** The topic of features that stands for each cause of the simulator, and no other: a reason is right where it is this one. */
export const TOPIC_OF_CAUSE: Readonly<Record<MonthlyCause, Topic>> = {
  life: "tenure",
  contract: "contract",
  price: "price and tariff",
  care: "customer care",
  faults: "network faults",
  network: "network quality",
  group: "group",
  arrears: "payments",
  usage: "usage",
  services: "services",
  competition: "competition",
  dealer: "dealer",
};
