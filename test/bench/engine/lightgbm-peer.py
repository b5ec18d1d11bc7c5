"""LightGBM on the engine benchmark's data, in a separate process.

usage: lightgbm-peer.py FOLDER row-wise|quantised THREADS ROUNDS

Reads the columns that the benchmark wrote, bins, trains and scores, writes the margins of the test rows beside them
(float64) and prints one line of JSON. With --probe in place of all this it only says which version is installed.
"""

import json
import os
import resource
import sys
import time

import lightgbm
import numpy

if sys.argv[1:] == ["--probe"]:
    print(lightgbm.__version__)
    sys.exit()

folder, mode, threads, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with open(os.path.join(folder, "data.json")) as file:
    meta = json.load(file)
features, training, test = meta["features"], meta["trainingRows"], meta["testRows"]


def read(name, kind, start, count):
    with open(os.path.join(folder, name), "rb") as file:
        file.seek(start * numpy.dtype(kind).itemsize)
        return numpy.fromfile(file, dtype=kind, count=count)


def matrix(start, count):
    """Row by row in memory, as numpy lays a matrix out."""
    rows = numpy.empty((count, len(features)), dtype=numpy.float64)
    for column, feature in enumerate(features):
        kind = numpy.float64 if feature["kind"] == "numeric" else numpy.int32
        rows[:, column] = read(feature["file"], kind, start, count)
    return rows


def status_bytes(field, otherwise):
    """VmRSS or VmHWM of this process; ru_maxrss would also count what the parent had before the fork."""
    try:
        with open("/proc/self/status") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith(field))
    except OSError:
        return otherwise


def largest_bytes():
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    value = work()
    return value, {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}


parameters = {
    "objective": "binary",
    "learning_rate": 0.1,
    "num_leaves": 31,
    "max_bin": 255,
    "min_data_in_leaf": 20,
    "num_threads": threads,
    "force_row_wise": True,
    "use_quantized_grad": mode == "quantised",
    "verbosity": -1,
    "seed": 0,
}
training_rows, test_rows = matrix(0, training), matrix(training, test)
labels = read("labels.u8", numpy.uint8, 0, training)
categorical = [column for column, feature in enumerate(features) if feature["kind"] == "categorical"]
input_bytes = status_bytes("VmRSS", largest_bytes())

dataset, binning = timed(
    lambda: lightgbm.Dataset(
        training_rows, labels, categorical_feature=categorical, params=parameters
    ).construct()
)
booster, boosting = timed(lambda: lightgbm.train(parameters, dataset, rounds))
peak_bytes = status_bytes("VmHWM", largest_bytes()) - input_bytes
_, scoring = timed(lambda: booster.predict(training_rows, raw_score=True, num_threads=threads))
booster.predict(test_rows, raw_score=True).tofile(os.path.join(folder, "margins.f64"))

print(
    json.dumps(
        {
            "binning": binning,
            "training": boosting,
            "scoring": scoring,
            "peakBytes": peak_bytes,
        }
    )
)
