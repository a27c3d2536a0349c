"""Nanoseconds a value of TA-Lib's functions, over columns of doubles in a file. Arguments: file, bars, rounds.

The file holds open, high, low, close, volume, one after the other. Prints a line "name ns" for each function: the median of
the rounds.
"""
import sys
import time
import numpy as np
import talib

count, rounds = int(sys.argv[2]), int(sys.argv[3])
o, h, l, c, v = np.fromfile(sys.argv[1]).reshape(5, count)
CALLS = {
    "sma": lambda: talib.SMA(c, 20), "wma": lambda: talib.WMA(c, 20), "trima": lambda: talib.TRIMA(c, 20),
    "ema": lambda: talib.EMA(c, 20), "dema": lambda: talib.DEMA(c, 20), "tema": lambda: talib.TEMA(c, 20),
    "kama": lambda: talib.KAMA(c, 10), "mom": lambda: talib.MOM(c, 10), "roc": lambda: talib.ROC(c, 10),
    "rsi": lambda: talib.RSI(c, 14), "cmo": lambda: talib.CMO(c, 14), "atr": lambda: talib.ATR(h, l, c, 14),
    "natr": lambda: talib.NATR(h, l, c, 14), "adx": lambda: talib.ADX(h, l, c, 14),
    "adxr": lambda: talib.ADXR(h, l, c, 14), "dx": lambda: talib.DX(h, l, c, 14),
    "plus_di": lambda: talib.PLUS_DI(h, l, c, 14), "minus_di": lambda: talib.MINUS_DI(h, l, c, 14),
    "cci": lambda: talib.CCI(h, l, c, 14), "willr": lambda: talib.WILLR(h, l, c, 14),
    "mfi": lambda: talib.MFI(h, l, c, v, 14), "aroonosc": lambda: talib.AROONOSC(h, l, 14),
    "linearreg": lambda: talib.LINEARREG(c, 14), "linearreg_slope": lambda: talib.LINEARREG_SLOPE(c, 14),
    "tsf": lambda: talib.TSF(c, 14), "aroon": lambda: talib.AROON(h, l, 14),
    "macd": lambda: talib.MACD(c, 12, 26, 9), "ppo": lambda: talib.PPO(c, 12, 26, 1),
    "apo": lambda: talib.APO(c, 12, 26, 1), "bbands": lambda: talib.BBANDS(c, 20, 2.0, 2.0),
    "stddev": lambda: talib.STDDEV(c, 20), "var": lambda: talib.VAR(c, 20), "max": lambda: talib.MAX(c, 30),
    "min": lambda: talib.MIN(c, 30), "stoch": lambda: talib.STOCH(h, l, c, 14, 3, 0, 3, 0),
    "stochf": lambda: talib.STOCHF(h, l, c, 5, 3, 0), "stochrsi": lambda: talib.STOCHRSI(c, 14, 5, 3, 0),
    "trange": lambda: talib.TRANGE(h, l, c), "obv": lambda: talib.OBV(c, v), "ad": lambda: talib.AD(h, l, c, v),
    "adosc": lambda: talib.ADOSC(h, l, c, v, 3, 10), "trix": lambda: talib.TRIX(c, 15),
    "ultosc": lambda: talib.ULTOSC(h, l, c, 7, 14, 28), "bop": lambda: talib.BOP(o, h, l, c),
    "sar": lambda: talib.SAR(h, l, 0.02, 0.2), "ht_trendline": lambda: talib.HT_TRENDLINE(c),
}
for name in ("DOJI HAMMER ENGULFING HARAMI MORNINGSTAR EVENINGSTAR SHOOTINGSTAR 3WHITESOLDIERS 3BLACKCROWS PIERCING "
             "DARKCLOUDCOVER MARUBOZU SPINNINGTOP HANGINGMAN DRAGONFLYDOJI").split():
    CALLS["cdl" + name.lower()] = (lambda f: lambda: f(o, h, l, c))(getattr(talib, "CDL" + name))
for name, call in CALLS.items():
    times = []
    for _ in range(rounds):
        start = time.perf_counter_ns()
        call()
        times.append(time.perf_counter_ns() - start)
    print(name, sorted(times)[len(times) // 2] / count)
