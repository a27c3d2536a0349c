"""sma, ema, rsi, macd, bbands and atr of each symbol, NDJSON to NDJSON, with Polars and TA-Lib. Arguments: input, output."""
import sys
import polars as pl
import talib

frame = pl.read_ndjson(sys.argv[1])
parts = []
for part in frame.with_row_index("row").partition_by("symbol"):
    high, low, close = (part[name].to_numpy() for name in ("high", "low", "close"))
    macd, signal, histogram = talib.MACD(close, 12, 26, 9)
    upper, middle, lower = talib.BBANDS(close, 20, 2.0, 2.0)
    columns = {
        "sma_20": talib.SMA(close, 20), "ema_12": talib.EMA(close, 12), "rsi_14": talib.RSI(close, 14),
        "macd_12_26_9": macd, "macd_signal_12_26_9": signal, "macd_hist_12_26_9": histogram,
        "bb_upper_20_2": upper, "bb_middle_20_2": middle, "bb_lower_20_2": lower,
        "atr_14": talib.ATR(high, low, close, 14),
    }
    parts.append(part.with_columns(*(pl.Series(name, values, nan_to_null=True) for name, values in columns.items())))
pl.concat(parts).sort("row").drop("row").write_ndjson(sys.argv[2])
