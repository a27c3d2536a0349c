import CPlatform

/// What becomes of memory that is freed.
package enum FreedMemory {
  /// Keeps it for what is allocated next instead of giving it back to the system: for programs that work on one frame after the
  /// other and then end. Saves a page fault for each page of each frame.
  package static func keep() { fs_keep_freed_memory(32 << 20, 64 << 20) }
}
