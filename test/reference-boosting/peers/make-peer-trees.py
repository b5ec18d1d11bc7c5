"""Makes peer-trees.json: what LightGBM 4.7.0, scikit-learn 1.9.1 and XGBoost 3.2.0 learn from 240 weighted rows.

Run as `python make-peer-trees.py > peer-trees.json` with lightgbm, scikit-learn and xgboost-cpu installed.
Features have few distinct values, all above zero, so that everybody's bins are the same.

Rules of theirs that are not ours are kept out of play. LightGBM does not try a feature in a node when no split on it
gained in the parent, which matters for l1 and monotone features, and takes the score of a bounded node from its free
value. XGBoost leaves l1 out of the gain where any feature is monotone, and may send all present values of a rising
feature to the right and the missing ones to the left.
"""
import json

import lightgbm as lgb
import numpy as np
import xgboost as xgb
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

ROWS = 240
ROUNDS = 5
rng = np.random.default_rng(2026)


def few(values, step, missing=0.0):
    drawn = (1 + rng.integers(0, values, ROWS)) * step
    return np.where(rng.random(ROWS) < missing, np.nan, drawn)


X = np.column_stack([few(12, 1.0), few(9, 1.5, 0.15), few(20, 0.25), few(7, 2.0, 0.1)])
category = 1 + rng.integers(0, 4, ROWS)
weights = rng.integers(1, 13, ROWS) / 4
margin = (
    0.25 * (X[:, 0] - 6)
    + np.where(np.isnan(X[:, 1]), 0.8, np.abs(np.nan_to_num(X[:, 1]) - 6) / 4 - 0.6)
    + 0.4 * np.sin(2 * X[:, 2])
    + np.array([0, -0.7, 0.1, 0.9, -0.2])[category]
)
labels = {
    "logLoss": (rng.random(ROWS) < 1 / (1 + np.exp(-margin))).astype(int),
    "squaredError": np.round(4 * (margin + 0.5 * rng.standard_normal(ROWS))) / 4,
    "poisson": rng.poisson(np.exp(0.5 * margin)),
}


def lightgbm(objective, features=X, categorical=(), **options):
    settings = {
        "objective": {"logLoss": "binary", "squaredError": "regression", "poisson": "poisson"}[objective],
        "learning_rate": 0.2,
        "num_leaves": 8,
        "min_data_in_leaf": 1,
        "min_sum_hessian_in_leaf": 3,
        "lambda_l2": 1,
        "min_data_in_bin": 1,
        "max_cat_to_onehot": 8,
        "poisson_max_delta_step": 1e-9,
        "verbosity": -1,
        "force_col_wise": True,
        **options,
    }
    data = lgb.Dataset(
        features, labels[objective], weight=weights, params=settings, categorical_feature=list(categorical)
    )
    booster = lgb.train(settings, data, num_boost_round=ROUNDS)
    return booster.predict(features, raw_score=True)


def scikit_learn(objective, **options):
    settings = {
        "learning_rate": 0.2,
        "max_leaf_nodes": 8,
        "min_samples_leaf": 5,
        "l2_regularization": 1,
        "max_iter": ROUNDS,
        "early_stopping": False,
        **options,
    }
    if objective == "logLoss":
        model = HistGradientBoostingClassifier(**settings)
    else:
        loss = {"squaredError": "squared_error", "poisson": "poisson"}[objective]
        model = HistGradientBoostingRegressor(loss=loss, **settings)
    model.fit(X, labels[objective], sample_weight=weights)
    return model._raw_predict(X).ravel()


def xgboost(objective, **options):
    settings = {
        "objective": {
            "logLoss": "binary:logistic",
            "squaredError": "reg:squarederror",
            "poisson": "count:poisson",
        }[objective],
        "learning_rate": 0.2,
        "grow_policy": "lossguide",
        "max_leaves": 8,
        "max_depth": 0,
        "min_child_weight": 3,
        "lambda": 1,
        "base_score": float(np.average(labels[objective], weights=weights)),
        "max_delta_step": 0,
        "nthread": 1,
        **options,
    }
    data = xgb.DMatrix(X, labels[objective], weight=weights)
    booster = xgb.train(settings, data, num_boost_round=ROUNDS)
    return booster.predict(data, output_margin=True)


def case(library, objective, options, margins, features=("x0", "x1", "x2", "x3")):
    return {
        "library": library,
        "objective": objective,
        "features": features,
        "options": options,
        "margins": [round(float(margin), 9) for margin in margins],
    }


EIGHT_LEAVES = {"rounds": ROUNDS, "learningRate": 0.2, "maxLeaves": 8, "l2": 1}
BY_WEIGHT = {**EIGHT_LEAVES, "minChildRows": 1, "minChildWeight": 3}
BY_ROWS = {**EIGHT_LEAVES, "minChildRows": 5, "minChildWeight": 0.001}
WITH_CATEGORY = np.column_stack([X[:, :2], category])

cases = []
for objective in labels:
    cases += [
        case("LightGBM", objective, BY_WEIGHT, lightgbm(objective)),
        case(
            "LightGBM",
            objective,
            BY_WEIGHT,
            lightgbm(objective, WITH_CATEGORY, [2]),
            ("x0", "x1", "category"),
        ),
        case("scikit-learn", objective, BY_ROWS, scikit_learn(objective)),
        case(
            "scikit-learn",
            objective,
            {**BY_ROWS, "interactions": [["x0", "x2"], ["x2", "x3"]]},
            scikit_learn(objective, interaction_cst=[{0, 2}, {2, 3}]),
        ),
        case("XGBoost", objective, {**BY_WEIGHT, "l1": 2}, xgboost(objective, alpha=2)),
        case(
            "XGBoost",
            objective,
            {**BY_WEIGHT, "monotone": {"x0": 1, "x2": -1}},
            xgboost(objective, monotone_constraints=(1, 0, -1, 0)),
        ),
    ]
for objective in ["logLoss", "poisson"]:
    cases.append(
        case(
            "LightGBM",
            objective,
            {**BY_WEIGHT, "l1": 2, "l2": 3, "maxDepth": 3},
            lightgbm(objective, lambda_l1=2, lambda_l2=3, max_depth=3),
        )
    )

print(
    json.dumps(
        {
            "numeric": {
                f"x{f}": [None if np.isnan(value) else float(value) for value in column]
                for f, column in enumerate(X.T)
            },
            "categoryCodes": (category - 1).tolist(),
            "weights": weights.tolist(),
            "labels": {name: values.tolist() for name, values in labels.items()},
            "cases": cases,
        }
    )
)
