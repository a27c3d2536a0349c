import FinstageCore
import FinstageProcess
import FinstageSystem

/// What can be asked of the queue.
extension MemoryTaskQueue {
  package func task(_ id: Int64) throws -> TaskRecord? { items[id]?.record }

  package func tasks(_ filter: TaskFilter, limit: Int) throws -> [TaskRecord] {
    let found = items.values.map(\.record).filter { record in
      (filter.state.map { record.state == $0 } ?? true) && (filter.tag.map(record.tags.contains) ?? true)
        && (filter.group.map { record.group == $0 } ?? true) && (filter.gatherer.map { record.gatherer == $0 } ?? true)
        && (filter.schedule.map { record.schedule == $0 } ?? true) && (filter.after.map { record.id > $0 } ?? true)
    }
    return Array(found.sorted { filter.isRising ? $0.id < $1.id : $0.id > $1.id }.prefix(limit))
  }

  package func history(_ id: Int64) throws -> [TaskEvent] { TaskEvent.completed(items[id]?.events ?? []) }
  package func attempts(_ id: Int64) throws -> [AttemptRecord] { items[id]?.attempts.map(\.record) ?? [] }

  package func output(_ id: Int64, attempt: Int64, _ stream: TaskStream, from: Int, limit: Int) throws -> [UInt8]? {
    guard let attempt = items[id]?.attempts.first(where: { $0.record.number == attempt }) else { return nil }
    return Array(((stream == .output ? attempt.output : attempt.log) ?? []).dropFirst(from).prefix(limit))
  }

  package func outputFile(_ id: Int64, attempt: Int64, _ stream: TaskStream) throws -> String? { nil }

  package func parents(of id: Int64) throws -> [Int64] {
    (items[id]?.parents ?? []).map(\.id).filter { items[$0]?.record.state.isFinal == false }.sorted()
  }

  package func waitingByPlace() throws -> [String: Int] {
    let waiting = items.values.map(\.record).filter { !$0.state.isFinal && !$0.state.isHeld && !$0.place.isEmpty }
    return Dictionary(grouping: waiting, by: \.place).mapValues(\.count)
  }

  package func groups() throws -> [QueueGroup] { groupsByName.values.map(\.group).sorted { $0.name < $1.name } }

  package func workers() throws -> [WorkerRecord] {
    workersByID.values.sorted { $0.started < $1.started }.map { worker in
      var worker = worker
      worker.now = now
      worker.tasks = items.values.filter { $0.record.owner == worker.identity.id && $0.record.state.isHeld }
        .map(\.record.id)
      return worker
    }
  }

  package func figures() throws -> QueueFigures {
    var figures = QueueFigures()
    for state in TaskState.allCases { figures.counts[state] = items.values.count { $0.record.state == state } }
    figures.isPaused = isPaused
    figures.oldestReady = items.values.filter { $0.record.state == .pending && $0.record.parents == 0 }
      .map(\.record.due).min()
    figures.submitted = lastID
    figures.completed = Int64(figures.counts[.completed] ?? 0) + purgedCompleted
    figures.attempts = attemptEnds
    figures.waiting = waiting
    figures.running = runTimes
    figures.endedLastMinute = endTimes.count { $0 > now - 60_000 }
    figures.endedLastHour = endTimes.count { $0 > now - 3_600_000 }
    return figures
  }

  /// Nothing is counted apart from the tasks, so nothing can be wrong.
  package func health() throws -> QueueHealth { QueueHealth() }
  package func repair() throws {}
}
