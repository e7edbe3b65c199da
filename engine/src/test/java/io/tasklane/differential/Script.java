package io.tasklane.differential;

import java.util.List;
import java.util.Map;

/**
 * What is done to an engine that is empty.
 *
 * @param seed it was generated from
 * @param queues that it begins with
 * @param resources that it begins with, and their units
 * @param steps one after another
 */
record Script(long seed, List<QueueSpec> queues, Map<String, Integer> resources, List<Step> steps) {
  /**
   * Commands that may meet in one transaction, in the order in which one would run them.
   *
   * @param hours pass before it
   * @param commands one after another
   */
  record Step(int hours, List<Command> commands) {}
}
