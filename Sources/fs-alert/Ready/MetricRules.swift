extension ReadyRules {
  /// The machine and its services, for records of metrics.
  static let metricRules = """
    # Metrics: records such as {"type":"metric","name":"cpu_percent","ts":"...","value":91.5} (fs-metrics collect --print)
    default category performance
    default severity warning
    default cooldown 5m

    rule high_cpu_usage
      when      name == 'cpu_percent' and value > 80
      message   processor at {value} %
    rule critical_cpu_usage
      when      name == 'cpu_percent' and value > 90
      severity  critical
      cooldown  2m
      inhibits  high_cpu_usage
      message   processor at {value} %
    rule high_memory_usage
      when      name == 'memory_percent' and value > 85
      message   memory at {value} %
    rule critical_memory_usage
      when      name == 'memory_percent' and value > 95
      severity  critical
      cooldown  2m
      inhibits  high_memory_usage
      message   memory at {value} %
    rule slow_api_response
      when      name == 'api_response_time_ms' and value > 1000
      cooldown  10m
      message   answers take {value} ms
    rule very_slow_api_response
      when      name == 'api_response_time_ms' and value > 2000
      severity  critical
      inhibits  slow_api_response
      message   answers take {value} ms
    rule low_cache_hit_rate
      when      name == 'cache_hit_rate' and value < 70
      cooldown  15m
      message   hit rate of the cache at {value} %
    rule high_error_rate
      when      name == 'error_rate_percent' and value > 5
      cooldown  10m
      message   {value} % of requests fail

    """
}
