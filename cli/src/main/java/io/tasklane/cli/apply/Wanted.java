package io.tasklane.cli.apply;

import com.google.protobuf.Message;
import java.util.Map;
import java.util.Optional;

/**
 * What one document of a file describes.
 *
 * @param kind what it is
 * @param id final part of its name
 * @param message all fields that it sets, without the name
 * @param lines line of each field, by its path
 * @param line where the document begins
 */
record Wanted(Kind kind, String id, Message message, Map<String, Integer> lines, int line) {
  /** Its name. */
  String name() {
    return kind.prefix() + id;
  }

  /**
   * Has the server keep it, or only check it.
   *
   * @param before as the server has it; empty if it has none of that name
   * @return as it is then
   */
  Message store(Kind.Calls calls, Optional<Message> before, boolean checkOnly) {
    return before.isEmpty()
        ? calls.create(id, message, checkOnly)
        : calls.update(name(), message, checkOnly);
  }

  /** Line of the field, or of the one around it that has one. */
  int lineOf(String path) {
    for (String at = path; !at.isEmpty(); at = above(at)) {
      if (lines.containsKey(at)) {
        return lines.get(at);
      }
    }
    return line;
  }

  private static String above(String path) {
    int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
    return end < 0 ? "" : path.substring(0, end);
  }
}
