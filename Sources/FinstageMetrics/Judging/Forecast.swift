import FinstageSystem

/// Where a series with a season goes: additive Holt and Winters (Winters 1960), fitted by its own errors one step ahead. It says how well it did on
/// what it had not seen, beside "the same as a season ago" and "the same as now".
package struct Forecast: Sendable {
  /// For each step ahead.
  package let values: [Double]
  /// Half the width of the interval that holds 95 % of the values, for each step ahead.
  package let reach: [Double]
  /// The mean error of the forecast over the last season, which it had not seen, and that of "the same as now".
  package let backtestError: Double
  package let naiveError: Double

  /// Whether it does better than "the same as now".
  package var isUseful: Bool { backtestError < naiveError }

  /// Nil for less than two seasons, and for seasons of fewer than two points.
  /// - Parameters:
  ///   - values: at equal distances, without gaps.
  ///   - season: points of a season.
  ///   - steps: how far ahead.
  package init?(_ values: [Double], season: Int, steps: Int) {
    // One season more is kept back for the test, if there is one.
    guard season >= 2, values.count >= 2 * season, steps > 0 else { return nil }
    let seen = values.count >= 3 * season ? Array(values.dropLast(season)) : Array(values.dropLast(max(1, season / 4)))
    let hidden = Array(values[seen.count...])
    let fit = Forecast.fit(seen, season) ?? (0.3, 0.05, 0.2)
    guard let test = Forecast.run(seen, season, fit), let whole = Forecast.run(values, season, fit) else { return nil }
    var (error, naive) = (0.0, 0.0)
    for i in hidden.indices {
      error += abs(test.ahead(i + 1) - hidden[i])
      naive += abs(seen[seen.count - 1] - hidden[i])
    }
    backtestError = error / Double(hidden.count)
    naiveError = naive / Double(hidden.count)
    self.values = (1...steps).map(whole.ahead)
    // Errors add up the further it looks.
    let (alpha, beta, _) = fit
    let deviation = whole.deviation
    reach = (1...steps).map { step in
      var variance = 1.0
      for j in 1..<max(1, step) {
        let weight = alpha * (1 + Double(j) * beta)
        variance += weight * weight
      }
      return 1.96 * deviation * variance.squareRoot()
    }
  }

  private struct Model {
    var level: Double
    var slope: Double
    var seasons: [Double]
    var place: Int
    var deviation: Double

    func ahead(_ step: Int) -> Double {
      level + Double(step) * slope + seasons[(place + step - 1) % seasons.count]
    }
  }

  private static func run(_ values: [Double], _ season: Int, _ fit: (Double, Double, Double)) -> Model? {
    guard values.count >= 2 * season - season / 4 - 1, values.count > season else { return nil }
    let (alpha, beta, gamma) = fit
    let first = values.prefix(season).reduce(0, +) / Double(season)
    var model = Model(level: first, slope: 0, seasons: values.prefix(season).map { $0 - first }, place: 0, deviation: 0)
    var (squares, count) = (0.0, 0.0)
    for value in values.dropFirst(season) {
      let expected = model.level + model.slope + model.seasons[model.place]
      // The first round finds its feet.
      squares += (value - expected) * (value - expected)
      count += 1
      let level = alpha * (value - model.seasons[model.place]) + (1 - alpha) * (model.level + model.slope)
      model.slope = beta * (level - model.level) + (1 - beta) * model.slope
      model.seasons[model.place] = gamma * (value - level) + (1 - gamma) * model.seasons[model.place]
      model.level = level
      model.place = (model.place + 1) % season
    }
    model.deviation = (squares / max(1, count)).squareRoot()
    return model
  }

  /// The weights with the smallest errors one step ahead, of a grid.
  private static func fit(_ values: [Double], _ season: Int) -> (Double, Double, Double)? {
    var best: (error: Double, fit: (Double, Double, Double))?
    for alpha in [0.05, 0.1, 0.2, 0.4, 0.6, 0.8] {
      for beta in [0.0, 0.01, 0.05, 0.2] {
        for gamma in [0.05, 0.1, 0.3, 0.6] {
          guard let model = run(values, season, (alpha, beta, gamma)) else { return nil }
          if model.deviation < best?.error ?? .infinity { best = (model.deviation, (alpha, beta, gamma)) }
        }
      }
    }
    return best?.fit
  }
}
