package io.tasklane.client.worker;

import io.tasklane.client.TasklaneException;
import io.tasklane.v1.WorkRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The messages of a line that have to be acknowledged, in their order. */
final class Reports {
  private final Map<Long, Report> sent = new LinkedHashMap<>();
  private List<Report> held = new ArrayList<>();

  /** A message, and who hears of it. */
  record Report(WorkRequest.Builder message, Answer answer) {}

  /** Hears how a report was answered. */
  interface Answer {
    /** Null where it is durable; otherwise why it was refused. */
    void answered(TasklaneException refusal);
  }

  /** Keeps one until there is a connection. */
  void hold(Report report) {
    held.add(report);
  }

  /** After a break: what was sent and not answered is to be sent again, before what was held. */
  void holdAll() {
    List<Report> again = new ArrayList<>(sent.values());
    sent.clear();
    again.addAll(held);
    // A new stream begins without credits, and gives its own.
    again.forEach(report -> credit(report.message(), 0));
    held = again;
  }

  /** What is to be sent now. */
  List<Report> takeHeld() {
    List<Report> taken = held;
    held = new ArrayList<>();
    return taken;
  }

  void sent(long sequence, Report report) {
    sent.put(sequence, report);
  }

  boolean isEmpty() {
    return sent.isEmpty() && held.isEmpty();
  }

  /** Removes those that are acknowledged up to a sequence. */
  List<Report> settle(long upTo) {
    List<Long> numbers = sent.keySet().stream().filter(number -> number <= upTo).toList();
    return numbers.stream().map(sent::remove).toList();
  }

  /** Removes one that was refused; null if it is not known. */
  Report refuse(long sequence) {
    return sent.remove(sequence);
  }

  /** Sets the credit of an end; returns the one before. */
  static int credit(WorkRequest.Builder message, int credit) {
    int before = 0;
    switch (message.getMessageCase()) {
      case COMPLETION -> {
        before = message.getCompletion().getCredit();
        message.getCompletionBuilder().setCredit(credit);
      }
      case FAILURE -> {
        before = message.getFailure().getCredit();
        message.getFailureBuilder().setCredit(credit);
      }
      case RELEASE -> {
        before = message.getRelease().getCredit();
        message.getReleaseBuilder().setCredit(credit);
      }
      default -> {}
    }
    return before;
  }
}
