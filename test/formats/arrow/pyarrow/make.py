# python make.py, in this folder, with pyarrow 26 (25 for feather-1.feather): a column of every type, four rows.
import datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.feather as feather

TIME = 1740040201123456789  # 2025-02-20 08:30:01.123456789
dates = [datetime.date(2020, 1, 1), datetime.date(1969, 12, 31), None, datetime.date(2052, 2, 29)]
fees = [Decimal("13.00"), Decimal("-13.50"), None, Decimal("0.10")]
table = pa.table({
    "id": pa.array(["007", "a,b", None, "套餐 😀"], pa.string()),
    "large": pa.array(["x", "y", None, "z" * 40], pa.large_string()),
    "view": pa.array(["short", None, "a text of more than twelve bytes", ""], pa.string_view()),
    "dict": pa.array(["p0", None, "p1", "p0"]).dictionary_encode(),
    "dict_dec": pa.DictionaryArray.from_arrays(
        pa.array([0, 1, None, 0], pa.int8()), pa.array([Decimal("1.50"), Decimal("2.00")], pa.decimal128(5, 2))
    ),
    "flag": pa.array([True, False, None, True]),
    "i8": pa.array([-7, 1, None, 127], pa.int8()),
    "u32": pa.array([4294967295, 1, None, 0], pa.uint32()),
    "i64": pa.array([9007199254740993, 5, None, -1], pa.int64()),
    "u64": pa.array([18446744073709551615, 5, None, 0], pa.uint64()),
    "f16": pa.array([0.5, -2.0, None, 3.0], pa.float16()),
    "f32": pa.array([0.1, -2.5, None, 16777216.0], pa.float32()),
    "f64": pa.array([0.1 + 0.2, 5e-324, None, -0.5], pa.float64()),
    "dec32": pa.array(fees, pa.decimal32(6, 2)),
    "dec64": pa.array(fees, pa.decimal64(12, 2)),
    "dec128": pa.array(fees, pa.decimal128(10, 2)),
    "wide": pa.array(
        [Decimal("1234567890123456789012345678.0123456789"), Decimal("-0.0000000001"), None, Decimal("1")],
        pa.decimal128(38, 10),
    ),
    "dec256": pa.array(
        [Decimal("12345678901234567890123456789012345678901234567890.12"), Decimal("-1.00"), None, Decimal("7.5")],
        pa.decimal256(60, 2),
    ),
    "whole": pa.array([Decimal("12345678901234567890"), Decimal("-5"), None, Decimal("0")], pa.decimal128(20, 0)),
    "day": pa.array(dates, pa.date32()),
    "day64": pa.array(dates, pa.date64()),
    "ts_s": pa.array([TIME // 10**9, -1, None, 0], pa.timestamp("s")),
    "ts_ms": pa.array([TIME // 10**9 * 1000 + 500, -1, None, 0], pa.timestamp("ms")),
    "ts_us": pa.array([TIME // 1000, -1, None, 0], pa.timestamp("us")),
    "ts_ns": pa.array([TIME, -1, None, 0], pa.timestamp("ns")),
    "ts_zone": pa.array([TIME // 1000, -1, None, 0], pa.timestamp("us", tz="Asia/Shanghai")),
    "time_s": pa.array([30600, 0, None, 86399], pa.time32("s")),
    "time_us": pa.array([30600500000, 0, None, 1], pa.time64("us")),
    "null": pa.nulls(4),
    "list": pa.array([[1], [], None, [2, 3]], pa.list_(pa.int32())),
    "struct": pa.array([{"a": 1}, None, {"a": 2}, {"a": 3}]),
    "binary": pa.array([b"x", None, b"", b"y"]),
    "duration": pa.array([1, 2, None, 3], pa.duration("s")),
})
for name, writer, compression in [
    ("plain.arrows", pa.ipc.new_stream, None),
    ("lz4.arrows", pa.ipc.new_stream, "lz4"),
    ("zstd.arrow", pa.ipc.new_file, "zstd"),
]:
    with writer(name, table.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as sink:
        sink.write_table(table)
feather.write_feather(pa.table({"x": [1]}), "feather-1.feather", version=1)
