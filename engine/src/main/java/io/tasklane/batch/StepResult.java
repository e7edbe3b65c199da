package io.tasklane.batch;

import java.time.Duration;

/**
 * What a step of a batch operation has led to.
 *
 * @param id of the batch operation
 * @param state where it stands now
 * @param counts how far it is now
 * @param tried targets that were tried in this step
 * @param rest how long after this step the next one may begin
 * @param delay why the next target could not be tried; empty for no special reason
 * @param failure why it was given up; empty where it was not
 */
record StepResult(
    String id,
    BatchState state,
    BatchCounts counts,
    int tried,
    Duration rest,
    String delay,
    String failure) {}
