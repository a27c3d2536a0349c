extension ReadyRules {
  /// Crosses, breakouts and levels of indicators on daily bars.
  static let technicalRules = """
    # Signals of indicators, for daily bars. For bars of minutes or hours, shorten the cooldowns: breakouts of averages 30m and 2h, RSI 1h and
    # 4h, Bollinger bands 1h and 3h.
    #   fs-indicators --sma 20,50,200 --rsi 14 --macd 12,26,9 --bbands 20,2 --stoch 14,3,3 --volume-sma 20 bars.ndjson |
    #     fs-alert --rules technical.conf
    default category technical
    default severity info

    default cooldown 1h
    rule golden_cross
      when      sma_50 crosses above sma_200
      severity  warning
      message   {symbol}: golden cross, the 50-day average {sma_50} is above the 200-day one {sma_200}
    rule dead_cross
      when      sma_50 crosses below sma_200
      severity  warning
      message   {symbol}: dead cross, the 50-day average {sma_50} is below the 200-day one {sma_200}
    default cooldown 1d
    rule ma20_breakout_up
      when      close crosses above sma_20
    rule ma20_breakout_down
      when      close crosses below sma_20
    rule ma50_breakout_up
      when      close crosses above sma_50
    rule ma50_breakout_down
      when      close crosses below sma_50
    rule ma200_breakout_up
      when      close crosses above sma_200
      severity  warning
    rule ma200_breakout_down
      when      close crosses below sma_200
      severity  warning

    rule rsi_overbought
      when      prev(rsi_14) < 70 and rsi_14 >= 70
      until     rsi_14 < 65
      message   {symbol}: RSI {rsi_14}, overbought
    rule rsi_oversold
      when      prev(rsi_14) > 30 and rsi_14 <= 30
      until     rsi_14 > 35
      message   {symbol}: RSI {rsi_14}, oversold
    rule rsi_bullish
      when      rsi_14 crosses above 50
    rule rsi_bearish
      when      rsi_14 crosses below 50

    default cooldown 12h
    rule bb_break_upper
      when      close crosses above bb_upper_20_2
    rule bb_break_lower
      when      close crosses below bb_lower_20_2
    rule bb_touch_upper
      when      abs(close - bb_upper_20_2) / bb_upper_20_2 < 1%
    rule bb_touch_lower
      when      abs(close - bb_lower_20_2) / bb_lower_20_2 < 1%

    default cooldown 1d
    rule macd_bullish_cross
      when      macd_12_26_9 crosses above macd_signal_12_26_9
    rule macd_bearish_cross
      when      macd_12_26_9 crosses below macd_signal_12_26_9
    rule macd_zero_cross_up
      when      macd_12_26_9 crosses above 0
    rule macd_zero_cross_down
      when      macd_12_26_9 crosses below 0

    rule stoch_overbought
      when      stoch_k_14_3_3 >= 80 and stoch_d_14_3_3 >= 80
    rule stoch_oversold
      when      stoch_k_14_3_3 <= 20 and stoch_d_14_3_3 <= 20
    rule stoch_bullish_cross
      when      stoch_k_14_3_3 crosses above stoch_d_14_3_3
    rule stoch_bearish_cross
      when      stoch_k_14_3_3 crosses below stoch_d_14_3_3

    rule volume_breakout_up
      when      volume / volume_sma_20 >= 2 and close / prev(close) - 1 > 1%
      momentary
    rule volume_breakout_down
      when      volume / volume_sma_20 >= 2 and close / prev(close) - 1 < -1%
      momentary
    rule low_volume
      when      volume / volume_sma_20 <= 0.5

    """
}
