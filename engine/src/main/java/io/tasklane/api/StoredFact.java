package io.tasklane.api;

import io.tasklane.fact.Fact;
import io.tasklane.task.Actor;
import java.time.Instant;

/**
 * A fact as it is stored.
 *
 * @param fact its name and value, and until when
 * @param updateTime when it was set
 * @param actor who set it, and why
 */
public record StoredFact(Fact fact, Instant updateTime, Actor actor) {}
