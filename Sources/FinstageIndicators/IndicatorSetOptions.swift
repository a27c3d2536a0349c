/// What a set does besides computing columns.
package struct IndicatorSetOptions: Sendable {
  /// The input field of indicators that read a single field.
  package var field = "close"
  /// The field that tells series apart; nil if the whole input is one series.
  package var key: String? = "symbol"
  package var prefix = ""
  /// The form of the signals to look for; nil for no signals.
  package var signals: SignalForm?
  /// Whether a bar with the time of its series' last bar replaces that bar instead of being left out.
  package var revises = false
  /// Whether to remember what a later run needs to continue.
  package var keepsHistory = false

  /// Whether results become fields of the records; otherwise the caller only reads them.
  package var addsFields = true

  package init() {}
}
