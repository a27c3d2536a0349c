extension ReadyRules {
  /// Prices against the previous close, the previous day and the all-time high.
  static let priceRules = """
    # Prices, for quotes (fs-fetch --quote) with snapshots and all-time highs before them:
    #   (fs-fetch --snapshot AAPL; fs-fetch --ath AAPL; fs-fetch --quote AAPL) | fs-alert --rules prices.conf
    # Thresholds in percent. A rule for a symbol of your own goes before these, and its symbol into their "not symbol in (...)".
    default cooldown 3m
    default category price

    rule price_rise_index
      when      starts_with(symbol, '^') and change_percent >= 1
      severity  info
      message   {symbol} rises by {change_percent} % to {price}
    rule price_drop_index
      when      starts_with(symbol, '^') and change_percent <= -1
      severity  warning
      message   {symbol} falls by {change_percent} % to {price}
    rule price_rise_futures
      when      ends_with(symbol, '=F') and change_percent >= 5
      severity  info
      message   {symbol} rises by {change_percent} % to {price}
    rule price_drop_futures
      when      ends_with(symbol, '=F') and change_percent <= -5
      severity  warning
      message   {symbol} falls by {change_percent} % to {price}
    rule price_rise
      when      not starts_with(symbol, '^') and not ends_with(symbol, '=F') and change_percent >= 3
      severity  info
      message   {symbol} rises by {change_percent} % to {price}
    rule price_drop
      when      not starts_with(symbol, '^') and not ends_with(symbol, '=F') and change_percent <= -3
      severity  warning
      message   {symbol} falls by {change_percent} % to {price}

    rule break_prev_high
      when      price > previous_high
      severity  info
      message   {symbol} is at {price}, above the high of the day before ({previous_high})
    rule break_prev_low
      when      price < previous_low
      severity  warning
      message   {symbol} is at {price}, below the low of the day before ({previous_low})

    rule surge_strong
      when      price / prev(price) - 1 >= 10%
      momentary
      inhibits  surge
      severity  critical
      message   {symbol} jumps to {price}
    rule plunge_strong
      when      price / prev(price) - 1 <= -10%
      momentary
      inhibits  plunge
      severity  critical
      message   {symbol} drops to {price}
    rule surge
      when      price / prev(price) - 1 >= 5%
      momentary
      severity  warning
      message   {symbol} jumps to {price}
    rule plunge
      when      price / prev(price) - 1 <= -5%
      momentary
      severity  warning
      message   {symbol} drops to {price}

    default cooldown 6h
    rule new_high
      when      price > all_time_high
      severity  info
      message   {symbol} is at {price}, above its all-time high of {all_time_high}
    rule drop_from_high_index
      when      starts_with(symbol, '^') and price / all_time_high - 1 <= -2%
      severity  warning
      message   {symbol} is at {price}, far below its all-time high of {all_time_high}
    rule drop_from_high_futures
      when      ends_with(symbol, '=F') and price / all_time_high - 1 <= -10%
      severity  warning
      message   {symbol} is at {price}, far below its all-time high of {all_time_high}
    rule drop_from_high
      when      not starts_with(symbol, '^') and not ends_with(symbol, '=F') and price / all_time_high - 1 <= -5%
      severity  warning
      message   {symbol} is at {price}, far below its all-time high of {all_time_high}
    rule new_low
      when      price < all_time_low
      severity  warning
      message   {symbol} is at {price}, below its all-time low of {all_time_low}

    """
}
