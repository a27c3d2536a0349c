import FinstageCore
import FinstageProcess
import FinstageSystem

/// A queue in the memory of one process: nothing is kept beyond it. For tests, and as the shortest engine there can be.
///
/// Used by one thread.
package final class MemoryTaskQueue: TaskQueue {
  /// A task with what only the queue knows of it.
  struct Item {
    var record: TaskRecord
    var task: NewTask
    var expires: Int64?
    var start: Int64 = 0
    var events: [TaskEvent] = []
    var attempts: [Attempt] = []
    var parents: [(id: Int64, condition: OutcomeCondition)] = []
    var children: [Int64] = []
  }

  struct Attempt {
    var record: AttemptRecord
    var output: [UInt8]?
    var log: [UInt8]?
  }

  struct Group {
    var group: QueueGroup
    /// The earliest start of the next one, microseconds since 1970.
    var next: Int64 = 0
  }

  struct Schedule {
    var record: ScheduleRecord
    let source: String
    var last: Int64
  }

  let clock: QueueClock
  let alarm = PipeAlarm()
  var items: [Int64: Item] = [:]
  var lastID: Int64 = 0
  var groupsByName: [String: Group] = ["": Group(group: QueueGroup(name: ""))]
  var workersByID: [String: WorkerRecord] = [:]
  var schedulesByName: [String: Schedule] = [:]
  var allFirings: [FiringRecord] = []
  var isPaused = false
  var purgedCompleted: Int64 = 0
  var failureCommand: String?
  var attemptEnds: [String: Int64] = [:]
  var waiting = Histogram()
  var runTimes = Histogram()
  var endTimes: [Int64] = []

  var endings: [Int64] = []
  package init(clock: QueueClock = .system) { self.clock = clock }

  package var name: String { "memory" }
  package var now: Int64 { clock.now }
  package func wake() { alarm.ring() }
  package func makeAlarm() -> any Alarm { alarm }
  package func isAlive(_ worker: String) -> Bool { workersByID[worker] != nil }

  // MARK: - Adding

  package func add(_ tasks: [NewTask], policy: UniquePolicy) throws -> [Int64] {
    let before = (items, groupsByName, lastID)
    do {
      var ids: [Int64] = []
      for task in tasks {
        if let key = task.uniqueKey, let known = unfinished(key) {
          switch policy {
          case .ignore:
            ids.append(known.id)
            continue
          case .replace where !known.state.isHeld: move(known.id, to: .cancelled, reason: "replaced")
          case .reject, .replace: throw TaskRefusal.notUnique(key: key, id: known.id)
          }
        }
        ids.append(insert(task, before: ids))
      }
      for (i, task) in tasks.enumerated() where !task.after.isEmpty { try depend(ids[i], task.after, ids) }
      wake()
      return ids
    } catch {
      (items, groupsByName, lastID) = before
      throw error
    }
  }

  func unfinished(_ key: String) -> TaskRecord? {
    items.values.first { $0.record.uniqueKey == key && !$0.record.state.isFinal }?.record
  }

  func insert(_ task: NewTask, before: [Int64] = []) -> Int64 {
    let (due, expires) = task.times(now: now)
    let state = task.isPaused ? TaskState.paused : due > now ? .scheduled : .pending
    if groupsByName[task.group] == nil { groupsByName[task.group] = Group(group: QueueGroup(name: task.group)) }
    lastID += 1
    let gatherer: Int64? =
      switch task.gatherer {
      case .task(let number): number
      case .added(let place): before[place]
      case nil: nil
      }
    let record = TaskRecord(
      id: lastID, state: state, priority: task.priority, arguments: task.arguments, folder: task.folder,
      tags: task.tags,
      group: task.group, parents: 0, gatherer: gatherer, item: task.item, schedule: task.schedule,
      uniqueKey: task.uniqueKey, due: due, added: now, attempt: 0, failures: 0, losses: 0, retries: task.retry.retries,
      pid: 0, isCancelRequested: false, place: task.place)
    items[lastID] = Item(
      record: record, task: task, expires: expires, events: [TaskEvent(at: now, state: state, note: nil)])
    return lastID
  }

  func depend(_ id: Int64, _ after: [Dependency], _ ids: [Int64]) throws {
    var isUnwanted = false
    for dependency in after {
      let parent: Int64 =
        switch dependency.parent {
        case .task(let number): number
        case .added(let place): ids[place]
        }
      guard items[id]?.parents.contains(where: { $0.id == parent }) == false else { continue }
      guard let record = items[parent]?.record else { throw TaskRefusal.noParent(parent) }
      wait(id, for: parent, dependency.condition)
      if record.state.isFinal, try !dependency.condition.holds(outcome(parent)) { isUnwanted = true }
    }
    if isUnwanted { move(id, to: .cancelled, reason: "condition") }
  }

  func wait(_ id: Int64, for parent: Int64, _ condition: OutcomeCondition) {
    items[id]?.parents.append((parent, condition))
    items[parent]?.children.append(id)
    if items[parent]?.record.state.isFinal == false { items[id]?.record.parents += 1 }
  }
}
