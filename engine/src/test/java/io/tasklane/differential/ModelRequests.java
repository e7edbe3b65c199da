package io.tasklane.differential;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The first answers to requests that named themselves. */
final class ModelRequests {
  private record Kept(String body, String answer) {}

  private final Map<String, Kept> answers = new HashMap<>();

  /** The answer; the first one again where this very request was answered before. */
  String once(String method, String requestId, Object body, Supplier<String> work) {
    Kept kept = answers.get(method + "/" + requestId);
    if (kept != null) {
      return kept.body().equals(body.toString())
          ? "again [" + kept.answer() + "]"
          : "refused REQUEST_ID_REUSED";
    }
    String answer = work.get();
    if (!requestId.isEmpty() && !answer.startsWith("refused")) {
      answers.put(method + "/" + requestId, new Kept(body.toString(), answer));
    }
    return answer;
  }
}
