"""LightGBM's contributions to the margin, in a separate process.

usage: lightgbm-contributions.py FOLDER train ROUNDS | FOLDER explain

`train` reads the columns that the benchmark wrote, trains, and writes the model and its trees (trees.json) beside them.
`explain` calculates the contributions of the training rows on one thread, writes them row by row (contributions.f64,
the expected value last) and prints one line of JSON. With --probe in place of all this it only says which version is installed.
"""

import json
import os
import sys
import time

import lightgbm
import numpy

if sys.argv[1:] == ["--probe"]:
    print(lightgbm.__version__)
    sys.exit()

folder, job = sys.argv[1], sys.argv[2]
with open(os.path.join(folder, "data.json")) as file:
    meta = json.load(file)
features, count = meta["features"], meta["trainingRows"]
rows = numpy.empty((count, len(features)), dtype=numpy.float64)
for column, feature in enumerate(features):
    kind = numpy.float64 if feature["kind"] == "numeric" else numpy.int32
    rows[:, column] = numpy.fromfile(os.path.join(folder, feature["file"]), dtype=kind, count=count)
model = os.path.join(folder, "model.txt")

if job == "train":
    labels = numpy.fromfile(os.path.join(folder, "labels.u8"), dtype=numpy.uint8, count=count)
    categorical = [column for column, feature in enumerate(features) if feature["kind"] == "categorical"]
    parameters = {"objective": "binary", "num_leaves": 31, "num_threads": 1, "verbosity": -1, "seed": 0}
    dataset = lightgbm.Dataset(rows, labels, categorical_feature=categorical)
    booster = lightgbm.train(parameters, dataset, int(sys.argv[3]))
    booster.save_model(model)
    with open(os.path.join(folder, "trees.json"), "w") as file:
        json.dump(booster.dump_model()["tree_info"], file)
else:
    booster = lightgbm.Booster(model_file=model)
    wall, cpu = time.perf_counter(), time.process_time()
    contributions = booster.predict(rows, pred_contrib=True, num_threads=1)
    times = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    numpy.ascontiguousarray(contributions, dtype=numpy.float64).tofile(
        os.path.join(folder, "contributions.f64")
    )
    print(json.dumps(times))
