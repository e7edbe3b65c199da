package io.tasklane.differential;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What all readers say at the end of a script.
 *
 * @param begin the instant from which its hours count
 * @param outcomes of the commands of each step
 * @param tasks by their ids, in the order of their creation
 * @param attempts of each task, in the order of their tokens
 * @param deadLetters by the ids of their tasks
 * @param events of each subject, in the order of the log
 * @param queues by their ids
 * @param lists by what was asked for
 */
record View(
    Instant begin,
    List<List<String>> outcomes,
    Map<String, Facts> tasks,
    Map<String, List<Facts>> attempts,
    Map<String, Facts> deadLetters,
    Map<String, List<Facts>> events,
    Map<String, Facts> queues,
    Map<String, List<String>> lists) {}
