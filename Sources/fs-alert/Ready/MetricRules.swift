extension ReadyRules {
  /// The machine and its services, for records of metrics.
  static let metricRules = """
    # Metrics: records such as {"type":"metric","metric":"cpu_percent","symbol":"host","ts":"...","value":91.5}
    default category performance
    default severity warning
    default cooldown 5m

    rule high_cpu_usage
      when      metric == 'cpu_percent' and value > 80
      message   {symbol}: processor at {value} %
    rule critical_cpu_usage
      when      metric == 'cpu_percent' and value > 90
      severity  critical
      cooldown  2m
      inhibits  high_cpu_usage
      message   {symbol}: processor at {value} %
    rule high_memory_usage
      when      metric == 'memory_percent' and value > 85
      message   {symbol}: memory at {value} %
    rule critical_memory_usage
      when      metric == 'memory_percent' and value > 95
      severity  critical
      cooldown  2m
      inhibits  high_memory_usage
      message   {symbol}: memory at {value} %
    rule slow_api_response
      when      metric == 'api_response_time_ms' and value > 1000
      cooldown  10m
      message   {symbol}: answers take {value} ms
    rule very_slow_api_response
      when      metric == 'api_response_time_ms' and value > 2000
      severity  critical
      inhibits  slow_api_response
      message   {symbol}: answers take {value} ms
    rule low_cache_hit_rate
      when      metric == 'cache_hit_rate' and value < 70
      cooldown  15m
      message   {symbol}: hit rate of the cache at {value} %
    rule high_error_rate
      when      metric == 'error_rate_percent' and value > 5
      cooldown  10m
      message   {symbol}: {value} % of requests fail

    """
}
