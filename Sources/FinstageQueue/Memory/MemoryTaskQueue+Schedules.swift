import FinstageCore
import FinstageProcess
import FinstageSystem

/// Schedules and their firings.
extension MemoryTaskQueue {
  package func setSchedules(_ jobs: [ScheduledJob], source: String) throws {
    for job in jobs {
      if let holder = schedulesByName[job.name]?.source, holder != source, JobsFile.isThere(holder) {
        throw ScheduleClash(name: job.name, source: holder)
      }
    }
    for (name, schedule) in schedulesByName where schedule.source == source {
      if !jobs.contains(where: { $0.name == name }) { _ = try removeSchedule(name) }
    }
    for job in jobs where schedulesByName[job.name]?.record.job.json != job.json {
      let known = schedulesByName[job.name]
      var record = known?.record ?? ScheduleRecord(job: job, succeeded: 0, total: 0)
      record.job = job
      record.next = FiringPlan.first(job, after: now)
      schedulesByName[job.name] = Schedule(record: record, source: source, last: known?.last ?? now)
    }
    wake()
  }

  package func removeSchedule(_ name: String) throws -> Bool {
    allFirings.removeAll { $0.name == name }
    return schedulesByName.removeValue(forKey: name) != nil
  }

  package func schedules() throws -> [ScheduleRecord] {
    schedulesByName.values.map(\.record).sorted { ($0.next ?? .max, $0.job.name) < ($1.next ?? .max, $1.job.name) }
  }

  package func firings(_ name: String?, limit: Int) throws -> [FiringRecord] {
    Array(allFirings.reversed().filter { name == nil || $0.name == name }.prefix(limit))
  }

  func fire() {
    let due = schedulesByName.values.filter { $0.record.next.map { $0 <= now } ?? false }
    for schedule in due.sorted(by: { ($0.record.next ?? 0) < ($1.record.next ?? 0) }) {
      let job = schedule.record.job
      let plan = FiringPlan(job, after: schedule.last, now: now)
      schedulesByName[job.name]?.record.next = plan.next
      if let last = plan.instants.last?.instant { schedulesByName[job.name]?.last = last }
      for (instant, isWanted) in plan.instants {
        if isWanted { begin(job, instant) } else { log(job, instant, "missed", nil) }
      }
    }
  }

  func begin(_ job: ScheduledJob, _ instant: Int64) {
    var unfinished = items.values.map(\.record).filter { $0.schedule == job.name && !$0.state.isFinal }
      .sorted { $0.id < $1.id }
    var what = "fired"
    switch FiringPlan.overlap(job, unfinished: unfinished.count) {
    case .skip: return log(job, instant, "overlap", unfinished.first?.id)
    case .queue: what = "queued"
    case .replace:
      what = "replaced"
      for record in unfinished {
        if record.state.isHeld {
          items[record.id]?.record.isCancelRequested = true
        } else {
          move(record.id, to: .cancelled, reason: "replaced")
        }
      }
      unfinished.removeAll { !$0.state.isHeld }
    case .add: break
    }
    let id = insert(FiringPlan.task(job, instant))
    if what != "fired", let last = unfinished.last { wait(id, for: last.id, .any) }
    schedulesByName[job.name]?.record.lastTask = id
    schedulesByName[job.name]?.record.lastInstant = instant
    log(job, instant, what, id)
  }

  func log(_ job: ScheduledJob, _ instant: Int64, _ what: String, _ task: Int64?) {
    allFirings.append(FiringRecord(name: job.name, instant: instant, at: now, what: what, task: task))
  }
}
