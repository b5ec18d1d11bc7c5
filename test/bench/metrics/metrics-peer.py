"""The same metrics by scikit-learn, on the same number of rows. Prints one line of JSON."""

import json
import sys
import time

import numpy as np
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

rows = int(sys.argv[1])
random = np.random.default_rng(1)
probabilities = 0.9 * random.random(rows) * random.random(rows)
labels = (random.random(rows) < probabilities).astype(np.uint8)
start = time.process_time()
roc_auc_score(labels, probabilities)
log_loss(labels, probabilities)
brier_score_loss(labels, probabilities)
# scikit-learn has no expected calibration error: 15 bins of equal mass, as its users write it.
order = np.argsort(probabilities, kind="stable")
error = sum(
    len(part) * abs(probabilities[part].mean() - labels[part].mean()) for part in np.array_split(order, 15)
)
print(json.dumps({"cpu": time.process_time() - start, "ece": error / rows}))
