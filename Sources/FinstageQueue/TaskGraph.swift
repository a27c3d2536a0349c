import FinstageCore
import FinstageStore

/// Tasks that depend on each other by name: a chain, or any graph without a cycle.
package struct TaskGraph: Sendable {
  package var definitions: [TaskDefinition]

  /// Reads an array of tasks, each of which waits for the one before unless it has `after`; or an object with `tasks`, which wait
  /// for nothing unless they say so; or a single task.
  package init(_ json: JSONValue, folder: String) throws {
    var definitions: [TaskDefinition] = []
    let isChain = json.array != nil
    let items = json.array ?? json["tasks"]?.array ?? [json]
    guard !items.isEmpty else { throw TaskDefinition.Failure("there are no tasks") }
    for (i, item) in items.enumerated() {
      do {
        definitions.append(try TaskDefinition(item, folder: folder))
      } catch {
        throw TaskDefinition.Failure(
          items.count == 1 && !isChain
            ? error.sentence : "task \(item["name"]?.string ?? String(i + 1)): \(error.sentence)")
      }
    }
    self.definitions = definitions
    try check()
    if isChain {
      for i in definitions.indices.dropFirst() where definitions[i].after == nil {
        self.definitions[i].task.after = [Dependency(.added(i - 1), definitions[i].condition)]
      }
    }
  }

  /// Turns names into indices; refuses unknown and repeated names, and cycles.
  private mutating func check() throws {
    var places: [String: Int] = [:]
    for (i, definition) in definitions.enumerated() {
      guard let name = definition.name else { continue }
      if places.updateValue(i, forKey: name) != nil {
        throw TaskDefinition.Failure("two tasks have the name \"\(name)\"")
      }
    }
    for i in definitions.indices {
      for name in definitions[i].after ?? [] {
        guard let place = places[name] else {
          throw TaskDefinition.Failure("\"after\": there is no task \"\(name)\"")
        }
        definitions[i].task.after.append(Dependency(.added(place), definitions[i].condition))
      }
    }
    // Tasks that wait for nothing are removed repeatedly; if any remain, there is a cycle.
    var waits = definitions.map { Set($0.after ?? []).count }
    var children = [[Int]](repeating: [], count: definitions.count)
    for (i, definition) in definitions.enumerated() {
      for name in Set(definition.after ?? []) { children[places[name]!].append(i) }
    }
    var free = waits.indices.filter { waits[$0] == 0 }
    var done = 0
    while let next = free.popLast() {
      done += 1
      for child in children[next] {
        waits[child] -= 1
        if waits[child] == 0 { free.append(child) }
      }
    }
    guard done < definitions.count else { return }
    throw TaskDefinition.Failure(
      "tasks wait for each other in a circle: \(cycle(waits, places).joined(separator: ", then "))")
  }

  private func cycle(_ waits: [Int], _ places: [String: Int]) -> [String] {
    guard var at = waits.indices.first(where: { waits[$0] > 0 }) else { return [] }
    var seen: [Int] = []
    while !seen.contains(at) {
      seen.append(at)
      guard let next = (definitions[at].after ?? []).compactMap({ places[$0] }).first(where: { waits[$0] > 0 }) else {
        break
      }
      at = next
    }
    let circle = seen.drop { $0 != at }.reversed() + [at]
    return ([at] + circle.dropLast() + [at]).reduce(into: [Int]()) { if $0.last != $1 { $0.append($1) } }
      .map { definitions[$0].name ?? "task \($0 + 1)" }
  }

  /// Tasks in an order in which each comes after those of them that it waits for.
  static func sorted(_ tasks: [Int64], parents: (Int64) throws -> [Int64]) rethrows -> [Int64] {
    let known = Set(tasks)
    var waits: [Int64: Int] = [:]
    var children: [Int64: [Int64]] = [:]
    for task in tasks {
      let above = Set(try parents(task)).intersection(known)
      waits[task] = above.count
      for parent in above { children[parent, default: []].append(task) }
    }
    var order = tasks.filter { waits[$0] == 0 }
    var next = 0
    while next < order.count {
      for child in children[order[next]] ?? [] {
        waits[child]! -= 1
        if waits[child] == 0 { order.append(child) }
      }
      next += 1
    }
    return order
  }

  /// The tasks to be added together.
  package var tasks: [NewTask] { definitions.map(\.task) }
}
