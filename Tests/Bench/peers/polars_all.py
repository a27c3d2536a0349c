"""All of TA-Lib's functions that fs-indicators has, of each symbol, NDJSON to NDJSON, with Polars. Arguments: input, output."""
import sys
import polars as pl
import talib

PATTERNS = ("DOJI HAMMER ENGULFING HARAMI MORNINGSTAR EVENINGSTAR SHOOTINGSTAR 3WHITESOLDIERS 3BLACKCROWS PIERCING "
            "DARKCLOUDCOVER MARUBOZU SPINNINGTOP HANGINGMAN DRAGONFLYDOJI").split()


def columns(o, h, l, c, v):
    """The results for one symbol, by name."""
    t = talib
    yield from {
        "sma_20": t.SMA(c, 20), "ema_20": t.EMA(c, 20), "wma_20": t.WMA(c, 20), "trima_20": t.TRIMA(c, 20),
        "dema_20": t.DEMA(c, 20), "tema_20": t.TEMA(c, 20), "kama_10": t.KAMA(c, 10),
        "ht_trendline": t.HT_TRENDLINE(c), "rsi_14": t.RSI(c, 14), "mom_10": t.MOM(c, 10), "roc_10": t.ROC(c, 10),
        "cmo_14": t.CMO(c, 14), "ppo_12_26": t.PPO(c, 12, 26, 1), "apo_12_26": t.APO(c, 12, 26, 1),
        "willr_14": t.WILLR(h, l, c, 14), "cci_14": t.CCI(h, l, c, 14), "aroonosc_14": t.AROONOSC(h, l, 14),
        "ultosc_7_14_28": t.ULTOSC(h, l, c, 7, 14, 28), "bop": t.BOP(o, h, l, c), "trix_15": t.TRIX(c, 15),
        "adx_14": t.ADX(h, l, c, 14), "adxr_14": t.ADXR(h, l, c, 14), "dx_14": t.DX(h, l, c, 14),
        "plus_di_14": t.PLUS_DI(h, l, c, 14), "minus_di_14": t.MINUS_DI(h, l, c, 14),
        "sar_0.02_0.2": t.SAR(h, l, 0.02, 0.2), "atr_14": t.ATR(h, l, c, 14), "natr_14": t.NATR(h, l, c, 14),
        "trange": t.TRANGE(h, l, c), "obv": t.OBV(c, v), "ad": t.AD(h, l, c, v), "adosc_3_10": t.ADOSC(h, l, c, v, 3, 10),
        "mfi_14": t.MFI(h, l, c, v, 14), "linearreg_14": t.LINEARREG(c, 14),
        "linearreg_slope_14": t.LINEARREG_SLOPE(c, 14), "tsf_14": t.TSF(c, 14), "stddev_20": t.STDDEV(c, 20),
        "var_20": t.VAR(c, 20), "max_30": t.MAX(c, 30), "min_30": t.MIN(c, 30),
    }.items()
    yield from zip(("macd_12_26_9", "macd_signal_12_26_9", "macd_hist_12_26_9"), t.MACD(c, 12, 26, 9))
    yield from zip(("bb_upper_20_2", "bb_middle_20_2", "bb_lower_20_2"), t.BBANDS(c, 20, 2.0, 2.0))
    yield from zip(("stoch_k_14_3_3", "stoch_d_14_3_3"), t.STOCH(h, l, c, 14, 3, 0, 3, 0))
    yield from zip(("stochf_k_5_3", "stochf_d_5_3"), t.STOCHF(h, l, c, 5, 3, 0))
    yield from zip(("stochrsi_k_14_5_3", "stochrsi_d_14_5_3"), t.STOCHRSI(c, 14, 5, 3, 0))
    yield from zip(("aroon_down_14", "aroon_up_14"), t.AROON(h, l, 14))
    for name in PATTERNS:
        yield "cdl" + name.lower(), getattr(t, "CDL" + name)(o, h, l, c)


frame = pl.read_ndjson(sys.argv[1])
parts = []
for part in frame.with_row_index("row").partition_by("symbol"):
    inputs = [part[name].cast(pl.Float64).to_numpy() for name in ("open", "high", "low", "close", "volume")]
    parts.append(part.with_columns(*(pl.Series(name, values, nan_to_null=True) for name, values in columns(*inputs))))
pl.concat(parts).sort("row").drop("row").write_ndjson(sys.argv[2])
